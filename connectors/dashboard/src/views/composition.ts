// Who came, by group of the plan, with the meeting's totals.

import { el, reconcile, setText, setTitle, show } from '../dom';
import { formatCount, t, type Word } from '../i18n';
import { abbreviate, compositionName, compositionOrder } from '../labels';
import { leadingFigure, type Model } from '../model';
import type { Figures } from '../types';
import { bar, setFill } from './bar';
import { panel, type View } from './view';

type Column = 'invited' | 'registered' | 'lead' | 'absent_with_leave' | 'headcount';
const kColumns: readonly { key: Column; word: Word; title: Word }[] = [
  { key: 'lead', word: 'short_present', title: 'present' }, // after the closing: who came
  { key: 'invited', word: 'short_invited', title: 'invited' },
  { key: 'registered', word: 'short_registered', title: 'registered' },
  { key: 'absent_with_leave', word: 'short_leave', title: 'absent_with_leave' },
  { key: 'headcount', word: 'short_headcount', title: 'headcount' },
];

interface RowNodes {
  name: HTMLElement;
  level: HTMLElement;
  cells: Record<Column, HTMLElement>;
}
const nodesOf = new WeakMap<HTMLElement, RowNodes>();

function buildRow(): HTMLTableRowElement {
  const name = el('span', { class: 'group__name' });
  const cells = {} as RowNodes['cells'];
  const level = bar('bar--thin');
  const row = el(
    'tr',
    {},
    el('th', { attrs: { scope: 'row' } }, name, level),
  );
  for (const { key } of kColumns) {
    cells[key] = el('td', { class: `group__${key}`, attrs: { 'data-figure': key } });
    row.append(cells[key]);
  }
  nodesOf.set(row, { name, level, cells });
  return row;
}

function updateRow(
  row: HTMLTableRowElement,
  name: string,
  fullName: string,
  figures: Figures,
  lead: 'present' | 'checked_in',
): void {
  const nodes = nodesOf.get(row);
  if (!nodes) return;
  setText(nodes.name, name);
  setTitle(nodes.name, fullName);
  for (const { key } of kColumns) {
    const field = key === 'lead' ? lead : key;
    // Counted groups have no names to register: their two numbers stand together in the last column.
    const text =
      key === 'headcount' && figures.invited_headcount > 0
        ? `${formatCount(figures.headcount)}/${formatCount(figures.invited_headcount)}`
        : formatCount(figures[field]);
    const cell = nodes.cells[key];
    setText(cell, text);
    cell.dataset.figure = field;
    cell.classList.toggle('is-zero', figures[field] === 0 && !text.includes('/'));
  }
  const named = figures.invited > 0 ? figures[lead] / figures.invited : 0;
  const counted = figures.invited_headcount > 0 ? figures.headcount / figures.invited_headcount : 0;
  setFill(nodes.level, figures.invited > 0 ? named : counted);
  row.classList.toggle('is-counted', figures.invited === 0 && figures.invited_headcount > 0);
}

export function compositionView(root: HTMLElement): View {
  const { body } = panel(root, t('compositions'));
  const rows = el('tbody');
  const total = buildRow();
  const head = el('tr', {}, el('th', { text: t('composition'), attrs: { scope: 'col' } }));
  const heads = {} as Record<Column, HTMLElement>;
  for (const { key, word, title } of kColumns) {
    heads[key] = el('th', { text: t(word), title: t(title), attrs: { scope: 'col' } });
    head.append(heads[key]);
  }
  const note = el('p', { class: 'note', text: t('total_note') });
  body.append(
    el('div', { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': t('compositions') } },
      el('table', { class: 'groups' }, el('thead', {}, head), rows, el('tfoot', {}, total)),
    ),
    note,
  );

  return {
    parts: ['attendance', 'meeting'],
    render(model: Model): void {
      const attendance = model.attendance;
      if (!attendance) return;
      const lead = leadingFigure(model);
      setText(heads.lead, t(lead === 'present' ? 'short_present' : 'short_attended'));
      setTitle(heads.lead, t(lead === 'present' ? 'present' : 'attended'));
      const sorted = [...attendance.compositions].sort(
        (a, b) =>
          compositionOrder(a.composition) - compositionOrder(b.composition) ||
          (a.composition < b.composition ? -1 : 1),
      );
      reconcile(rows, sorted, (entry) => entry.composition, buildRow, (row, entry) => {
        const full = compositionName(entry.composition, entry.name, entry.name_en);
        const unknown = (entry.flags ?? []).includes('unknown_composition') ? ` (${t('unknown_group')})` : '';
        updateRow(row, abbreviate(full) + unknown, full + unknown, entry, lead);
      });
      updateRow(total, t('total'), t('total'), attendance.total, lead);
      const sum = sorted.reduce((all, entry) => all + entry.invited, 0);
      show(note, sum !== attendance.total.invited);
    },
  };
}
