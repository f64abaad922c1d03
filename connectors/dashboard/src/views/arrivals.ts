// Arrivals by minute as bars, their running total as a line against who registered and who is invited, opening and closing
// as marks; the same figures as a table.

import { el, setAttrs, setText, svg } from '../dom';
import { formatCount, formatTime, language, t } from '../i18n';
import type { Model } from '../model';
import type { Arrival } from '../types';
import { panel, type View } from './view';

const kMinuteMs = 60_000;
const kBarsMost = 120;
const kBinMinutes = [1, 2, 5, 10, 15, 30, 60];
/** What came more than this long before or after the bulk of arrivals is named, not drawn. */
const kWindowMs = 8 * 60 * kMinuteMs;

interface Bin {
  start: number;
  count: number;
}

export function arrivalsView(root: HTMLElement): View {
  const { body, aside } = panel(root, t('arrivals'));
  aside.before(el('span', { class: 'legend', text: t('arrivals_cumulative'), attrs: { 'aria-hidden': 'true' } }));
  const chart = svg('svg', { class: 'chart', role: 'img' });
  const holder = el('div', { class: 'chart-holder' });
  holder.append(chart);
  const rows = el('tbody');
  const table = el(
    'details',
    { class: 'figures-table' },
    el('summary', { text: t('table_of_figures') }),
    el(
      'div',
      { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': t('table_of_figures') } },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, el('th', { text: t('minute'), attrs: { scope: 'col' } }), el('th', { text: t('people'), attrs: { scope: 'col' } }))),
        rows,
      ),
    ),
  );
  body.append(holder, table);

  let last: Model | null = null;
  const draw = (): void => {
    if (last?.attendance) drawChart(chart, holder, aside, last);
  };
  new ResizeObserver(draw).observe(holder);
  table.addEventListener('toggle', () => {
    if (last) fillTable(last);
  });

  function fillTable(model: Model): void {
    if (!table.open) return;
    const arrivals = model.attendance?.arrivals ?? [];
    rows.replaceChildren(
      ...arrivals.map((arrival) =>
        el('tr', {}, el('th', { text: arrival.minute.slice(0, 16).replace('T', ' '), attrs: { scope: 'row' } }), el('td', { text: formatCount(arrival.checked_in) })),
      ),
    );
  }

  return {
    parts: ['attendance', 'meeting'],
    render(model: Model): void {
      last = model;
      draw();
      fillTable(model);
    },
  };
}

function instantOf(minute: string): number {
  // "2023-05-30T07:41+07:00" has no seconds; not every engine reads that.
  return Date.parse(minute.replace(/T(\d\d:\d\d)(?=[+Z-]|$)/, 'T$1:00'));
}

/** The bins that are drawn, and how many arrivals lie outside them. */
function binsOf(arrivals: readonly Arrival[], opened: number): { bins: Bin[]; minutes: number; outside: number } {
  const points = arrivals
    .map((arrival) => ({ at: instantOf(arrival.minute), count: arrival.checked_in }))
    .filter(({ at, count }) => Number.isFinite(at) && count > 0)
    .sort((a, b) => a.at - b.at);
  if (points.length === 0) return { bins: [], minutes: 1, outside: 0 };
  const all = points.reduce((sum, { count }) => sum + count, 0);
  let middle = points[0]?.at ?? 0;
  let passed = 0;
  for (const { at, count } of points) {
    passed += count;
    middle = at;
    if (passed * 2 >= all) break;
  }
  const inside = points.filter(({ at }) => Math.abs(at - middle) <= kWindowMs / 2);
  let from = Math.min(...inside.map(({ at }) => at));
  let to = Math.max(...inside.map(({ at }) => at));
  if (Number.isFinite(opened) && Math.abs(opened - middle) <= kWindowMs / 2) {
    from = Math.min(from, opened);
    to = Math.max(to, opened);
  }
  const span = (to - from) / kMinuteMs + 1;
  const minutes = kBinMinutes.find((candidate) => span / candidate <= kBarsMost) ?? 60;
  const width = minutes * kMinuteMs;
  const first = Math.floor(from / width) * width;
  const bins: Bin[] = [];
  for (let start = first; start <= to; start += width) bins.push({ start, count: 0 });
  for (const { at, count } of inside) {
    const bin = bins[Math.floor((at - first) / width)];
    if (bin) bin.count += count;
  }
  const outside = all - inside.reduce((sum, { count }) => sum + count, 0);
  return { bins, minutes, outside };
}

function drawChart(chart: SVGSVGElement, holder: HTMLElement, aside: HTMLElement, model: Model): void {
  const arrivals = model.attendance?.arrivals ?? [];
  const opened = Date.parse(model.meeting.opened_at ?? '');
  const { bins, minutes, outside } = binsOf(arrivals, opened);
  const width = Math.max(240, holder.clientWidth);
  const height = Math.max(110, holder.clientHeight);
  setAttrs(chart, { viewBox: `0 0 ${width} ${height}`, width, height });

  const peak = bins.reduce<Bin>((best, bin) => (bin.count > best.count ? bin : best), { start: 0, count: 0 });
  const clock = (at: number): string => formatTime(new Date(at).toISOString(), false);
  const summary = peak.count > 0 ? t('arrivals_summary', { count: peak.count, time: clock(peak.start) }) : t('arrivals_none');
  const notes = [
    summary,
    minutes > 1 ? t('arrivals_binned', { minutes }) : '',
    outside > 0 ? t('arrivals_outside', { count: outside }) : '',
  ].filter(Boolean);
  setText(aside, notes.join(' · '));
  setAttrs(chart, { 'aria-label': `${t('arrivals')}. ${notes.join('. ')}` });
  if (bins.length === 0) {
    chart.replaceChildren();
    return;
  }

  // One sixteenth of a rem: the drawing grows with the letters on a wall.
  const scale = parseFloat(getComputedStyle(holder).getPropertyValue('--chart-scale')) || 1;
  const u = (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1) * scale;
  const widest = formatCount(niceCeiling(peak.count)).length;
  const area = { left: Math.max(34, 10 + 8 * widest) * u, right: width - 46 * u, top: 16 * u, bottom: height - 22 * u };
  const step = (area.right - area.left) / Math.max(bins.length, 30);
  const top = niceCeiling(peak.count);
  const y = (count: number, of: number): number => area.bottom - (count / of) * (area.bottom - area.top);
  const x = (index: number): number => area.left + index * step;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const { invited = 0, registered = 0 } = model.attendance?.total ?? {};
  const whole = Math.max(total, invited, registered); // the running total is measured against who is expected

  const nodes: SVGElement[] = [];
  for (const value of [0, top / 2, top]) {
    if (!Number.isInteger(value)) continue;
    const at = y(value, top);
    nodes.push(svg('line', { class: 'chart__grid', x1: area.left, x2: area.right, y1: at, y2: at }));
    nodes.push(svg('text', { class: 'chart__label chart__label--left', x: area.left - 6 * u, y: at + 4 * u }, formatCount(value)));
  }
  const gap = step > 5 * u ? 1.5 * u : 0.5 * u;
  let running = 0;
  const line: string[] = [];
  bins.forEach((bin, index) => {
    running += bin.count;
    line.push(`${line.length === 0 ? 'M' : 'L'}${(x(index) + step / 2).toFixed(1)} ${y(running, whole).toFixed(1)}`);
    if (bin.count === 0) return;
    const at = y(bin.count, top);
    const bar = svg('rect', {
      class: bin === peak ? 'chart__bar chart__bar--peak' : 'chart__bar',
      x: x(index) + gap / 2,
      y: at,
      width: Math.max(1, step - gap),
      height: Math.max(1, area.bottom - at),
      rx: Math.min(2 * u, step / 4),
    });
    bar.append(svg('title', {}, `${clock(bin.start)}: ${formatCount(bin.count)}`));
    nodes.push(bar);
  });
  const target = (count: number, word: string, below: boolean): void => {
    if (count <= 0) return;
    const at = y(count, whole);
    nodes.push(svg('line', { class: 'chart__target', x1: area.left, x2: area.right, y1: at, y2: at }));
    const label = `${word} ${formatCount(count)}`;
    nodes.push(svg('text', { class: 'chart__label chart__label--target', x: area.left + 4 * u, y: at + (below ? 12 : -4) * u }, label));
  };
  target(invited, t('invited').toLocaleLowerCase(language()), false);
  if (registered !== invited) target(registered, t('registered').toLocaleLowerCase(language()), registered < invited);
  nodes.push(svg('path', { class: 'chart__total', d: line.join(' ') }));
  const endX = x(bins.length - 1) + step / 2;
  nodes.push(svg('text', { class: 'chart__label chart__label--total', x: Math.min(endX + 5 * u, width - 40 * u), y: y(running, whole) + 4 * u }, formatCount(total)));

  const first = bins[0]?.start ?? 0;
  const labelEvery = [5, 10, 15, 30, 60, 120].find((each) => (each / minutes) * step >= 58 * u) ?? 240;
  for (let at = Math.ceil(first / (labelEvery * kMinuteMs)) * labelEvery * kMinuteMs; ; at += labelEvery * kMinuteMs) {
    const place = area.left + ((at - first) / (minutes * kMinuteMs)) * step;
    if (place > area.right - 10 * u) break;
    nodes.push(svg('line', { class: 'chart__tick', x1: place, x2: place, y1: area.bottom, y2: area.bottom + 4 * u }));
    nodes.push(svg('text', { class: 'chart__label chart__label--time', x: place, y: height - 6 * u }, clock(at)));
  }
  const mark = (instant: number, word: string): void => {
    if (!Number.isFinite(instant)) return;
    const place = area.left + ((instant - first) / (minutes * kMinuteMs)) * step;
    if (place < area.left || place > area.right) return;
    nodes.push(svg('line', { class: 'chart__mark', x1: place, x2: place, y1: area.top - 8 * u, y2: area.bottom }));
    const left = place > area.right - 90 * u; // beside the last figures there is no room to the right
    const anchor = { 'text-anchor': left ? 'end' : 'start', x: place + (left ? -4 : 4) * u };
    nodes.push(svg('text', { class: 'chart__label chart__label--mark', y: area.top - 3 * u, ...anchor }, word));
  };
  mark(opened, t('opening'));
  mark(Date.parse(model.meeting.closed_at ?? ''), t('closing'));
  chart.replaceChildren(...nodes);
}

/** The next of 2, 4, 6, 10, 20, 40, 60, 100 …: always even, so that the middle line has a whole number. */
function niceCeiling(value: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const step of [2, 4, 6, 10]) if (value <= step * decade) return step * decade;
  }
}
