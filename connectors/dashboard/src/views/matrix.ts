// Composition × meeting point: one cell for each group at each point, with the hub's own totals at the edges.
//
// The cells come from GET …/matrix, the edges from the attendance; nothing is added up here, so for a moment after an
// event the edges may be a step ahead. The time of the cells stands beside the heading. With many points these are the
// rows (a screen is higher than it is wide when it scrolls), else the columns.

import { el, setText, setTitle, show, spoken } from '../dom';
import { collate, formatCount, formatTime, otherDay, t, wordsOf } from '../i18n';
import { abbreviate, compositionName, compositionOrder } from '../labels';
import { kManyPoints, leadingFigure, type Model } from '../model';
import type { Figures } from '../types';
import { setFill } from './bar';
import { pointOrder, pointTitles } from './places';
import { panel, type View } from './view';

const w = wordsOf({
  title: ['Thành phần theo điểm cầu', 'Composition by point'],
  as_of: ['số liệu đến {time}', 'figures as of {time}'],
  shown: ['Số liệu', 'Figures'],
  lead: ['Có mặt trên số mời', 'Present of invited'],
  attended: ['Đã dự trên số mời', 'Came of invited'],
  registered: ['Đăng ký trên số mời', 'Registered of invited'],
  leave: ['Vắng có phép', 'Absent with leave'],
  without_leave: ['Vắng không phép', 'Absent without leave'],
  headcount: ['Đếm theo nhóm', 'Headcount'],
  substitutes: ['Dự thay', 'Substitutes'],
  group: ['Thành phần', 'Group'],
  point: ['Điểm cầu', 'Point'],
  whole: ['Tất cả', 'All'],
  of: ['trên', 'of'],
  nobody: ['không mời', 'none invited'],
});

type Choice = 'lead' | 'registered' | 'leave' | 'without_leave' | 'headcount' | 'substitutes';
const kChoices: Record<Choice, { figure: keyof Figures | 'lead'; of: keyof Figures | null }> = {
  lead: { figure: 'lead', of: 'invited' },
  registered: { figure: 'registered', of: 'invited' },
  leave: { figure: 'absent_with_leave', of: null },
  without_leave: { figure: 'absent_without_leave', of: null },
  headcount: { figure: 'headcount', of: 'invited_headcount' },
  substitutes: { figure: 'substitutes', of: null },
};

interface Axis {
  key: string;
  name: string;
  full: string;
}

interface Cell {
  node: HTMLTableCellElement;
  /** Holds the letters. The style sheet fixes its size, so that new letters lay out this cell and not the whole table. */
  text: HTMLElement;
  column: string;
}

interface Grid {
  signature: string;
  /** Points are the rows. */
  upright: boolean;
  cells: Map<string, Cell>;
  heads: Map<string, HTMLElement>;
}

/** What the cells were last drawn from; edges alone are drawn while it stays. */
interface Drawn {
  points: Model['points'];
  matrix: Model['matrix'];
  choice: string;
}

const kTotal = '\u0000total';

export function matrixView(root: HTMLElement): View {
  const { body, aside } = panel(root, w('title'));
  const select = el('select', { attrs: { 'aria-label': w('shown') } });
  for (const choice of Object.keys(kChoices) as Choice[]) {
    select.append(el('option', { text: w(choice), attrs: { value: choice } }));
  }
  aside.before(select);
  const holder = el('div', { class: 'scroll matrix__scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': w('title') } });
  body.append(holder);
  let grid: Grid = { signature: '', upright: false, cells: new Map(), heads: new Map() };
  let drawn: Drawn = { points: [], matrix: null, choice: '' };
  let last: Model | null = null;

  const leadOption = select.querySelector('option[value="lead"]') ?? select;

  function draw(model: Model): void {
    show(root, model.matrix !== null);
    setText(leadOption, w(leadingFigure(model) === 'present' ? 'lead' : 'attended'));
    if (model.matrix === null || model.attendance === null) return;
    const choice = select.value as Choice;
    const { upright } = grid;
    const now: Drawn = {
      points: model.points,
      matrix: model.matrix,
      choice: [choice, leadingFigure(model), model.meeting.state].join(),
    };
    const edges = edgesOf(model, upright);
    const same = now.points === drawn.points && now.matrix === drawn.matrix && now.choice === drawn.choice;
    if (same && edges.every(([key]) => grid.cells.has(key))) {
      for (const [key, figures] of edges) drawCell(grid, key, figures, choice, model);
      return;
    }
    drawn = now;
    drawAll(model, choice);
  }

  function drawAll(model: Model, choice: Choice): void {
    const freshness = model.matrix?.freshness;
    const time = [formatTime(freshness?.event_time), otherDay(freshness?.event_time, model.meeting.day)].filter(Boolean).join(' ');
    setText(aside, time ? w('as_of', { time }) : '');
    const points = pointAxis(model);
    const groups = groupAxis(model);
    const upright = points.length > kManyPoints; // points are the rows
    const rows = upright ? points : groups;
    const columns = upright ? groups : points;
    const signature = JSON.stringify([upright, rows, columns]);
    if (signature !== grid.signature) grid = buildGrid(holder, rows, columns, upright, signature);
    const filled = new Map<string, Figures>(edgesOf(model, upright));
    for (const cell of model.matrix?.cells ?? []) filled.set(keyOf(cell.point, cell.composition, upright), cell);
    const widest = new Map<string, number>();
    for (const [key, cell] of grid.cells) {
      const letters = drawCell(grid, key, filled.get(key), choice, model);
      widest.set(cell.column, Math.max(letters, widest.get(cell.column) ?? 0));
    }
    for (const [column, letters] of widest) grid.heads.get(column)?.style.setProperty('--letters', String(letters));
  }

  select.addEventListener('change', () => {
    if (last) draw(last);
  });
  return {
    parts: ['matrix', 'attendance', 'points', 'meeting'],
    render(model: Model): void {
      last = model;
      draw(model);
    },
  };
}

function pointAxis(model: Model): Axis[] {
  const titles = pointTitles(model);
  const known = new Set((model.matrix?.cells ?? []).map((cell) => cell.point));
  for (const entry of model.attendance?.points ?? []) known.add(entry.point);
  return pointOrder(model, known).map((point) => {
    const name = titles.get(point) ?? point;
    return { key: point, name, full: name };
  });
}

function groupAxis(model: Model): Axis[] {
  const named = new Map((model.attendance?.compositions ?? []).map((entry) => [entry.composition, entry]));
  const known = new Set([...named.keys(), ...(model.matrix?.cells ?? []).map((cell) => cell.composition)]);
  return [...known]
    .sort((a, b) => compositionOrder(a) - compositionOrder(b) || collate(a, b))
    .map((key) => {
      const full = compositionName(key, named.get(key)?.name, named.get(key)?.name_en) || t('unknown_group');
      return { key, full, name: abbreviate(full) };
    });
}

function keyOf(point: string, group: string, upright: boolean): string {
  return upright ? `${point}\n${group}` : `${group}\n${point}`;
}

/** The totals: the hub's own, of each point, of each group and of all. */
function edgesOf(model: Model, upright: boolean): [string, Figures][] {
  const { attendance } = model;
  if (attendance === null) return [];
  return [
    ...attendance.points.map((entry): [string, Figures] => [keyOf(entry.point, kTotal, upright), entry]),
    ...attendance.compositions.map((entry): [string, Figures] => [keyOf(kTotal, entry.composition, upright), entry]),
    [keyOf(kTotal, kTotal, upright), attendance.total],
  ];
}

/** An empty table for these axes; cells are found by row and column key. */
function buildGrid(holder: HTMLElement, rows: Axis[], columns: Axis[], upright: boolean, signature: string): Grid {
  const grid: Grid = { signature, upright, cells: new Map(), heads: new Map() };
  const total: Axis = { key: kTotal, name: w('whole'), full: w('whole') };
  const corner = el('th', { class: 'matrix__corner', text: w(upright ? 'point' : 'group'), attrs: { scope: 'col' } });
  const head = el('tr', {}, corner);
  for (const column of [total, ...columns]) {
    const name = el('span', { class: 'matrix__name', text: column.name });
    const cell = el('th', { class: 'matrix__column', title: column.full, attrs: { scope: 'col' } }, name);
    if (column.key === kTotal) cell.classList.add('is-total');
    grid.heads.set(column.key, cell);
    head.append(cell);
  }
  const makeRow = (row: Axis): HTMLTableRowElement => {
    const node = el('tr', {}, el('th', { class: 'matrix__row', text: row.name, title: row.full, attrs: { scope: 'row' } }));
    for (const column of [total, ...columns]) {
      const text = el('span', { class: 'matrix__cell' });
      const cell = el('td', {}, text);
      if (column.key === kTotal) cell.classList.add('is-total');
      grid.cells.set(`${row.key}\n${column.key}`, { node: cell, text, column: column.key });
      node.append(cell);
    }
    return node;
  };
  const last = makeRow(total);
  holder.replaceChildren(
    el(
      'table',
      { class: upright ? 'matrix__table is-upright' : 'matrix__table' },
      el('caption', {}, spoken(w('title'))),
      el('thead', {}, head),
      el('tbody', {}, ...rows.map(makeRow)),
      el('tfoot', {}, last),
    ),
  );
  return grid;
}

/** How many letters the cell needs room for. */
function drawCell(grid: Grid, key: string, figures: Figures | undefined, choice: Choice, model: Model): number {
  const cell = grid.cells.get(key);
  const shown = figures ? textOf(figures, choice, model) : null;
  if (!cell) return 0;
  const { node, text } = cell;
  const said = shown?.said ?? '';
  if (setText(text, shown?.text ?? '') || node.title !== said) {
    const running = model.meeting.state === 'opened' || model.meeting.state === 'closed';
    setTitle(node, said);
    node.classList.toggle('is-counted', shown?.counted === true);
    node.classList.toggle('is-nobody', running && choice === 'lead' && shown !== null && shown.ratio === 0);
    setFill(node, shown?.ratio ?? 0);
  }
  return shown?.letters ?? 0;
}

/** What a cell says; null when the figure has no meaning there. Counted groups show their own two numbers. */
function textOf(
  figures: Figures,
  choice: Choice,
  model: Model,
): { text: string; said: string; ratio: number; counted: boolean; letters: number } | null {
  const asked = kChoices[choice];
  const counted = choice === 'lead' && figures.invited === 0 && figures.invited_headcount > 0;
  const { figure, of } = counted ? kChoices.headcount : asked;
  const value = figures[figure === 'lead' ? leadingFigure(model) : figure];
  const whole = of === null ? null : figures[of];
  if ((whole === null || whole === 0) && value === 0) return null;
  const word = counted ? w('headcount') : choice === 'lead' ? t(leadingFigure(model) === 'present' ? 'present' : 'attended') : w(choice);
  const count = formatCount(value);
  if (whole === null) return { text: count, said: `${word}: ${count}`, ratio: 0, counted, letters: count.length };
  const all = whole > 0 ? formatCount(whole) : w('nobody');
  return {
    text: whole > 0 ? `${count}/${all}` : `+${count}`, // came without being invited
    said: `${word}: ${count} ${w('of')} ${all}`,
    ratio: whole > 0 ? value / whole : 0,
    counted,
    letters: whole > 0 ? Math.max(count.length, all.length) + 1 + all.length : count.length + 1,
  };
}
