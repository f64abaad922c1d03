// Arrivals by minute as bars, their running total as a line against who registered and who is invited, opening and closing
// as marks; the same figures as a table.

import { el, setText } from '../dom';
import { formatCount, formatTime, language, t } from '../i18n';
import type { Model } from '../model';
import type { Arrival } from '../types';
import { Chart, remark, type ChartOptions, type Look } from './chart';
import { panel, type View } from './view';

const kMinuteMs = 60_000;
const kBarsMost = 120;
const kBinMinutes = [1, 2, 5, 10, 15, 30, 60];
/** The width of the chart is shared by at least so many, so that the first arrivals are no block. */
const kBinsLeast = 30;
const kLabelMinutes = [5, 10, 15, 30, 60, 120];
/** What came more than this long before or after the bulk of arrivals is named, not drawn. */
const kWindowMs = 8 * 60 * kMinuteMs;

interface Bin {
  start: number;
  count: number;
}

export function arrivalsView(root: HTMLElement): View {
  const { body, aside } = panel(root, t('arrivals'));
  aside.before(el('span', { class: 'legend', text: t('arrivals_cumulative'), attrs: { 'aria-hidden': 'true' } }));
  const chart = new Chart('arrivals__chart', t('arrivals'));
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
  body.append(chart.root, table);

  let last: Model | null = null;
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
      if (model.attendance) {
        const day = dayOfArrivals(model);
        const notes = notesOf(day);
        setText(aside, notes.join(' · '));
        chart.draw(`${t('arrivals')}. ${notes.join('. ')}`, (look) => arrivalsChart(day, look));
      }
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

/** What the chart says, before it is drawn. */
export interface ArrivalsDay {
  bins: Bin[];
  /** Of one bin. */
  minutes: number;
  outside: number;
  invited: number;
  registered: number;
  /** Instants; NaN when there is none. */
  opened: number;
  closed: number;
}

function dayOfArrivals(model: Model): ArrivalsDay {
  const opened = Date.parse(model.meeting.opened_at ?? '');
  const { invited = 0, registered = 0 } = model.attendance?.total ?? {};
  const closed = Date.parse(model.meeting.closed_at ?? '');
  return { ...binsOf(model.attendance?.arrivals ?? [], opened), invited, registered, opened, closed };
}

function clock(at: number): string {
  return formatTime(new Date(at).toISOString(), false);
}

function peakOf(bins: readonly Bin[]): Bin {
  return bins.reduce<Bin>((best, bin) => (bin.count > best.count ? bin : best), { start: 0, count: 0 });
}

function notesOf(day: ArrivalsDay): string[] {
  const peak = peakOf(day.bins);
  return [
    peak.count > 0 ? t('arrivals_summary', { count: peak.count, time: clock(peak.start) }) : t('arrivals_none'),
    day.minutes > 1 ? t('arrivals_binned', { minutes: day.minutes }) : '',
    day.outside > 0 ? t('arrivals_outside', { count: day.outside }) : '',
  ].filter(Boolean);
}

/**
 * Places on the time axis are minutes, so that full hours are round numbers. Bars have a scale of their own, at the left;
 * the running total is measured against who is expected.
 */
export function arrivalsChart(day: ArrivalsDay, look: Look): ChartOptions {
  const { bins, minutes, invited, registered } = day;
  const first = bins[0];
  if (!first) return { series: [] };
  const { u, width } = look;
  const peak = peakOf(bins);
  const top = niceCeiling(peak.count);
  const from = first.start / kMinuteMs;
  const room = minutes * Math.max(bins.length, kBinsLeast);
  const left = Math.max(34, 10 + 8 * formatCount(top).length) * u;
  const right = 46 * u;
  const perMinute = Math.max(1, width - left - right) / room;
  const step = perMinute * minutes;
  const labelEvery = kLabelMinutes.find((each) => each * perMinute >= 58 * u) ?? 240;
  const hours: number[] = [];
  for (let at = Math.ceil(from / labelEvery) * labelEvery; at <= from + room - (10 * u) / perMinute; at += labelEvery) hours.push(at);

  let running = 0;
  const totals = bins.map((bin) => [bin.start / kMinuteMs + minutes / 2, (running += bin.count)] as [number, number]);
  const last = totals[totals.length - 1] ?? [from, 0];
  const whole = Math.max(running, invited, registered);
  const halo = { textBorderColor: look.panel, textBorderWidth: 4 * u }; // readable over the bars
  const expected = (count: number, word: string, below: boolean) =>
    count > 0
      ? [
          {
            yAxis: count,
            label: {
              formatter: `${word.toLocaleLowerCase(language())} ${formatCount(count)}`,
              position: below ? ('insideStartBottom' as const) : ('insideStartTop' as const),
            },
          },
        ]
      : [];
  const mark = (instant: number, word: string) => {
    const at = instant / kMinuteMs;
    if (!(at >= from && at <= from + room)) return [];
    // Beside the last figures there is no room to the right.
    const align = (from + room - at) * perMinute < 90 * u ? ('right' as const) : ('left' as const);
    return [{ xAxis: at, label: { formatter: word, align, padding: [0, 4 * u] } }];
  };
  return {
    grid: { left, right, top: 20 * u, bottom: 22 * u },
    tooltip: {
      ...remark(look),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: look.text3, type: 'solid' } },
      formatter: (params: unknown) => {
        const index = (params as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        const bin = bins[index];
        const sum = totals[index];
        return bin && sum ? `${clock(bin.start)}: ${formatCount(bin.count)} (${t('arrivals_cumulative')}: ${formatCount(sum[1])})` : '';
      },
    },
    xAxis: {
      type: 'value',
      min: from,
      max: from + room,
      axisLine: { lineStyle: { color: look.edge } },
      axisTick: { show: true, customValues: hours, lineStyle: { color: look.text3 } },
      axisLabel: { customValues: hours, formatter: (at: number) => clock(at * kMinuteMs), color: look.text2, fontSize: 11.5 * u, hideOverlap: false },
      splitLine: { show: false },
    },
    yAxis: [
      {
        type: 'value',
        min: 0,
        max: top,
        interval: top / 2,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { formatter: (value: number) => (Number.isInteger(value) ? formatCount(value) : ''), color: look.text2, fontSize: 11.5 * u },
        splitLine: { lineStyle: { color: look.edge } },
      },
      { type: 'value', min: 0, max: whole, show: false },
    ],
    series: [
      {
        id: 'by-minute',
        type: 'bar',
        barWidth: Math.max(1, step - (step > 5 * u ? 1.5 : 0.5) * u),
        data: bins.map((bin) => ({
          value: [bin.start / kMinuteMs + minutes / 2, bin.count],
          itemStyle: { color: bin === peak ? look.hereStrong : look.here },
        })),
        itemStyle: { borderRadius: Math.min(2 * u, step / 4) },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [...mark(day.opened, t('opening')), ...mark(day.closed, t('closing'))],
          lineStyle: { color: look.info, type: [3 * u, 3 * u], width: 1 },
          label: { color: look.info, fontSize: 11.5 * u, fontWeight: 600, position: 'end', distance: 4 * u },
        },
      },
      {
        id: 'total',
        type: 'line',
        yAxisIndex: 1,
        data: [
          ...totals.slice(0, -1),
          {
            value: last,
            symbol: 'circle',
            label: { show: true, position: 'right', formatter: formatCount(running), color: look.goldText, fontWeight: 680, fontSize: 11.5 * u },
          },
        ],
        symbol: 'none',
        symbolSize: 5 * u,
        itemStyle: { color: look.gold },
        lineStyle: { color: look.gold, width: 2 * u, join: 'round' },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            ...expected(invited, t('invited'), false),
            ...(registered === invited ? [] : expected(registered, t('registered'), registered < invited)),
          ],
          lineStyle: { color: look.gold, type: [2 * u, 5 * u], width: 1 },
          label: { color: look.text2, fontSize: 11.5 * u, ...halo },
        },
      },
    ],
  };
}

/** The next of 2, 4, 6, 10, 20, 40, 60, 100 …: always even, so that the middle line has a whole number. */
function niceCeiling(value: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const step of [2, 4, 6, 10]) if (value <= step * decade) return step * decade;
  }
}
