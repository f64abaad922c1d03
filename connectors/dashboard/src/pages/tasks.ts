// The commitments' page: what was assigned after the conclusion of a meeting, to whom, for which index, until when, and how
// far it has come. It follows the feed of the meeting's conclusions and commitments.

import './pages.css';
import './tasks.css';
import { el, setText, show } from '../dom';
import { dayOf, formatDay, formatShortDay } from '../i18n';
import { componentName } from '../labels';
import type { Meeting } from '../types';
import { matcher } from '../search';
import { meetingOf, type PageContext, type PageEntry } from './page';
import { field } from './shared/field';
import { Followed } from './shared/followed';
import type { Grid } from './shared/grid';
import { PageHead } from './shared/head';
import { readCommitments, standing, UnitNames, type Commitment, type Commitments } from './tasks/data';
import { listDocuments } from './tasks/documents';
import { kCalendar } from './tasks/holidays';
import { taskGrid } from './tasks/list';
import { dayNumber } from './tasks/workdays';
import { t } from './tasks/words';

const kRereadMs = 1000;
const kShows = ['all', 'open', 'overdue', 'done'] as const;
type Show = (typeof kShows)[number];

/** Kept while the program lives, so that a change of language or page does not undo it. */
const chosen = { show: 'all' as Show, query: '', on: '' };

function today(): string {
  return dayOf(new Date());
}

class Page {
  private held: Commitments | null = null;
  /** Until when `held` was asked for. */
  private heldUntil = '';
  private readonly names: UnitNames;
  private closed = false;
  private readonly head: PageHead;
  private readonly meeting: Meeting;
  private readonly followed: Followed;
  private readonly on = el('input', { attrs: { type: 'date' } });
  private readonly onField = field('', this.on, 'tasks-on');
  private readonly query = el('input', { attrs: { type: 'search', autocomplete: 'off' } });
  private readonly counted = el('p', { class: 'note', attrs: { role: 'status', id: 'tasks-counted' } });
  private readonly calendarNote = el('p', { class: 'note' });
  private readonly none = el('p', { class: 'none', text: t('reading') });
  private readonly conclusions = el('details', { class: 'conclusions' });
  private readonly documents = el('ul', { class: 'documents' });
  private readonly documentsNote = el('p', { class: 'note' });
  private readonly shows = el('div', { class: 'choices', attrs: { role: 'group', 'aria-label': t('show') } });
  private readonly grid: Grid<Commitment>;

  constructor(root: HTMLElement, context: PageContext) {
    this.meeting = meetingOf(context);
    this.names = new UnitNames(this.meeting.day ?? today());
    this.head = new PageHead(context, t('title'));
    this.head.note([this.meeting.title ?? this.meeting.meeting, formatDay(this.meeting.day)].filter(Boolean).join(' · '));
    this.on.value = chosen.on || today();
    this.query.value = chosen.query;
    this.grid = taskGrid(() => ({ on: this.onDay(), names: this.names, calendar: kCalendar }));
    this.shows.append(
      ...kShows.map((kind) => {
        const button = el('button', {
          class: 'choice',
          text: t(`show_${kind}`),
          attrs: { type: 'button', 'data-show': kind, 'aria-pressed': String(kind === chosen.show) },
        });
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
      el('div', { class: 'filters' }, this.shows, field(t('search'), this.query, 'tasks-query'), this.onField, this.counted),
      this.calendarNote,
      this.grid.root,
      this.none,
      this.conclusions,
    );
    const documents = el(
      'section',
      { class: 'panel tasks', attrs: { 'aria-labelledby': 'documents-title' } },
      el('div', { class: 'panel__head' }, el('h2', { text: t('documents'), attrs: { id: 'documents-title' } })),
      this.documents,
      this.documentsNote,
    );
    root.replaceChildren(panel, documents);
    show(this.conclusions, false);
    this.query.addEventListener('input', () => {
      chosen.query = this.query.value;
      this.draw();
    });
    this.on.addEventListener('change', () => {
      chosen.on = this.on.value === today() ? '' : this.on.value;
      this.draw();
      this.followed.again();
    });
    this.on.addEventListener('blur', () => {
      this.on.value = this.onDay(); // an emptied one shows which day is meant
    });
    this.followed = new Followed({
      // "vn.dongbo.co" is the common beginning of the conclusion's and the commitments' types.
      path: `/v1/feed?meeting=${encodeURIComponent(this.meeting.meeting)}&type=${encodeURIComponent('vn.dongbo.co')}`,
      read: (atLeast) => this.read(atLeast),
      everyMs: kRereadMs,
      head: this.head,
    });
  }

  close(): void {
    this.closed = true;
    this.followed.close();
  }

  private onDay(): string {
    return dayNumber(this.on.value) === null ? today() : this.on.value;
  }

  /** A day that is past is shown as it stood when it ended; on a day to come, what is known now is counted from then. */
  private until(): string {
    const on = this.onDay();
    return on < today() ? `${on}T23:59:59.999+07:00` : '';
  }

  private async read(atLeast: string): Promise<string | undefined> {
    const until = this.until();
    const held = await readCommitments(this.meeting.meeting, until, atLeast);
    await this.names.learn(held.items.flatMap((item) => [item.unit, ...(item.supporting ?? [])]));
    if (!this.closed) {
      this.held = held;
      this.heldUntil = until;
      this.draw();
    }
    return held.freshness?.position;
  }

  private draw(): void {
    const { held } = this;
    if (!held) return;
    this.head.fresh(held.freshness, this.meeting.day);
    this.head.simulated(this.meeting.simulated === true || held.items.some((item) => item.simulated === true));
    const on = this.onDay();
    // A browser writes the control in its own language's order of day and month: the label says it unmistakably.
    const label = this.onField.querySelector('label');
    if (label) setText(label, t('on', { day: formatShortDay(on) }));
    const finds = matcher(chosen.query);
    const shown = held.items.filter((item) => this.isShown(item, on) && finds(this.textOf(item)));
    this.grid.render(shown);
    show(this.grid.root, shown.length > 0);
    setText(this.none, t(held.items.length === 0 ? 'none' : 'none_found'));
    show(this.none, shown.length === 0);
    setText(
      this.counted,
      this.heldUntil !== this.until()
        ? t('reading')
        : shown.length === held.items.length
        ? t('counted', { count: shown.length })
        : t('counted_of', { count: shown.length, all: held.items.length }),
    );
    const unknown = held.items
      .map((item) => (item.due && item.state !== 'completed' ? kCalendar.between(on, item.due) : null))
      .find((counted): counted is { unknownYear: number } => counted !== null && 'unknownYear' in counted);
    setText(this.calendarNote, unknown ? t('working_unknown', { year: String(unknown.unknownYear) }) : '');
    show(this.calendarNote, unknown !== undefined);
    this.drawConclusions(held);
    const position = held.freshness?.position ?? '';
    listDocuments(this.documents, this.meeting.meeting, position);
    setText(this.documentsNote, t('documents_note', { position: position || '–' }));
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
          el(
            'li',
            {},
            el('b', { text: one.conclusion }),
            ` ${one.text}`,
            one.simulated ? el('span', { class: 'badge badge--simulated', text: t('simulated') }) : null,
          ),
        ),
      ),
    );
  }
}

let page: Page | null = null;

export const tasks: PageEntry = {
  slug: 'nhiem-vu',
  name: () => t('nav'),
  needsMeeting: true,
  page: {
    mount(root, context): void {
      page = new Page(root, context);
    },
    unmount(): void {
      page?.close();
      page = null;
    },
  },
};
