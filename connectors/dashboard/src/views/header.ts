// Which meeting this is, whether it is simulated, and how far its figures can be trusted right now.

import { el, setText, setTitle, show } from '../dom';
import { formatDay, formatTime, otherDay, t, type Word } from '../i18n';
import { sourceName } from '../labels';
import type { Model } from '../live';
import type { Freshness, MeetingState } from '../types';
import type { View } from './view';

const kStateWords: Record<MeetingState, Word> = {
  planned: 'state_planned',
  opened: 'state_opened',
  closed: 'state_closed',
  cancelled: 'state_cancelled',
};
const kModeWords: Record<string, Word> = { online: 'mode_online', hybrid: 'mode_hybrid', in_person: 'mode_in_person' };
const kMissingShown = 3;
const kSourcesShown = 8;

export function headerView(root: HTMLElement): View {
  const logo = el('img', { class: 'logo', attrs: { src: 'favicon.svg', alt: t('app'), width: '52', height: '52' } });
  const title = el('h1');
  const state = el('span', { class: 'badge badge--state' });
  const facts = el('span', { class: 'facts' });
  const simulated = el('p', { class: 'simulated', title: t('simulated_hint') }, 'MÔ PHỎNG / SIMULATED');
  simulated.hidden = true;

  const feed = el('span', { class: 'feed', attrs: { id: 'feed-state', role: 'status' } });
  const asOf = el('span', { class: 'as-of', attrs: { id: 'as-of' } });
  const position = el('span', { class: 'position', attrs: { id: 'position' } });
  const trouble = el('p', { class: 'trouble', attrs: { role: 'status' } });
  const missing = el('ul', { class: 'missing' });
  const provisionalWord = el('summary');
  const provisional = el('details', { class: 'provisional' }, provisionalWord, missing);
  show(provisional, false);
  show(trouble, false);

  root.replaceChildren(
    logo,
    el('div', { class: 'top__title' }, title, el('p', { class: 'top__facts' }, state, facts)),
    simulated,
    el('div', { class: 'fresh' }, el('p', { class: 'fresh__line' }, feed, asOf, position), provisional, trouble),
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
        mode ? t(mode) : '',
        meeting.chair ? t('chair', { chair: meeting.chair }) : '',
        meeting.opened_at ? t('opened_at', { time: formatTime(meeting.opened_at, false) }) : '',
        meeting.closed_at ? t('closed_at', { time: formatTime(meeting.closed_at, false) }) : '',
      ];
      setText(facts, parts.filter(Boolean).join(' · '));

      show(simulated, model.simulated);
      document.body.classList.toggle('is-simulated', model.simulated);

      const words: Record<Model['feed']['kind'], Word> = {
        reading: 'feed_reading',
        connecting: 'feed_connecting',
        live: 'feed_live',
        broken: 'feed_broken',
        closed: 'feed_closed',
      };
      setText(feed, t(words[model.feed.kind]));
      feed.dataset.state = model.feed.kind;
      document.body.dataset.feed = model.feed.kind;

      const freshness = model.attendance?.freshness;
      renderFreshness(freshness, meeting.day);
      // While the hub cannot be reached at all, the state of the connection says so already.
      show(trouble, model.readError !== null && (model.feed.kind === 'live' || model.readError.status > 0));
      if (model.readError) setText(trouble, t('read_failed', { detail: model.readError.message }));
    },
  };

  function renderFreshness(freshness: Freshness | undefined, day: string | undefined): void {
    const apart = otherDay(freshness?.event_time, day);
    const dated = (clock: string): string => (clock && apart ? `${clock} ${t('on_day', { day: apart })}` : clock);
    const time = dated(formatTime(freshness?.event_time));
    setText(asOf, time ? t('as_of', { time }) : t('as_of_none'));
    setText(position, freshness ? t('position', { position: freshness.position || '–' }) : '');
    document.body.dataset.position = freshness?.position ?? '';
    const gaps = (freshness?.sources ?? []).filter((source) => (source.missing ?? []).length > 0);
    show(provisional, freshness?.provisional === true || gaps.length > 0);
    const lines = gaps.slice(0, kSourcesShown).map((source) => {
      const all = source.missing ?? [];
      const more = Math.max(source.missing_count ?? 0, all.length) - kMissingShown;
      const sequences = all.slice(0, kMissingShown).map((sequence) => sequence.replace(/^0+(?=\d)/, '')).join(', ');
      return t('missing_from', {
        source: sourceName(source.source),
        sequences: more > 0 ? `${sequences} ${t('and_more', { count: more })}` : sequences,
      });
    });
    if (gaps.length > kSourcesShown) lines.push(t('more_items', { count: gaps.length - kSourcesShown }));
    const until = dated(formatTime(freshness?.event_time, false));
    const word = until ? t('provisional_until', { time: until }) : t('provisional');
    // A wall cannot be clicked: the first gap stands beside the word, the list opens for who wants all.
    setText(provisionalWord, lines[0] === undefined ? word : t('provisional_why', { provisional: word, gap: lines[0] }));
    provisionalWord.classList.toggle('has-more', lines.length > 1);
    const text = lines.join('\n');
    if (missing.dataset.text !== text) {
      missing.dataset.text = text;
      missing.replaceChildren(...lines.map((line) => el('li', { text: line })));
    }
  }
}
