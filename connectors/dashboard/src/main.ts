// The page: language and theme, which meeting, and the views that show it. Everything is wired here and only here.

import { readAll, ReadError } from './api';
import { openFeed, type Feed } from './feed';
import { el, required, setText, show } from './dom';
import { collate, formatDay, initialLanguage, language, t, useLanguage } from './i18n';
import { Live, type Model, type Part } from './live';
import { Reread } from './reread';
import { drawThemeSwitch, startTheme } from './theme';
import type { Meeting } from './types';
import { arrivalsView } from './views/arrivals';
import { attentionView } from './views/attention';
import { compositionView } from './views/composition';
import { headerView } from './views/header';
import { indexesView } from './views/indexes';
import { latestView } from './views/latest';
import { pointsView } from './views/points';
import { totalsView } from './views/totals';
import type { View } from './views/view';

let live: Live | null = null;
let meetings: Meeting[] = [];
let views: View[] = [];
const pending = new Set<Part>();
let frame = 0;

function buildViews(): void {
  views = [
    headerView(required('header')),
    totalsView(required('totals')),
    pointsView(required('points')),
    arrivalsView(required('arrivals')),
    compositionView(required('compositions')),
    attentionView(required('attention')),
    indexesView(required('indexes')),
    latestView(required('latest')),
  ];
  setText(required('skip'), t('skip'));
  setText(required('footer'), t('footer'));
  if (live) render(live.model, null);
}

/** Changes are drawn once a frame, however many came in between. */
function scheduleRender(parts: Part[]): void {
  for (const part of parts) pending.add(part);
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    const parts = new Set(pending);
    pending.clear();
    if (live) render(live.model, parts);
  });
}

function render(model: Model, parts: Set<Part> | null): void {
  for (const view of views) {
    if (parts === null || view.parts.some((part) => parts.has(part))) view.render(model);
  }
  const title = model.meeting.title ?? model.meeting.meeting;
  const tab = `${model.simulated ? `[${t('simulated')}] ` : ''}${title} · ${t('app')}`;
  if (document.title !== tab) document.title = tab;
}

function showMeeting(meeting: Meeting, remembered: boolean): void {
  live?.close();
  show(required('notice'), false);
  show(required('board'), true);
  if (remembered) {
    const url = new URL(window.location.href);
    url.searchParams.set('meeting', meeting.meeting);
    window.history.pushState(null, '', url);
  }
  live = new Live(meeting, scheduleRender);
  drawChooser();
  render(live.model, null);
  live.start();
}

function showNotice(text: string): void {
  show(required('board'), false);
  const notice = required('notice');
  notice.replaceChildren(el('p', { text }));
  if (meetings.length > 0) {
    const list = el('ul');
    for (const meeting of meetings) {
      list.append(
        el(
          'li',
          {},
          el('a', {
            text: `${meeting.title ?? meeting.meeting} (${formatDay(meeting.day)})`,
            attrs: { href: `?meeting=${encodeURIComponent(meeting.meeting)}` },
          }),
        ),
      );
    }
    notice.append(el('h2', { text: t('other_meetings') }), list);
  }
  show(notice, true);
}

function drawChooser(): void {
  const chooser = required('chooser') as HTMLSelectElement;
  const current = live?.model.meeting.meeting ?? '';
  chooser.setAttribute('aria-label', t('choose_meeting'));
  chooser.replaceChildren(
    ...meetings.map((meeting) => {
      const option = el('option', {
        text: [meeting.day, meeting.title ?? meeting.meeting].filter(Boolean).join(' · '),
        attrs: { value: meeting.meeting },
      });
      option.selected = meeting.meeting === current;
      return option;
    }),
  );
  show(chooser, meetings.length > 1);
}

function drawLanguageSwitch(): void {
  const button = required('language');
  setText(button, t('language_switch'));
  button.title = t('language_switch_hint');
  button.setAttribute('lang', language() === 'vi' ? 'en' : 'vi');
}

/** The meeting to begin with: the one running now, else the next planned, else the latest held. */
function preferred(list: Meeting[]): Meeting | undefined {
  const byDay = [...list].sort((a, b) => collate(b.day ?? '', a.day ?? ''));
  return (
    byDay.find((meeting) => meeting.state === 'opened') ??
    byDay.find((meeting) => meeting.state === 'planned') ??
    byDay[0]
  );
}

function choose(): void {
  const wanted = new URL(window.location.href).searchParams.get('meeting');
  if (wanted !== null) {
    const meeting = meetings.find((candidate) => candidate.meeting === wanted);
    if (meeting) showMeeting(meeting, false);
    else showNotice(t('unknown_meeting', { meeting: wanted }));
    return;
  }
  const meeting = preferred(meetings);
  if (meeting) showMeeting(meeting, false);
  else showNotice(t('no_meeting'));
}

/**
 * Waits for the first meetings. Only while none is on show does the page follow the meetings' facts: a browser allows
 * six connections to one server over HTTP/1.1, and every open feed of every tab takes one.
 */
function awaitMeetings(): void {
  let feed: Feed | null = null;
  const shown = (): boolean => live !== null;
  const readMeetings = async (atLeast: string): Promise<string> => {
    const answer = await readAll<Meeting>('/v1/meetings', atLeast);
    meetings = answer.items;
    if (!shown()) choose();
    if (shown()) feed?.close();
    return answer.freshness?.position ?? '';
  };
  const reread = new Reread(
    async (atLeast) => {
      await readMeetings(atLeast);
    },
    1000,
    () => undefined,
  );
  feed = openFeed({
    path: `/v1/feed?type=${encodeURIComponent('vn.dongbo.meeting.')}`,
    snapshot: () => readMeetings(''),
    onAccepted: (item) => reread.touch(item.position),
    onState: (state) => {
      if (!shown() && meetings.length === 0) {
        showNotice(t(state.kind === 'broken' ? 'feed_broken' : state.kind === 'live' ? 'no_meeting' : 'feed_reading'));
      }
    },
  });
  if (shown()) feed.close();
}

/** The names in the chooser are read again when the reader turns to it. */
async function refreshChooser(): Promise<void> {
  try {
    meetings = (await readAll<Meeting>('/v1/meetings')).items;
    drawChooser();
  } catch (error) {
    if (!(error instanceof ReadError)) throw error; // the old list is still right for what it names
  }
}

function main(): void {
  useLanguage(initialLanguage(), false);
  startTheme(required('theme'));
  buildViews();
  drawLanguageSwitch();
  required('language').addEventListener('click', () => {
    useLanguage(language() === 'vi' ? 'en' : 'vi', true);
    drawLanguageSwitch();
    drawThemeSwitch(required('theme'));
    buildViews();
    drawChooser();
    if (live === null) choose();
  });
  required('chooser').addEventListener('change', (event) => {
    const wanted = (event.target as HTMLSelectElement).value;
    const meeting = meetings.find((candidate) => candidate.meeting === wanted);
    if (meeting) showMeeting(meeting, true);
  });
  required('chooser').addEventListener('focus', () => void refreshChooser());
  window.addEventListener('popstate', choose);
  window.addEventListener('pagehide', (event) => {
    if (!event.persisted) live?.close();
  });
  awaitMeetings();
}

main();
