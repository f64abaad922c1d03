// Which meeting this is, whether it is simulated, and how far its figures can be trusted right now.

import { el, reconcile, setText, setTitle, show } from '../dom';
import { formatDay, formatShortDay, formatTime, otherDay, t, type Word } from '../i18n';
import type { Model } from '../model';
import type { Meeting, MeetingState } from '../types';
import { freshnessView } from './freshness';
import type { View } from './view';

const kStateWords: Record<MeetingState, Word> = {
  planned: 'state_planned',
  opened: 'state_opened',
  closed: 'state_closed',
  cancelled: 'state_cancelled',
};
const kModeWords: Record<string, Word> = { online: 'mode_online', hybrid: 'mode_hybrid', in_person: 'mode_in_person' };

export interface HeaderOptions {
  /** The figures are those of a chosen moment: no feed is followed. */
  history?: boolean;
}

export function headerView(root: HTMLElement, { history = false }: HeaderOptions = {}): View {
  const logo = el('img', { class: 'logo', attrs: { src: 'favicon.svg', alt: t('app'), width: '52', height: '52' } });
  const title = el('h1');
  const state = el('span', { class: 'badge badge--state' });
  const facts = el('span', { class: 'facts' });
  const changes = el('ul', { class: 'top__changes' });
  const simulated = el('p', { class: 'simulated', title: t('simulated_hint') }, 'MÔ PHỎNG / SIMULATED');
  simulated.hidden = true;

  const feed = el('span', { class: 'feed', attrs: { id: 'feed-state', role: 'status' } });
  const fresh = freshnessView();
  const trouble = el('p', { class: 'trouble', attrs: { role: 'status' } });
  show(trouble, false);

  root.replaceChildren(
    logo,
    el('div', { class: 'top__title' }, title, el('p', { class: 'top__facts' }, state, facts), changes),
    simulated,
    el('div', { class: 'fresh' }, el('p', { class: 'fresh__line' }, feed, fresh.asOf, fresh.position), fresh.provisional, trouble),
  );

  return {
    parts: ['meeting', 'attendance', 'connection', 'latest', 'points'],
    render(model: Model): void {
      const { meeting } = model;
      setText(title, meeting.title ?? meeting.meeting);
      setTitle(title, meeting.title ?? '');
      const known = meeting.state ?? 'planned';
      setText(state, t(kStateWords[known] ?? 'state_planned'));
      state.dataset.state = known;
      const mode = kModeWords[meeting.mode ?? ''];
      const parts = [
        formatDay(meeting.day),
        hoursOf(meeting),
        meeting.place ?? '',
        mode ? t(mode) : '',
        meeting.chair ? t('chair', { chair: meeting.chair }) : '',
        meeting.opened_at ? t('opened_at', { time: formatTime(meeting.opened_at, false) }) : '',
        meeting.closed_at ? t('closed_at', { time: formatTime(meeting.closed_at, false) }) : '',
      ];
      setText(facts, parts.filter(Boolean).join(' · '));
      const said = changesOf(meeting);
      reconcile(changes, said, (line) => line, (line) => el('li', { text: line }), () => undefined);
      show(changes, said.length > 0);

      show(simulated, model.simulated);
      document.body.classList.toggle('is-simulated', model.simulated);

      const words: Record<Model['feed']['kind'], Word> = {
        reading: 'feed_reading',
        connecting: 'feed_connecting',
        live: 'feed_live',
        broken: 'feed_broken',
        closed: 'feed_closed',
      };
      setText(feed, t(history ? 'feed_history' : words[model.feed.kind]));
      feed.dataset.state = history ? 'history' : model.feed.kind;
      document.body.dataset.feed = model.feed.kind;

      if (model.attendance) fresh.render(model.attendance.freshness, meeting.day);
      // While the hub cannot be reached at all, the state of the connection says so already.
      show(trouble, model.readError !== null && (model.feed.kind === 'live' || model.readError.status > 0));
      if (model.readError) setText(trouble, t('read_failed', { detail: model.readError.message }));
    },
  };
}

/** The hours of the plan; those of an opening and a closing are said beside them. */
function hoursOf({ day, starts_at, ends_at }: Meeting): string {
  const [from, to] = [starts_at, ends_at].map((at) => [formatTime(at, false), otherDay(at, day)].filter(Boolean).join(' '));
  if (!from) return '';
  return to ? t('planned_hours', { from, to }) : t('planned_from', { from });
}

/** What became of the plan: each move, and why the meeting is cancelled while it is. */
function changesOf({ history, state }: Meeting): string[] {
  const facts = history ?? [];
  const moved = facts
    .filter(({ fact }) => fact === 'rescheduled')
    .map(({ previous_day, day, reason, legal_act }) => {
      const days = [previous_day ? t('moved_from', { day: formatShortDay(previous_day) }) : '', day ? t('moved_to', { day: formatShortDay(day) }) : ''];
      return whyOf([t('moved'), ...days].filter(Boolean).join(' '), reason, legal_act);
    });
  const cancelled = state === 'cancelled' ? facts.filter(({ fact }) => fact === 'cancelled').pop() : undefined;
  return cancelled ? [...moved, whyOf(t('cancelled'), cancelled.reason, cancelled.legal_act)] : moved;
}

function whyOf(what: string, reason: string | undefined, act: string | undefined): string {
  return [what, reason ? t('reason', { reason }) : '', act ? t('legal_act', { act }) : ''].filter(Boolean).join('; ');
}
