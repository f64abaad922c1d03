// Searching the journal: filters as the API has them, one page at a time, each entry whole on demand. It reads when asked,
// not by itself: an answer stays on show until another is asked for.

import { read, ReadError } from '../../api';
import { el, setText } from '../../dom';
import { formatInstant } from '../../i18n';
import { factName } from '../../labels';
import type { CloudEvent, Freshness, Instant, Position } from '../../types';
import { Grid, textCell } from '../shared/grid';
import { journalForm, journalQuery } from './journal_filter';
import { SectionHead, type Section } from './section';
import { t } from './words';

const kPageSize = 50;

interface Entry {
  position: Position;
  recorded_at: Instant;
  event: CloudEvent & Record<string, unknown>;
}
interface Answer {
  items: Entry[];
  next_page_token: string;
  damaged?: { shard: number; first: number; last: number; reason: string }[];
  freshness?: Freshness;
}

export class JournalSection implements Section {
  readonly id = 'journal';
  readonly panel: HTMLElement;
  private readonly head = new SectionHead('journal');
  private readonly grid = journalGrid();
  private readonly said = el('p', { class: 'note', attrs: { role: 'status', id: 'journal-said' } });
  private readonly damaged = el('ul', { class: 'faults' });
  private readonly previous = el('button', { text: t('previous'), attrs: { type: 'button' } });
  private readonly next = el('button', { text: t('next'), attrs: { type: 'button', id: 'journal-next' } });
  private readonly page = el('span', { class: 'note' });
  /** The question in force, and the tokens of its pages up to the one on show. */
  private question = '';
  private tokens = [''];
  private nextToken = '';
  /** Counts the reads: an answer that was overtaken by a newer question is dropped. */
  private asked = 0;
  private started = false;

  constructor() {
    this.panel = el(
      'section',
      { class: 'panel', attrs: { id: 'admin-journal' } },
      this.head.root,
      journalForm(() => void this.ask()),
      this.said,
      this.grid.root,
      this.damaged,
      el('div', { class: 'pager' }, this.previous, this.page, this.next),
    );
    this.previous.addEventListener('click', () => {
      this.tokens.pop();
      void this.readPage();
    });
    this.next.addEventListener('click', () => {
      this.tokens.push(this.nextToken);
      void this.readPage();
    });
    this.drawPager();
  }

  start(): void {
    if (!this.started) void this.ask();
    this.started = true;
  }

  stop(): void {
    // What was found stays on show.
  }

  private async ask(): Promise<void> {
    this.question = await journalQuery();
    this.tokens = [''];
    this.nextToken = '';
    await this.readPage();
  }

  private async readPage(): Promise<void> {
    const mine = ++this.asked;
    setText(this.said, t('reading'));
    const token = this.tokens[this.tokens.length - 1] ?? '';
    const page = token === '' ? '' : `&page_token=${encodeURIComponent(token)}`;
    try {
      const answer = await read<Answer>(`/v1/journal?page_size=${kPageSize}${this.question}${page}`);
      if (mine === this.asked) this.draw(answer);
    } catch (error) {
      if (mine !== this.asked) return;
      setText(this.said, '');
      this.head.failure(error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
    }
    this.drawPager();
  }

  private draw(answer: Answer): void {
    this.head.failure(null);
    this.head.fresh(answer.freshness);
    this.grid.render(answer.items);
    this.nextToken = answer.next_page_token;
    const gaps = (answer.damaged ?? []).map(({ first, last, shard, reason }) =>
      el('li', { class: 'trouble', text: t('damaged', { first: String(first), last: String(last), shard, reason }) }),
    );
    this.damaged.replaceChildren(...gaps);
    const short = this.nextToken !== '' && answer.items.length < kPageSize;
    setText(this.said, short ? t('page_short') : answer.items.length === 0 ? t('journal_none') : '');
  }

  private drawPager(): void {
    setText(this.page, t('page', { page: this.tokens.length }));
    this.previous.disabled = this.tokens.length <= 1;
    this.next.disabled = this.nextToken === '';
  }
}

function journalGrid(): Grid<Entry> {
  return new Grid<Entry>({
    caption: t('journal'),
    stacks: true,
    keyOf: (entry) => entry.position,
    columns: [
      { key: 'position', title: t('position'), head: true, fill: textCell((entry) => entry.position) },
      { key: 'time', title: t('happened'), fill: textCell((entry) => formatInstant(entry.event.time)) },
      {
        key: 'type',
        title: t('fact'),
        fill: (cell, entry) => {
          if (cell.firstElementChild) return;
          const body = el('pre', { class: 'raw', attrs: { tabindex: '0' } });
          const details = el(
            'details',
            { class: 'journal__event' },
            el('summary', { text: factName(entry.event.type), title: entry.event.type }),
            body,
          );
          details.addEventListener('toggle', () => {
            if (details.open && body.textContent === '') body.textContent = JSON.stringify(entry.event, null, 2);
          });
          body.setAttribute('aria-label', t('show_event', { position: entry.position }));
          cell.append(details);
        },
      },
      { key: 'subject', code: true, title: t('subject'), fill: textCell((entry) => entry.event.subject ?? '–') },
      { key: 'source', code: true, title: t('source'), fill: textCell((entry) => entry.event.source) },
      { key: 'recorded', title: t('recorded'), fill: textCell((entry) => formatInstant(entry.recorded_at)) },
    ],
  });
}
