// The frame around the pages: navigation, choice of meeting, language, theme, and which page is mounted.
//
// The address says everything: `#/<slug>` names the page (the hub serves one index.html, so pages are told apart by the
// fragment), `?meeting=ID` the meeting. Only one page is mounted at a time.

import { el, required, setText, show } from './dom';
import type { FeedState } from '@dongbo/feed';
import { formatDay, formatShortDay, language, t, useLanguage } from './i18n';
import { Meetings } from './meetings';
import type { PageContext, PageEntry } from './pages/page';
import { drawThemeSwitch, startTheme } from './theme';
import type { Meeting } from './types';
import { closeLeftCharts } from './views/chart';

export class Shell {
  private readonly meetings: Meetings;
  private mounted: PageEntry | null = null;
  private mountedMeeting: string | null = null;
  private wanted: string | null = null;
  private waiting: FeedState | null = null;

  constructor(private readonly pages: readonly PageEntry[]) {
    this.meetings = new Meetings({
      onChosen: (_, wanted) => {
        this.wanted = wanted;
        this.drawChooser();
        this.showPage();
      },
      onListed: () => this.drawChooser(),
      onWaiting: (state) => {
        this.waiting = state;
        if (this.mounted === null) this.showPage();
      },
    });
  }

  start(): void {
    startTheme(required('theme'));
    this.drawWords();
    required('language').addEventListener('click', () => this.switchLanguage());
    const chooser = required('chooser') as HTMLSelectElement;
    chooser.addEventListener('change', () => this.meetings.select(chooser.value));
    chooser.addEventListener('focus', () => void this.meetings.refresh());
    required('skip').addEventListener('click', (event) => {
      event.preventDefault(); // the fragment is the page's address
      required('main').focus();
    });
    window.addEventListener('popstate', () => this.meetings.follow());
    window.addEventListener('hashchange', () => {
      this.showPage();
      required('main').focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
    this.showPage();
    this.meetings.start();
  }

  private wantedPage(): PageEntry {
    const slug = /^#\/([^/?]*)/.exec(window.location.hash)?.[1] ?? '';
    const entry = this.pages.find((page) => page.slug === slug) ?? this.pages[0];
    if (entry === undefined) throw new Error('no page is registered');
    return entry;
  }

  /** Mounts the page that the address names, unless it is there already. */
  private showPage(): void {
    const entry = this.wantedPage();
    this.drawNavigation(entry);
    const meeting = this.meetings.current;
    if (entry.needsMeeting && meeting === null) {
      this.unmount();
      this.showNotice();
      return;
    }
    const key = entry.needsMeeting ? (meeting?.meeting ?? null) : null;
    if (this.mounted === entry && this.mountedMeeting === key) return;
    this.unmount();
    show(required('notice'), false);
    this.mounted = entry;
    this.mountedMeeting = key;
    document.body.dataset.page = entry.slug;
    entry.page.mount(required('page'), this.contextFor(meeting));
  }

  private unmount(): void {
    this.mounted?.page.unmount();
    this.mounted = null;
    this.mountedMeeting = null;
    required('page').replaceChildren();
    required('head').replaceChildren();
    closeLeftCharts();
    document.body.classList.remove('is-simulated');
    for (const name of ['feed', 'position', 'page']) delete document.body.dataset[name];
  }

  private contextFor(meeting: Meeting | null): PageContext {
    return {
      head: required('head'),
      meeting,
      announce: (text) => setText(required('announce'), text),
      title: (text) => {
        const title = `${text} · ${t('app')}`;
        if (document.title !== title) document.title = title;
      },
    };
  }

  private switchLanguage(): void {
    useLanguage(language() === 'vi' ? 'en' : 'vi', true);
    this.drawWords();
    drawThemeSwitch(required('theme'));
    this.drawChooser();
    const entry = this.mounted;
    if (entry?.page.relabel) {
      required('head').replaceChildren();
      entry.page.relabel();
      closeLeftCharts();
    } else {
      this.unmount();
    }
    this.showPage();
  }

  private drawWords(): void {
    setText(required('skip'), t('skip'));
    setText(required('footer'), t('footer'));
    const button = required('language');
    setText(button, t('language_switch'));
    button.title = t('language_switch_hint');
    button.setAttribute('lang', language() === 'vi' ? 'en' : 'vi');
  }

  private drawNavigation(current: PageEntry): void {
    const nav = required('nav');
    nav.setAttribute('aria-label', t('nav'));
    const items = this.pages.map((entry) => {
      const link = el('a', { text: entry.name(), attrs: { href: `#/${entry.slug}` } });
      if (entry === current) link.setAttribute('aria-current', 'page');
      return el('li', {}, link);
    });
    const list = el('ul', {}, ...items);
    nav.replaceChildren(list);
    show(nav, this.pages.length > 1);
    // A narrow screen shows part of the list: the page on show must be in it.
    const here = list.querySelector<HTMLElement>('[aria-current]');
    if (here) list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
  }

  private drawChooser(): void {
    const chooser = required('chooser') as HTMLSelectElement;
    const current = this.meetings.current?.meeting ?? '';
    chooser.setAttribute('aria-label', t('choose_meeting'));
    // An address may name a meeting that is not here: none of those that are is chosen then.
    const none = el('option', { text: t('choose_meeting'), attrs: { value: '', disabled: '' } });
    none.selected = true;
    chooser.replaceChildren(
      ...(current === '' ? [none] : []),
      ...this.meetings.list.map((meeting) => {
        const option = el('option', {
          text: [formatShortDay(meeting.day), meeting.title ?? meeting.meeting].filter(Boolean).join(' · '),
          attrs: { value: meeting.meeting },
        });
        option.selected = meeting.meeting === current;
        return option;
      }),
    );
    show(chooser, this.meetings.list.length > 1);
  }

  /** In place of a page that needs a meeting: why there is none, and which there are. */
  private showNotice(): void {
    const notice = required('notice');
    const { list } = this.meetings;
    notice.replaceChildren(el('p', { text: this.noticeText() }));
    if (list.length > 0) {
      const items = list.map((meeting) =>
        el(
          'li',
          {},
          el('a', {
            text: `${meeting.title ?? meeting.meeting} (${formatDay(meeting.day)})`,
            attrs: { href: `?meeting=${encodeURIComponent(meeting.meeting)}` },
          }),
        ),
      );
      notice.append(el('h2', { text: t('other_meetings') }), el('ul', {}, ...items));
    }
    show(notice, true);
  }

  private noticeText(): string {
    if (this.wanted !== null && this.meetings.list.length > 0) return t('unknown_meeting', { meeting: this.wanted });
    if (this.waiting?.kind === 'broken') return t('feed_broken');
    return t(this.waiting?.kind === 'live' ? 'no_meeting' : 'feed_reading');
  }
}
