// The quarantine: what was refused and why, its raw bytes, and what can be done about it: re-drive one, those the filter
// names or all; discard with a reason.

import { read } from '../../api';
import { el, setText, show } from '../../dom';
import { formatInstant } from '../../i18n';
import type { Freshness } from '../../types';
import { field, option } from '../shared/field';
import { Grid, textCell } from '../shared/grid';
import { Poll } from '../shared/poll';
import { showEntry } from './quarantine_entry';
import { QuarantineOrders, queryOf } from './quarantine_orders';
import { SectionHead, type Section } from './section';
import type { Quarantined } from './types';
import { kReasons, kStates, reasonWord, stateWord, t } from './words';

const kEveryMs = 5000;
const kPageSize = 50;
const kPagesMost = 20;

interface Answer {
  items: Quarantined[];
  next_page_token: string;
  freshness?: Freshness;
}

/** Kept while the program lives; the sources part sets the source. */
const chosen = { state: 'held', reason: '', source: '', pages: 1 };

async function readPages(): Promise<Answer> {
  const { state, reason, source } = chosen;
  const whole: Answer = { items: [], next_page_token: '' };
  for (let page = 0; page < chosen.pages; page += 1) {
    const asked = queryOf({ state, reason, source, page_size: String(kPageSize), page_token: whole.next_page_token });
    const answer = await read<Answer>(`/v1/quarantine${asked}`);
    whole.items.push(...answer.items);
    whole.freshness ??= answer.freshness;
    whole.next_page_token = answer.next_page_token;
    if (answer.next_page_token === '') break;
  }
  return whole;
}

function choice(values: readonly string[], word: (value: string) => string, now: string): HTMLSelectElement {
  const options = values.map((value) => option(value, word(value), value === now));
  return el('select', {}, option('', t('any'), now === ''), ...options);
}

export class QuarantineSection implements Section {
  readonly id = 'quarantine';
  readonly panel: HTMLElement;
  private readonly head = new SectionHead('quarantine');
  private readonly state = choice(kStates, stateWord, chosen.state);
  private readonly reason = choice(kReasons, reasonWord, chosen.reason);
  private readonly source = el('input', { attrs: { type: 'search', autocomplete: 'off', spellcheck: 'false' } });
  private readonly counted = el('p', { class: 'note', attrs: { role: 'status' } });
  private readonly filtered = el('button', {
    text: t('redrive_filtered'),
    attrs: { type: 'button', 'data-action': 'redrive-filter', 'aria-describedby': 'redrive-hint' },
  });
  private readonly all = el('button', { text: t('redrive_all'), attrs: { type: 'button', 'data-action': 'redrive-all' } });
  private readonly hint = el('p', { class: 'note', text: t('redrive_filter_first'), attrs: { id: 'redrive-hint' } });
  private readonly more = el('button', { class: 'grid__more', text: t('more'), attrs: { type: 'button' } });
  /** As read last: the rows' buttons outlive the answers. */
  private readonly entries = new Map<string, Quarantined>();
  private readonly orders = new QuarantineOrders(() => this.poll.now());
  private readonly grid = quarantineGrid((id) => this.open(id), this.orders.redriveOne, this.orders.discardOne);
  private readonly poll = new Poll(
    () => this.read(),
    () => kEveryMs,
    (error) => this.head.failure(error),
  );

  constructor() {
    this.source.value = chosen.source;
    this.panel = el(
      'section',
      { class: 'panel', attrs: { id: 'admin-quarantine' } },
      this.head.root,
      el(
        'div',
        { class: 'filters' },
        field(t('state'), this.state, 'quarantine-state'),
        field(t('reason'), this.reason, 'quarantine-reason'),
        field(t('exact_source'), this.source, 'quarantine-source'),
        this.counted,
      ),
      el('div', { class: 'orders' }, this.filtered, this.all, this.hint),
      this.grid.root,
      this.more,
    );
    for (const control of [this.state, this.reason, this.source]) control.addEventListener('change', () => this.choose());
    this.source.addEventListener('search', () => this.choose());
    this.filtered.addEventListener('click', () => void this.orders.redriveFiltered(chosen));
    this.all.addEventListener('click', () => void this.orders.redriveAll());
    this.more.addEventListener('click', () => {
      chosen.pages += 1;
      this.poll.now();
    });
    this.drawOrders();
    show(this.more, false);
  }

  start(): void {
    this.poll.start();
  }

  stop(): void {
    this.poll.stop();
  }

  /** Shows what is held of one source. */
  filterBySource(source: string): void {
    this.state.value = 'held';
    this.reason.value = '';
    this.source.value = source;
    this.choose();
  }

  private choose(): void {
    chosen.state = this.state.value;
    chosen.reason = this.reason.value;
    chosen.source = this.source.value.trim();
    chosen.pages = 1;
    this.drawOrders();
    this.poll.now();
  }

  private drawOrders(): void {
    this.filtered.disabled = chosen.reason === '' && chosen.source === '';
    show(this.hint, this.filtered.disabled);
  }

  private open(id: string): void {
    const entry = this.entries.get(id);
    if (entry) showEntry(entry, this.orders.redriveOne, this.orders.discardOne);
  }

  private async read(): Promise<void> {
    const answer = await readPages();
    this.head.fresh(answer.freshness);
    this.entries.clear();
    for (const entry of answer.items) this.entries.set(entry.id, entry);
    this.grid.render(answer.items);
    const whole = answer.next_page_token === '';
    setText(this.counted, t(whole ? 'quarantine_count' : 'quarantine_count_more', { count: answer.items.length }));
    show(this.more, !whole && chosen.pages < kPagesMost);
    const nothingHeld = chosen.state === 'held' && this.filtered.disabled && answer.items.length === 0;
    this.all.disabled = nothingHeld;
  }
}

type Act = (id: string) => void;

function quarantineGrid(open: Act, redrive: Act, discard: Act): Grid<Quarantined> {
  return new Grid<Quarantined>({
    caption: t('quarantine'),
    stacks: true,
    keyOf: (entry) => entry.id,
    pageRows: kPageSize * kPagesMost,
    columns: [
      {
        key: 'id',
        title: t('entry'),
        head: true,
        fill: (cell, entry) => {
          if (cell.firstElementChild) return;
          const button = el('button', {
            class: 'button--link',
            text: entry.id,
            attrs: { type: 'button', 'aria-label': t('open_entry', { id: entry.id }) },
          });
          button.addEventListener('click', () => open(entry.id));
          cell.append(button);
        },
      },
      { key: 'reason', title: t('reason'), fill: textCell((entry) => reasonWord(entry.reason)) },
      { key: 'detail', title: t('detail'), fill: textCell((entry) => entry.detail) },
      { key: 'source', code: true, title: t('source'), fill: textCell((entry) => entry.source || '–') },
      { key: 'event', code: true, title: t('event_id'), fill: textCell((entry) => entry.event_id || '–') },
      { key: 'received', title: t('received'), fill: textCell((entry) => formatInstant(entry.received_at) || '–') },
      { key: 'state', title: t('state'), fill: textCell((entry) => stateWord(entry.state)) },
      {
        key: 'do',
        title: t('act'),
        fill: (cell, entry) => {
          if (!cell.firstElementChild) {
            const again = el('button', {
              class: 'button--small',
              text: t('redrive'),
              attrs: { type: 'button', 'data-action': 'redrive', 'aria-label': `${t('redrive')} ${entry.id}` },
            });
            const drop = el('button', {
              class: 'button--small',
              text: t('discard'),
              attrs: { type: 'button', 'data-action': 'discard', 'aria-label': `${t('discard')} ${entry.id}` },
            });
            again.addEventListener('click', () => redrive(entry.id));
            drop.addEventListener('click', () => discard(entry.id));
            cell.append(el('span', { class: 'cell-tools' }, again, drop));
          }
          show(cell.firstElementChild as HTMLElement, entry.state === 'held');
        },
      },
    ],
  });
}
