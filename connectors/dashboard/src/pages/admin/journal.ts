// Searching the journal: filters as the API has them, one page at a time, each entry whole on demand. It reads when asked,
// not by itself: an answer stays on show until another is asked for.

import { read, ReadError } from '../../api';
import { el, setText, show } from '../../dom';
import { formatInstant } from '../../i18n';
import { factName, factNames } from '../../labels';
import { stepBack } from '@dongbo/feed';
import type { CloudEvent, Freshness, Instant, Position } from '../../types';
import { field, option } from '../shared/field';
import { Grid, textCell } from '../shared/grid';
import { SectionHead, type Section } from './section';
import type { Status } from './types';
import { t } from './words';

const kPageSize = 50;
const kRecent = 500;

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

const chosen = { from: 'recent', after: '', type: '', source: '', subject: '', meeting: '' };

export function journalSection(): Section {
  const head = new SectionHead('journal');
  const from = el(
    'select',
    {},
    option('recent', t('from_recent'), chosen.from === 'recent'),
    option('start', t('from_start'), chosen.from === 'start'),
    option('after', t('from_position'), chosen.from === 'after'),
  );
  const text = (value: string): HTMLInputElement => {
    const input = el('input', { attrs: { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '500' } });
    input.value = value;
    return input;
  };
  const inputs = {
    after: text(chosen.after),
    type: text(chosen.type),
    source: text(chosen.source),
    subject: text(chosen.subject),
    meeting: text(chosen.meeting),
  };
  const types = el(
    'datalist',
    { attrs: { id: 'journal-types' } },
    ...factNames().map(([fact, name]) => el('option', { text: name, attrs: { value: `vn.dongbo.${fact}.` } })),
  );
  inputs.type.setAttribute('list', types.id);
  const search = el('button', { class: 'button--act', text: t('search'), attrs: { type: 'submit' } });
  const afterField = field(t('after'), inputs.after, 'journal-after');
  const form = el(
    'form',
    { class: 'filters', attrs: { id: 'journal-form' } },
    field(t('from'), from, 'journal-from'),
    afterField,
    field(t('type'), inputs.type, 'journal-type'),
    field(t('exact_source'), inputs.source, 'journal-source'),
    field(t('subject_prefix'), inputs.subject, 'journal-subject'),
    field(t('meeting'), inputs.meeting, 'journal-meeting'),
    search,
    types,
  );
  const grid = journalGrid();
  const said = el('p', { class: 'note', attrs: { role: 'status', id: 'journal-said' } });
  const previous = el('button', { text: t('previous'), attrs: { type: 'button' } });
  const next = el('button', { text: t('next'), attrs: { type: 'button', id: 'journal-next' } });
  const page = el('span', { class: 'note' });
  const damaged = el('ul', { class: 'faults' });
  const panel = el(
    'section',
    { class: 'panel', attrs: { id: 'admin-journal' } },
    head.root,
    form,
    said,
    grid.root,
    damaged,
    el('div', { class: 'pager' }, previous, page, next),
  );

  let base = ''; // the question in force, without a page
  let tokens: string[] = ['']; // of the pages up to the one on show
  let nextToken = '';
  let asked = 0;

  const readPage = async (): Promise<void> => {
    const mine = ++asked;
    setText(said, t('reading'));
    const token = tokens[tokens.length - 1] ?? '';
    try {
      const answer = await read<Answer>(`${base}${token === '' ? '' : `&page_token=${encodeURIComponent(token)}`}`);
      if (mine !== asked) return;
      head.failure(null);
      head.fresh(answer.freshness);
      grid.render(answer.items);
      nextToken = answer.next_page_token;
      damaged.replaceChildren(
        ...(answer.damaged ?? []).map((gap) =>
          el('li', {
            class: 'trouble',
            text: t('damaged', { first: String(gap.first), last: String(gap.last), shard: gap.shard, reason: gap.reason }),
          }),
        ),
      );
      const short = nextToken !== '' && answer.items.length < kPageSize;
      setText(said, short ? t('page_short') : answer.items.length === 0 ? t('journal_none') : '');
    } catch (error) {
      if (mine !== asked) return;
      setText(said, '');
      head.failure(error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
    }
    drawPager();
  };
  const drawPager = (): void => {
    setText(page, t('page', { page: tokens.length }));
    previous.disabled = tokens.length <= 1;
    next.disabled = nextToken === '';
  };
  const ask = async (): Promise<void> => {
    const after = chosen.from === 'start' ? '' : chosen.from === 'after' ? chosen.after : await recent();
    const filters = { after, type: chosen.type, source: chosen.source, subject: chosen.subject, meeting: chosen.meeting };
    const parts = Object.entries(filters)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    base = `/v1/journal?page_size=${kPageSize}${parts.join('')}`;
    tokens = [''];
    nextToken = '';
    await readPage();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    chosen.from = from.value;
    for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) chosen[name] = inputs[name].value.trim();
    const wrong = chosen.from === 'after' && !/^\d+:\d+(,\d+:\d+)*$/.test(chosen.after);
    inputs.after.setCustomValidity(wrong ? t('after_wrong') : '');
    if (wrong) inputs.after.reportValidity();
    else void ask();
  });
  inputs.after.addEventListener('input', () => inputs.after.setCustomValidity(''));
  from.addEventListener('change', () => show(afterField, from.value === 'after'));
  previous.addEventListener('click', () => {
    tokens.pop();
    void readPage();
  });
  next.addEventListener('click', () => {
    tokens.push(nextToken);
    void readPage();
  });
  show(afterField, chosen.from === 'after');
  drawPager();
  let started = false;
  return {
    id: 'journal',
    panel,
    start: () => {
      if (!started) void ask();
      started = true;
    },
    stop: () => undefined,
  };
}

/** A little before the heads of all shards. */
async function recent(): Promise<Position> {
  try {
    const status = await read<Status>('/v1/status');
    return stepBack(status.shards.map((shard) => `${shard.shard}:${shard.position}`).join(','), kRecent);
  } catch {
    return '';
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
