// The sources: when each was heard of last, what is missing in its numbering, what it sent twice or in contradiction.

import { readAll } from '../../api';
import { el, setText } from '../../dom';
import { formatCount, formatInstant } from '../../i18n';
import { isSimulatedSource } from '../../labels';
import { matcher } from '../../search';
import { field } from '../shared/field';
import { Grid, textCell } from '../shared/grid';
import { Poll } from '../shared/poll';
import { SectionHead, type Section } from './section';
import type { SourceRow } from './types';
import { t } from './words';

const kEveryMs = 5000;
const kMissingShown = 20;

/** Kept while the program lives, so that a change of language does not undo it. */
const chosen = { query: '', trouble: false };

function inTrouble(row: SourceRow): boolean {
  return (row.missing_count ?? row.missing?.length ?? 0) > 0 || row.conflicts > 0 || row.quarantined > 0 || (row.ahead ?? 0) > 0;
}

function instantKey(instant: string | undefined): number | null {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? null : at;
}

export function sourcesSection(showQuarantineOf: (source: string) => void): Section {
  const head = new SectionHead('sources');
  const query = el('input', { attrs: { type: 'search', autocomplete: 'off' } });
  query.value = chosen.query;
  const trouble = el('input', { attrs: { type: 'checkbox', id: 'sources-trouble' } });
  trouble.checked = chosen.trouble;
  const counted = el('p', { class: 'note', attrs: { role: 'status' } });
  const grid = sourceGrid(showQuarantineOf);
  const panel = el(
    'section',
    { class: 'panel', attrs: { id: 'admin-sources' } },
    head.root,
    el(
      'div',
      { class: 'filters' },
      field(t('search_source'), query, 'sources-query'),
      el(
        'div',
        { class: 'field field--check' },
        trouble,
        el('label', { text: t('only_trouble'), attrs: { for: 'sources-trouble' } }),
      ),
      counted,
    ),
    grid.root,
    el('p', { class: 'note', text: t('sources_note') }),
  );

  let rows: SourceRow[] = [];
  const draw = (): void => {
    const finds = matcher(chosen.query);
    const found = rows.filter((row) => finds(row.source) && (!chosen.trouble || inTrouble(row)));
    grid.render(found);
    setText(
      counted,
      found.length === rows.length
        ? t('sources_count', { count: rows.length })
        : t('sources_found', { count: found.length, all: rows.length }),
    );
  };
  query.addEventListener('input', () => {
    chosen.query = query.value;
    draw();
  });
  trouble.addEventListener('change', () => {
    chosen.trouble = trouble.checked;
    draw();
  });
  const poll = new Poll(
    async () => {
      const answer = await readAll<SourceRow>('/v1/sources');
      rows = answer.items;
      head.fresh(answer.freshness);
      draw();
    },
    () => kEveryMs,
    (error) => head.failure(error),
  );
  return { id: 'sources', panel, start: () => poll.start(), stop: () => poll.stop() };
}

function sourceGrid(showQuarantineOf: (source: string) => void): Grid<SourceRow> {
  const figure = (key: 'duplicates' | 'conflicts' | 'late' | 'ahead' | 'events') => ({
    key,
    title: t(key),
    numeric: true,
    fill: (cell: HTMLElement, row: SourceRow): void => {
      setText(cell, formatCount(row[key] ?? 0));
      cell.classList.toggle('is-bad', (key === 'conflicts' || key === 'ahead') && (row[key] ?? 0) > 0);
      cell.classList.toggle('is-zero', (row[key] ?? 0) === 0);
    },
    sortBy: (row: SourceRow) => row[key] ?? 0,
  });
  return new Grid<SourceRow>({
    caption: t('sources'),
    stacks: true,
    keyOf: (row) => row.source,
    sort: { key: 'source', descending: false },
    columns: [
      { key: 'source', title: t('source'), head: true, fill: fillName, sortBy: (row) => row.source },
      {
        key: 'seen',
        title: t('last_seen'),
        fill: textCell((row) => formatInstant(row.last_seen) || '–'),
        sortBy: (row) => instantKey(row.last_seen),
      },
      {
        key: 'event',
        title: t('last_event'),
        fill: textCell((row) => formatInstant(row.last_event_time) || '–'),
        sortBy: (row) => instantKey(row.last_event_time),
      },
      figure('events'),
      figure('late'),
      figure('ahead'),
      {
        key: 'missing',
        title: t('missing'),
        numeric: true,
        fill: fillMissing,
        sortBy: (row) => row.missing_count ?? row.missing?.length ?? 0,
      },
      figure('duplicates'),
      figure('conflicts'),
      {
        key: 'held',
        title: t('held'),
        numeric: true,
        sortBy: (row) => row.quarantined,
        fill: (cell, row) => {
          cell.classList.toggle('is-zero', row.quarantined === 0);
          if (row.quarantined === 0) {
            setText(cell, formatCount(0));
            return;
          }
          let button = cell.querySelector('button');
          if (!button) {
            button = el('button', { class: 'button--small', attrs: { type: 'button' } });
            button.addEventListener('click', () => showQuarantineOf(row.source));
            cell.replaceChildren(button);
          }
          setText(button, formatCount(row.quarantined));
          const said = `${formatCount(row.quarantined)}: ${t('show_held', { source: row.source })}`;
          if (button.getAttribute('aria-label') !== said) button.setAttribute('aria-label', said);
        },
      },
    ],
  });
}

function fillName(cell: HTMLElement, row: SourceRow): void {
  if (cell.dataset.source === row.source) return;
  cell.dataset.source = row.source;
  cell.replaceChildren(el('code', { text: row.source }));
  if (row.simulated || isSimulatedSource(row.source))
    cell.append(' ', el('span', { class: 'badge badge--simulated', text: t('simulated') }));
}

function fillMissing(cell: HTMLElement, row: SourceRow): void {
  const missing = row.missing ?? [];
  const all = row.missing_count ?? missing.length;
  cell.classList.toggle('is-zero', all === 0);
  if (all === 0) {
    setText(cell, formatCount(0));
    return;
  }
  const shown = missing.slice(0, kMissingShown).join(', ');
  const rest = all - Math.min(missing.length, kMissingShown);
  const said = t('missing_list', { list: rest > 0 ? `${shown} ${t('missing_more', { count: rest })}` : shown });
  let details = cell.querySelector('details');
  if (!details) {
    details = el('details', {}, el('summary', { class: 'is-bad' }), el('p', { class: 'note' }));
    cell.replaceChildren(details);
  }
  if (details.firstElementChild) setText(details.firstElementChild, formatCount(all));
  if (details.lastElementChild) setText(details.lastElementChild, said);
}
