// The quarantine: what was refused and why, its raw bytes, and what can be done about it: re-drive one, those the filter
// names or all; discard with a reason.

import { order, read } from '../../api';
import { el, setText, show } from '../../dom';
import { formatInstant } from '../../i18n';
import type { Freshness } from '../../types';
import { ask } from '../shared/ask';
import { field, option } from '../shared/field';
import { Grid, textCell } from '../shared/grid';
import { Poll } from '../shared/poll';
import { showEntry } from './quarantine_entry';
import { deeds, SectionHead, type Section } from './section';
import type { Quarantined, Redriven } from './types';
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

export interface QuarantineSection extends Section {
  filterBySource(source: string): void;
}

function query(parts: Record<string, string>): string {
  const text = Object.entries(parts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

async function readPages(): Promise<Answer> {
  const filter = { state: chosen.state, reason: chosen.reason, source: chosen.source };
  const whole: Answer = { items: [], next_page_token: '' };
  for (let page = 0; page < chosen.pages; page += 1) {
    const answer = await read<Answer>(
      `/v1/quarantine${query({ ...filter, page_size: String(kPageSize), page_token: whole.next_page_token })}`,
    );
    whole.items.push(...answer.items);
    whole.freshness ??= answer.freshness;
    whole.next_page_token = answer.next_page_token;
    if (answer.next_page_token === '') break;
  }
  return whole;
}

export function quarantineSection(): QuarantineSection {
  const head = new SectionHead('quarantine');
  const state = el(
    'select',
    {},
    option('', t('any'), chosen.state === ''),
    ...kStates.map((value) => option(value, stateWord(value), value === chosen.state)),
  );
  const reason = el(
    'select',
    {},
    option('', t('any'), chosen.reason === ''),
    ...kReasons.map((value) => option(value, reasonWord(value), value === chosen.reason)),
  );
  const source = el('input', { attrs: { type: 'search', autocomplete: 'off', spellcheck: 'false' } });
  source.value = chosen.source;
  const counted = el('p', { class: 'note', attrs: { role: 'status' } });
  const filtered = el('button', {
    text: t('redrive_filtered'),
    attrs: { type: 'button', 'data-action': 'redrive-filter', 'aria-describedby': 'redrive-hint' },
  });
  const all = el('button', { text: t('redrive_all'), attrs: { type: 'button', 'data-action': 'redrive-all' } });
  const hint = el('p', { class: 'note', text: t('redrive_filter_first'), attrs: { id: 'redrive-hint' } });
  const more = el('button', { class: 'grid__more', text: t('more'), attrs: { type: 'button' } });

  const redriveOne = async (id: string): Promise<void> => {
    const what = t('what_one', { id });
    if ((await ask({ title: t('redrive_ask', { id }), text: [t('redrive_text')], confirm: t('redrive') })) === null) return;
    await redrive(`/v1/quarantine/${encodeURIComponent(id)}/redrive`, what);
  };
  const discardOne = async (id: string): Promise<void> => {
    const why = await ask({ title: t('discard_ask', { id }), text: [t('discard_text')], confirm: t('discard'), reason: true });
    if (why === null) return;
    try {
      await order('POST', `/v1/quarantine/${encodeURIComponent(id)}/discard`, { reason: why });
      deeds.did(t('discard_done', { id, reason: why }));
    } catch (error) {
      deeds.failed(`${t('discard')} ${id}`, error);
    }
    poll.now();
  };
  const redrive = async (path: string, what: string): Promise<void> => {
    try {
      const done = await order<Redriven>('POST', path);
      const { tried, accepted, duplicate, still_refused: refused, held_back } = done;
      deeds.did(t('redrive_done', { what, tried, accepted, duplicate, refused, held_back }));
    } catch (error) {
      deeds.failed(`${t('redrive')} ${what}`, error);
    }
    poll.now();
  };
  filtered.addEventListener('click', async () => {
    const scope = t('redrive_scope', {
      reason: chosen.reason ? reasonWord(chosen.reason) : t('any'),
      source: chosen.source || t('any'),
    });
    const text = [scope, t('redrive_text'), t('redrive_order')];
    const path = `/v1/quarantine/redrive${query({ reason: chosen.reason, source: chosen.source })}`;
    if ((await ask({ title: t('redrive_ask_filter'), text, confirm: t('redrive') })) !== null)
      await redrive(path, t('what_filter'));
  });
  all.addEventListener('click', async () => {
    const text = [t('redrive_text'), t('redrive_order')];
    if ((await ask({ title: t('redrive_ask_all'), text, confirm: t('redrive_all') })) !== null)
      await redrive('/v1/quarantine/redrive', t('what_all'));
  });

  // The rows' buttons outlive the answers: they act on the entry as it was read last.
  const latest = new Map<string, Quarantined>();
  const grid = quarantineGrid(
    (id) => {
      const entry = latest.get(id);
      if (entry) showEntry(entry, redriveOne, discardOne);
    },
    redriveOne,
    discardOne,
  );
  const panel = el(
    'section',
    { class: 'panel', attrs: { id: 'admin-quarantine' } },
    head.root,
    el(
      'div',
      { class: 'filters' },
      field(t('state'), state, 'quarantine-state'),
      field(t('reason'), reason, 'quarantine-reason'),
      field(t('exact_source'), source, 'quarantine-source'),
      counted,
    ),
    el('div', { class: 'orders' }, filtered, all, hint),
    grid.root,
    more,
  );

  const poll = new Poll(
    async () => {
      const answer = await readPages();
      head.fresh(answer.freshness);
      latest.clear();
      for (const entry of answer.items) latest.set(entry.id, entry);
      grid.render(answer.items);
      const whole = answer.next_page_token === '';
      setText(counted, t(whole ? 'quarantine_count' : 'quarantine_count_more', { count: answer.items.length }));
      show(more, !whole && chosen.pages < kPagesMost);
      all.disabled = chosen.state === 'held' && chosen.reason === '' && chosen.source === '' && answer.items.length === 0;
    },
    () => kEveryMs,
    (error) => head.failure(error),
  );
  const choose = (): void => {
    chosen.state = state.value;
    chosen.reason = reason.value;
    chosen.source = source.value.trim();
    chosen.pages = 1;
    drawOrders();
    poll.now();
  };
  const drawOrders = (): void => {
    filtered.disabled = chosen.reason === '' && chosen.source === '';
    show(hint, filtered.disabled);
  };
  for (const control of [state, reason, source]) control.addEventListener('change', choose);
  source.addEventListener('search', choose);
  more.addEventListener('click', () => {
    chosen.pages += 1;
    poll.now();
  });
  drawOrders();
  show(more, false);
  return {
    id: 'quarantine',
    panel,
    start: () => poll.start(),
    stop: () => poll.stop(),
    filterBySource: (wanted) => {
      state.value = 'held';
      reason.value = '';
      source.value = wanted;
      choose();
    },
  };
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
