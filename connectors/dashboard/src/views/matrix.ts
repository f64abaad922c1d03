// Composition × meeting point: one cell for each group at each point, with the hub's own totals at the edges.
//
// The cells come from GET …/matrix, the edges from the attendance; nothing is added up here, so for a moment after an
// event the edges may be a step ahead. The time of the cells stands beside the heading. With many points these are the
// rows (a screen is higher than it is wide when it scrolls), else the columns.

import { el, setText, setTitle, show, spoken } from '../dom';
import { collate, formatCount, formatTime, otherDay, t, wordsOf } from '../i18n';
import { abbreviate, compositionName, compositionOrder } from '../labels';
import { leadingFigure, type Model } from '../model';
import type { Figures, MatrixCell } from '../types';
import { pointOrder, pointTitles } from './places';
import { panel, type View } from './view';

const w = wordsOf({
  title: ['Thành phần theo điểm cầu', 'Composition by point'],
  as_of: ['số liệu đến {time}', 'figures as of {time}'],
  shown: ['Số liệu', 'Figures'],
  lead: ['Có mặt trên số mời', 'Present of invited'],
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

const kManyPoints = 40;

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

interface Grid {
  signature: string;
  cells: Map<string, HTMLTableCellElement>;
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
  let grid: Grid = { signature: '', cells: new Map() };
  let last: Model | null = null;

  function draw(model: Model): void {
    show(root, model.matrix !== null);
    if (model.matrix === null || model.attendance === null) return;
    const apart = otherDay(model.matrix.freshness.event_time, model.meeting.day);
    const time = [formatTime(model.matrix.freshness.event_time), apart].filter(Boolean).join(' ');
    setText(aside, time ? w('as_of', { time }) : '');
    const points = pointAxis(model);
    const groups = groupAxis(model);
    const upright = points.length > kManyPoints; // points are the rows
    const rows = upright ? points : groups;
    const columns = upright ? groups : points;
    const signature = JSON.stringify([upright, rows, columns]);
    if (signature !== grid.signature) {
      grid = buildGrid(holder, rows, columns, upright);
      grid.signature = signature;
    }
    fill(grid, model, select.value as Choice, upright);
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

/** An empty table for these axes; cells are found by row and column key. */
function buildGrid(holder: HTMLElement, rows: Axis[], columns: Axis[], upright: boolean): Grid {
  const cells: Grid['cells'] = new Map();
  const total: Axis = { key: kTotal, name: w('whole'), full: w('whole') };
  const corner = el('th', { class: 'matrix__corner', text: w(upright ? 'point' : 'group'), attrs: { scope: 'col' } });
  const head = el('tr', {}, corner);
  for (const column of [total, ...columns]) {
    const name = el('span', { class: 'matrix__name', text: column.name });
    const cell = el('th', { class: 'matrix__column', title: column.full, attrs: { scope: 'col' } }, name);
    if (column.key === kTotal) cell.classList.add('is-total');
    head.append(cell);
  }
  const makeRow = (row: Axis): HTMLTableRowElement => {
    const node = el('tr', {}, el('th', { class: 'matrix__row', text: row.name, title: row.full, attrs: { scope: 'row' } }));
    for (const column of [total, ...columns]) {
      const cell = el('td');
      if (column.key === kTotal) cell.classList.add('is-total');
      cells.set(`${row.key}\n${column.key}`, cell);
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
  return { signature: '', cells };
}

function fill(grid: Grid, model: Model, choice: Choice, upright: boolean): void {
  const filled = new Map<string, Figures>();
  const put = (point: string, group: string, figures: Figures): void => {
    filled.set(upright ? `${point}\n${group}` : `${group}\n${point}`, figures);
  };
  for (const cell of model.matrix?.cells ?? []) put(cell.point, cell.composition, cell);
  for (const entry of model.attendance?.points ?? []) put(entry.point, kTotal, entry);
  for (const entry of model.attendance?.compositions ?? []) put(kTotal, entry.composition, entry);
  if (model.attendance) put(kTotal, kTotal, model.attendance.total);
  const running = model.meeting.state === 'opened' || model.meeting.state === 'closed';
  for (const [key, node] of grid.cells) drawCell(node, filled.get(key), choice, model, running);
}

function drawCell(
  node: HTMLTableCellElement,
  figures: Figures | MatrixCell | undefined,
  choice: Choice,
  model: Model,
  running: boolean,
): void {
  const shown = figures ? textOf(figures, choice, model) : null;
  if (!setText(node, shown?.text ?? '') && node.dataset.said === (shown?.said ?? '')) return;
  node.dataset.said = shown?.said ?? '';
  setTitle(node, shown?.said ?? '');
  node.classList.toggle('is-counted', shown?.counted === true);
  node.classList.toggle('is-nobody', running && choice === 'lead' && shown !== null && shown.ratio === 0);
  node.style.setProperty('--fill', (shown?.ratio ?? 0).toFixed(3));
}

/** What a cell says; null when the figure has no meaning there. Counted groups show their own two numbers. */
function textOf(
  figures: Figures,
  choice: Choice,
  model: Model,
): { text: string; said: string; ratio: number; counted: boolean } | null {
  const asked = kChoices[choice];
  const counted = choice === 'lead' && figures.invited === 0 && figures.invited_headcount > 0;
  const { figure, of } = counted ? kChoices.headcount : asked;
  const value = figures[figure === 'lead' ? leadingFigure(model) : figure];
  const whole = of === null ? null : figures[of];
  if ((whole === null || whole === 0) && value === 0) return null;
  const word = counted ? w('headcount') : choice === 'lead' ? t(leadingFigure(model) === 'present' ? 'present' : 'attended') : w(choice);
  const count = formatCount(value);
  if (whole === null) return { text: count, said: `${word}: ${count}`, ratio: 0, counted };
  const all = whole > 0 ? formatCount(whole) : w('nobody');
  return {
    text: whole > 0 ? `${count}/${all}` : `+${count}`, // came without being invited
    said: `${word}: ${count} ${w('of')} ${all}`,
    ratio: whole > 0 ? Math.min(1, value / whole) : 0,
    counted,
  };
}
