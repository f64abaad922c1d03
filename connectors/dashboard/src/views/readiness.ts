// How each point became ready: its technical state over the day, with the opening marked. Height says the same as colour:
// full is ready, half is unsteady, a thin line is failed, nothing is not reported. The reports themselves as a table.

import { el, reconcile, setAttrs, setText, show, spoken, svg } from '../dom';
import { formatTime, otherDay, t, wordsOf } from '../i18n';
import { healthOf, stateName, type Aspect, type Health } from '../labels';
import type { Model } from '../model';
import type { Meeting, ReadinessRow, ReadinessState } from '../types';
import { pointOrder, pointTitles } from './places';
import { nothingOf, panel, type View } from './view';

const w = wordsOf({
  title: ['Tình trạng kỹ thuật trước và trong giờ họp', 'Technical state before and during the meeting'],
  none: ['Chưa có điểm cầu nào báo tình trạng', 'No point has reported yet'],
  rehearsal: ['chạy thử', 'rehearsal'],
  point: ['Điểm cầu', 'Point'],
  time: ['Lúc', 'At'],
  good: ['sẵn sàng', 'ready'],
  warn: ['chưa ổn định', 'unsteady'],
  bad: ['không dùng được', 'failed'],
  unknown: ['chưa báo', 'not reported'],
  since: ['{state} từ {time}', '{state} since {time}'],
  reports: ['Bảng các lần báo', 'Table of reports'],
  ready_count: ['{ready}/{count} điểm cầu sẵn sàng', '{ready} of {count} points ready'],
});

const kAspects: readonly Aspect[] = ['line', 'sound', 'picture', 'power'];
const kMinuteMs = 60_000;
/** A meeting whose closing nobody reported is not followed longer than this. */
const kOpenMostMs = 24 * 60 * kMinuteMs;
const kReportsShown = 1500;
const kHeights: Record<Health, number> = { good: 12, warn: 6, bad: 3, unknown: 0 };

interface Span {
  from: number;
  to: number;
  health: Health;
}

interface Window {
  from: number;
  to: number;
  opened: number;
}

export function readinessView(root: HTMLElement): View {
  const { body, aside } = panel(root, w('title'));
  const axis = el('div', { class: 'ready__axis', attrs: { 'aria-hidden': 'true' } });
  const list = el('ul', { class: 'ready', attrs: { tabindex: '0', 'aria-label': w('title') } });
  const none = el('p', { class: 'none' });
  const rows = el('tbody');
  const heads = [w('point'), w('time'), ...kAspects.map((aspect) => t(aspect))];
  const table = el(
    'details',
    { class: 'figures-table' },
    el('summary', { text: w('reports') }),
    el(
      'div',
      { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': w('reports') } },
      el('table', {}, el('thead', {}, el('tr', {}, ...heads.map((text) => el('th', { text, attrs: { scope: 'col' } })))), rows),
    ),
  );
  body.append(axis, list, none, table);
  let last: Model | null = null;
  table.addEventListener('toggle', () => {
    if (last && table.open) fillTable(rows, last);
  });

  return {
    parts: ['readiness', 'points', 'meeting', 'attendance'],
    render(model: Model): void {
      last = model;
      const order = pointOrder(model, model.readiness.map((row) => row.point));
      const byPoint = new Map(model.readiness.map((row) => [row.point, row]));
      const window = windowOf(model);
      const held = window === null ? [] : order.flatMap((point) => byPoint.get(point) ?? []);
      show(list, held.length > 0);
      show(axis, held.length > 0);
      show(table, model.readiness.length > 0);
      setText(none, nothingOf(model, ['readiness'], w('none')));
      show(none, held.length === 0);
      if (window === null) {
        setText(aside, '');
        return;
      }
      const ready = held.filter((row) => spansOf(row, window, model.meeting).pop()?.health === 'good').length;
      setText(aside, w('ready_count', { ready, count: held.length }));
      drawAxis(axis, window);
      const titles = pointTitles(model);
      reconcile(list, held, (row) => row.point, buildRow, (node, row) => updateRow(node, row, window, titles, model));
      if (table.open) fillTable(rows, model);
    },
  };
}

/** A report counts on the day of the meeting, and in the night after it while the meeting goes on. */
function isOfMeeting(report: ReadinessState, { day, opened_at, closed_at }: Meeting): boolean {
  if (!otherDay(report.time, day)) return true;
  const at = Date.parse(report.time ?? '');
  const opened = Date.parse(opened_at ?? '');
  return at >= opened && at <= (closed_at ? Date.parse(closed_at) : opened + kOpenMostMs);
}

/** From the meeting's first report to now or the closing; null while there is none. */
function windowOf(model: Model): Window | null {
  const times = model.readiness
    .flatMap((row) => row.history ?? [])
    .filter((report) => isOfMeeting(report, model.meeting))
    .map((report) => Date.parse(report.time ?? ''))
    .filter(Number.isFinite);
  if (times.length === 0) return null;
  const opened = Date.parse(model.meeting.opened_at ?? '');
  const closed = Date.parse(model.meeting.closed_at ?? '');
  const now = Date.parse(model.attendance?.freshness.event_time ?? '');
  const from = Math.floor(Math.min(...times) / (5 * kMinuteMs)) * 5 * kMinuteMs;
  const to = Number.isFinite(closed) ? closed : Math.max(...times, ...[now, opened].filter(Number.isFinite));
  return { from, to: Math.max(to, from + 30 * kMinuteMs), opened };
}

/** The worst of the four decides; what nobody reported does not count against a point. */
function healthOfReport(report: ReadinessState): Health {
  const all = kAspects.map((aspect) => healthOf(aspect, report[aspect]));
  return all.includes('bad') ? 'bad' : all.includes('warn') ? 'warn' : all[0] === 'unknown' ? 'unknown' : 'good';
}

function spansOf(row: ReadinessRow, window: Window, meeting: Meeting): Span[] {
  const reports = (row.history ?? [])
    .filter((report) => isOfMeeting(report, meeting))
    .map((report) => ({ at: Date.parse(report.time ?? ''), health: healthOfReport(report) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  const spans: Span[] = [];
  for (const [index, { at, health }] of reports.entries()) {
    const until = reports[index + 1]?.at ?? window.to;
    const before = spans[spans.length - 1];
    if (before && before.health === health) before.to = until;
    else spans.push({ from: at, to: until, health });
  }
  return spans;
}

function buildRow(): HTMLLIElement {
  return el(
    'li',
    { class: 'ready__row' },
    el('span', { class: 'ready__name' }),
    svg('svg', { class: 'ready__strip', viewBox: '0 0 1000 14', preserveAspectRatio: 'none', 'aria-hidden': 'true' }),
    el('span', { class: 'ready__said' }),
    spoken(''),
  );
}

function updateRow(node: HTMLLIElement, row: ReadinessRow, window: Window, titles: Map<string, string>, model: Model): void {
  const [name, strip, said, all] = Array.from(node.children);
  if (!name || !strip || !said || !all) return;
  setText(name, titles.get(row.point) ?? row.point);
  const spans = spansOf(row, window, model.meeting);
  const key = JSON.stringify([spans, window]);
  if ((strip as SVGElement).dataset.key === key) return;
  (strip as SVGElement).dataset.key = key;
  const x = (at: number): number => ((at - window.from) / (window.to - window.from)) * 1000;
  const shapes: SVGElement[] = spans
    .filter((span) => kHeights[span.health] > 0)
    .map((span) => {
      const height = kHeights[span.health];
      return svg('rect', {
        class: `ready__span ready__span--${span.health}`,
        x: x(span.from).toFixed(1),
        width: Math.max(2, x(span.to) - x(span.from)).toFixed(1),
        y: 13 - height,
        height,
      });
    });
  if (Number.isFinite(window.opened)) {
    shapes.push(svg('line', { class: 'ready__opening', x1: x(window.opened), x2: x(window.opened), y1: 0, y2: 14 }));
  }
  strip.replaceChildren(...shapes);
  const now = spans[spans.length - 1];
  const clock = (at: number): string => {
    const instant = new Date(at).toISOString();
    return [formatTime(instant, false), otherDay(instant, model.meeting.day)].filter(Boolean).join(' ');
  };
  setText(said, now ? w('since', { state: w(now.health), time: clock(now.from) }) : w('unknown'));
  (said as HTMLElement).dataset.health = now?.health ?? 'unknown';
  const sentences = spans.map((span) => `${clock(span.from)}–${clock(span.to)} ${w(span.health)}`);
  setText(all, sentences.join('; '));
}

/** Hours above the strips, and where the meeting was opened. */
function drawAxis(axis: HTMLElement, window: Window): void {
  const key = JSON.stringify(window);
  if (axis.dataset.key === key) return;
  axis.dataset.key = key;
  const span = window.to - window.from;
  const every = [15, 30, 60, 120, 240].find((minutes) => span / (minutes * kMinuteMs) <= 8) ?? 480;
  const marks: HTMLElement[] = [];
  const put = (at: number, text: string, cls: string): void => {
    const mark = el('span', { class: cls, text });
    mark.style.setProperty('left', `${(((at - window.from) / span) * 100).toFixed(2)}%`);
    marks.push(mark);
  };
  for (let at = Math.ceil(window.from / (every * kMinuteMs)) * every * kMinuteMs; at <= window.to; at += every * kMinuteMs) {
    put(at, formatTime(new Date(at).toISOString(), false), 'ready__hour');
  }
  if (Number.isFinite(window.opened) && window.opened >= window.from) put(window.opened, t('opening'), 'ready__mark');
  axis.replaceChildren(el('span', { class: 'ready__marks' }, ...marks));
}

function fillTable(rows: HTMLTableSectionElement, model: Model): void {
  const titles = pointTitles(model);
  const reports = pointOrder(model, model.readiness.map((row) => row.point)).flatMap((point) =>
    (model.readiness.find((row) => row.point === point)?.history ?? []).map((report) => ({ point, report })),
  );
  rows.replaceChildren(
    ...reports.slice(0, kReportsShown).map(({ point, report }) => {
      const time = [formatTime(report.time), otherDay(report.time, model.meeting.day), report.rehearsal ? w('rehearsal') : ''];
      const cells = kAspects.map((aspect) => el('td', { text: stateName(aspect, report[aspect]) }));
      const row = el('tr', {}, el('th', { text: titles.get(point) ?? point, attrs: { scope: 'row' } }));
      row.append(el('td', { text: time.filter(Boolean).join(' ') }), ...cells);
      setAttrs(row, { 'data-point': point });
      return row;
    }),
  );
}
