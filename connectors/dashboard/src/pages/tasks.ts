// The commitments' page: what was assigned after the conclusion of a meeting, to whom, for which index, until when, and how
// far it has come. It follows the feed of the meeting's conclusions and commitments.

import { ReadError } from '../api';
import { el, setText, show } from '../dom';
import { openFeed, type Feed, type FeedState } from '../feed';
import { dayOf, formatDay, formatTime } from '../i18n';
import { componentName } from '../labels';
import { Reread } from '../reread';
import type { Meeting } from '../types';
import { finder } from './shared/find';
import { field, option } from './shared/field';
import type { Grid } from './shared/grid';
import { readCommitments, readMeetings, standing, UnitNames, type Commitment, type Commitments } from './tasks/data';
import { kCalendar } from './tasks/holidays';
import { taskGrid } from './tasks/list';
import { dayNumber } from './tasks/workdays';
import { t } from './tasks/words';

const kRereadMs = 1000;
const kRetryMs = 3000;
const kShows = ['all', 'open', 'overdue', 'done'] as const;
type Show = typeof kShows[number];

/** Kept while the program lives, so that a change of language or page does not undo it. */
const chosen = { meeting: '', show: 'all' as Show, query: '', on: '' };

function today(): string {
  return dayOf(new Date());
}

class Page {
  private meetings: Meeting[] = [];
  private held: Commitments | null = null;
  private names = new UnitNames('');
  private feed: Feed | null = null;
  private state: FeedState = { kind: 'reading' };
  private closed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly reread: Reread;
  private readonly meeting = el('select');
  private readonly on = el('input', { attrs: { type: 'date' } });
  private readonly query = el('input', { attrs: { type: 'search', autocomplete: 'off' } });
  private readonly fresh = el('p', { class: 'page-fresh', attrs: { id: 'tasks-fresh' } });
  private readonly trouble = el('p', { class: 'trouble', attrs: { role: 'status' } });
  private readonly counted = el('p', { class: 'note', attrs: { role: 'status', id: 'tasks-counted' } });
  private readonly calendarNote = el('p', { class: 'note' });
  private readonly none = el('p', { class: 'none', text: t('reading') });
  private readonly conclusions = el('details', { class: 'conclusions' });
  private readonly shows = el('div', { class: 'choices', attrs: { role: 'group', 'aria-label': t('show') } });
  private readonly grid: Grid<Commitment>;

  constructor(root: HTMLElement) {
    this.on.value = chosen.on || today();
    this.query.value = chosen.query;
    this.grid = taskGrid(() => ({ on: this.onDay(), names: this.names, calendar: kCalendar }));
    this.shows.append(
      ...kShows.map((kind) => {
        const button = el('button', { class: 'choice', text: t(`show_${kind}`), attrs: { type: 'button', 'data-show': kind, 'aria-pressed': String(kind === chosen.show) } });
        button.addEventListener('click', () => {
          chosen.show = kind;
          for (const other of Array.from(this.shows.children)) other.setAttribute('aria-pressed', String(other === button));
          this.draw();
        });
        return button;
      }),
    );
    const panel = el(
      'section',
      { class: 'panel tasks', attrs: { 'aria-label': t('title') } },
      el('div', { class: 'filters' }, this.shows, field(t('search'), this.query, 'tasks-query'), field(t('on'), this.on, 'tasks-on'), this.counted),
      this.calendarNote,
      this.grid.root,
      this.none,
      this.conclusions,
    );
    root.replaceChildren(
      el('div', { class: 'page-head' }, el('h2', { class: 'page-title', text: t('title') }), field(t('meeting'), this.meeting, 'tasks-meeting'), this.fresh, this.trouble),
      panel,
    );
    show(this.trouble, false);
    show(this.conclusions, false);
    this.query.addEventListener('input', () => {
      chosen.query = this.query.value;
      this.draw();
    });
    this.on.addEventListener('change', () => {
      chosen.on = this.on.value === today() ? '' : this.on.value;
      this.draw();
    });
    this.meeting.addEventListener('change', () => this.choose(this.meeting.value));
    this.reread = new Reread((atLeast) => this.read(atLeast), kRereadMs, (error) => this.failure(error));
    void this.begin();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.feed?.close();
    this.reread.stop();
  }

  private onDay(): string {
    return dayNumber(this.on.value) === null ? today() : this.on.value;
  }

  private async begin(): Promise<void> {
    try {
      this.meetings = await readMeetings();
      if (this.closed) return;
      this.failure(null);
      this.drawMeetings();
      const wanted = chosen.meeting || new URL(window.location.href).searchParams.get('meeting') || '';
      const meeting = this.meetings.find((one) => one.meeting === wanted) ?? this.meetings.find((one) => one.state === 'closed') ?? this.meetings[0];
      if (meeting) this.choose(meeting.meeting);
      else this.again(t('no_meeting'));
    } catch (error) {
      if (this.closed) return;
      this.failure(error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
      this.again(t('reading'));
    }
  }

  /** Nothing to follow yet: looked for again in a while. */
  private again(text: string): void {
    setText(this.none, text);
    this.retry = setTimeout(() => void this.begin(), kRetryMs);
  }

  private choose(name: string): void {
    const meeting = this.meetings.find((one) => one.meeting === name);
    if (!meeting) return;
    this.feed?.close();
    this.reread.forget();
    chosen.meeting = name;
    this.meeting.value = name;
    this.held = null;
    this.names = new UnitNames(meeting.day ?? today());
    this.feed = openFeed({
      // "vn.dongbo.co" is the common beginning of the conclusion's and the commitments' types.
      path: `/v1/feed?meeting=${encodeURIComponent(name)}&type=${encodeURIComponent('vn.dongbo.co')}`,
      snapshot: async () => {
        try {
          await this.read('');
          this.failure(null);
        } catch (error) {
          this.failure(error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
          throw error;
        }
        return this.held?.freshness?.position ?? '';
      },
      onAccepted: (item) => this.reread.touch(item.position),
      onResumed: (position) => this.reread.touch(position),
      onState: (state) => {
        this.state = state;
        this.drawFresh();
      },
    });
  }

  private async read(atLeast: string): Promise<void> {
    const name = chosen.meeting;
    const held = await readCommitments(name, atLeast);
    const names = this.names;
    await names.learn(held.items.flatMap((item) => [item.unit, ...(item.supporting ?? [])]));
    if (this.closed || name !== chosen.meeting) return;
    this.held = held;
    this.draw();
  }

  private failure(error: ReadError | null): void {
    show(this.trouble, error !== null);
    setText(this.trouble, error ? t('read_failed', { detail: error.message }) : '');
  }

  private drawMeetings(): void {
    this.meeting.replaceChildren(
      ...this.meetings.map((one) => option(one.meeting, [formatDay(one.day), one.title ?? one.meeting].filter(Boolean).join(' · '), one.meeting === chosen.meeting)),
    );
  }

  private drawFresh(): void {
    const freshness = this.held?.freshness;
    const parts = [this.state.kind === 'broken' ? t('broken') : this.state.kind === 'live' ? t('live') : ''];
    if (freshness) parts.push(t('as_of', { position: freshness.position }));
    if (freshness?.provisional) parts.push(t('provisional', { time: formatTime(freshness.event_time, false) }));
    setText(this.fresh, parts.filter(Boolean).join(' · '));
    this.fresh.dataset.state = this.state.kind;
    if (freshness) this.fresh.dataset.position = freshness.position;
  }

  private draw(): void {
    const { held } = this;
    if (!held) return;
    this.drawFresh();
    const on = this.onDay();
    const finds = finder(chosen.query);
    const shown = held.items.filter((item) => this.isShown(item, on) && finds(this.textOf(item)));
    this.grid.render(shown);
    show(this.grid.root, shown.length > 0);
    setText(this.none, t(held.items.length === 0 ? 'none' : 'none_found'));
    show(this.none, shown.length === 0);
    setText(this.counted, shown.length === held.items.length ? t('counted', { count: shown.length }) : t('counted_of', { count: shown.length, all: held.items.length }));
    const unknown = held.items
      .map((item) => (item.due && item.state !== 'completed' ? kCalendar.between(on, item.due) : null))
      .find((counted): counted is { unknownYear: number } => counted !== null && 'unknownYear' in counted);
    setText(this.calendarNote, unknown ? t('working_unknown', { year: String(unknown.unknownYear) }) : '');
    show(this.calendarNote, unknown !== undefined);
    this.drawConclusions(held);
  }

  private isShown(item: Commitment, on: string): boolean {
    const now = standing(item, on);
    if (chosen.show === 'all') return true;
    if (chosen.show === 'done') return now === 'completed';
    return chosen.show === 'overdue' ? now === 'overdue' : now !== 'completed';
  }

  private textOf(item: Commitment): string {
    const component = item.index && item.component ? componentName(item.index, undefined, item.component) : '';
    return [this.names.of(item.unit), item.task, item.index ?? '', item.component ?? '', component, item.commitment].join(' ');
  }

  private drawConclusions(held: Commitments): void {
    show(this.conclusions, held.conclusions.length > 0);
    const signature = JSON.stringify(held.conclusions);
    if (this.conclusions.dataset.of === signature) return;
    this.conclusions.dataset.of = signature;
    this.conclusions.replaceChildren(
      el('summary', { text: t('conclusions') }),
      el(
        'ul',
        {},
        ...held.conclusions.map((one) =>
          el('li', {}, el('b', { text: one.conclusion }), ` ${one.text}`, one.simulated ? el('span', { class: 'badge badge--simulated', text: t('simulated') }) : null),
        ),
      ),
    );
  }
}

let page: Page | null = null;

/** Builds the page in the language in use; the shell mounts it again after a change of language. */
export function mount(root: HTMLElement): void {
  page = new Page(root);
}

export function unmount(): void {
  page?.close();
  page = null;
}
