// The own score over the years. Years are joined only within one method version; where the method changes there is a gap
// and a mark that says so. The same figures stand in a table.

import { el, show } from '../../dom';
import { formatScore } from '../../i18n';
import { methodName } from '../../labels';
import { Chart, remark, type ChartOptions, type Look, type SeriesOption } from '../../views/chart';
import { numberOf, type OwnFigure } from './figures';
import { qualityBadge, rankText, sourceOf } from './parts';
import { t } from './words';

/** Lives as long as the page: the chart stays, what it shows changes. */
export class Years {
  readonly root = el('div');
  private readonly chart = new Chart('years', t('years'));
  private readonly none = el('p', { class: 'none', text: t('no_previous') });
  private readonly figures = el('div');
  private readonly note = el('p', { class: 'note', text: t('years_note') });

  constructor() {
    this.root.append(this.none, this.chart.root, this.figures, this.note);
  }

  render(own: OwnFigure[], unit: string): void {
    const figures = [...own].sort((a, b) => a.year - b.year);
    show(this.none, figures.length === 0);
    show(this.chart.root, figures.length > 1);
    show(this.note, figures.length > 0);
    const signature = JSON.stringify([figures, unit]);
    if (this.figures.dataset.of === signature) return;
    this.figures.dataset.of = signature;
    this.figures.replaceChildren(...(figures.length > 0 ? [table(figures)] : []));
    if (figures.length > 1) this.chart.draw(nameOf(figures, unit), (look) => yearsChart(figures, look));
  }
}

function nameOf(figures: OwnFigure[], unit: string): string {
  const values = figures
    .map((own) => t('years_value', { year: String(own.year), score: formatScore(own.figure.score), method: own.method }))
    .join('; ');
  return t('years_label', { index: figures[0]?.index ?? '', unit, values });
}

export function yearsChart(figures: OwnFigure[], look: Look): ChartOptions {
  const { u } = look;
  const drawn = figures.flatMap((own) => {
    const score = numberOf(own.figure.score);
    return score === null ? [] : [{ own, score }];
  });
  const scores = drawn.map(({ score }) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const pad = Math.max((high - low) * 0.4, high * 0.01, 0.01);
  const years = [...new Set(drawn.map(({ own }) => own.year))];
  // A series a stretch of years of one method: nothing joins two of them.
  const runs: (typeof drawn)[] = [];
  const breaks: number[] = [];
  drawn.forEach((one, at) => {
    const before = drawn[at - 1];
    if (before?.own.method === one.own.method) runs[runs.length - 1]?.push(one);
    else runs.push([one]);
    if (before && before.own.method !== one.own.method) breaks.push((before.own.year + one.own.year) / 2);
  });
  const first = years[0] ?? 0;
  const last = years[years.length - 1] ?? 0;
  return {
    grid: { left: 20 * u, right: 20 * u, top: 30 * u, bottom: 24 * u },
    xAxis: {
      type: 'value',
      min: first - 0.5,
      max: last + 0.5,
      axisLine: { lineStyle: { color: look.edge } },
      axisTick: { show: false },
      axisLabel: { customValues: years, formatter: (year: number) => String(year), color: look.text2, fontSize: 12 * u },
      splitLine: { show: false },
    },
    yAxis: { type: 'value', min: low - pad, max: high + pad, show: false },
    tooltip: {
      ...remark(look),
      trigger: 'item',
      formatter: (params: unknown) => (params as { name: string }).name,
    },
    series: runs.map((run, at): SeriesOption => ({
      id: `run-${at}`,
      type: 'line',
      data: run.map(({ own, score }, place) => ({
        value: [own.year, score],
        name: `${own.year}: ${formatScore(own.figure.score)}\n${methodName(own.index, own.method)}`,
        // Not where the line goes on.
        label: { formatter: formatScore(own.figure.score), position: (run[place + 1]?.score ?? score) > score ? 'bottom' : 'top' },
      })),
      symbol: 'circle',
      symbolSize: 10 * u,
      itemStyle: { color: look.hereStrong },
      lineStyle: { color: look.hereStrong, width: 2.5 * u },
      label: { show: true, distance: 6 * u, color: look.text, fontSize: 14 * u, fontWeight: 660 },
      emphasis: { disabled: true },
      markLine: {
        silent: true,
        symbol: 'none',
        data: at === 0 ? breaks.map((year) => ({ xAxis: year, label: { formatter: t('method_change') } })) : [],
        lineStyle: { color: look.leave, type: [3 * u, 4 * u], width: u },
        label: { color: look.leave, fontSize: 12 * u, position: 'end', distance: 5 * u },
      },
    })),
  };
}

function table(figures: OwnFigure[]): HTMLElement {
  const heads = ['year', 'score', 'rank_head', 'method_head', 'quality'] as const;
  return el(
    'div',
    { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': t('years') } },
    el(
      'table',
      { class: 'grid stack' },
      el('caption', { class: 'spoken', text: t('years') }),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...heads.map((word) =>
            el('th', { class: word === 'score' ? 'is-number' : '', text: t(word), attrs: { scope: 'col' } }),
          ),
        ),
      ),
      el(
        'tbody',
        {},
        ...[...figures]
          .reverse()
          .map((own) =>
            el(
              'tr',
              {},
              el('th', { text: String(own.year), attrs: { scope: 'row' } }),
              el('td', { class: 'is-number', text: formatScore(own.figure.score), attrs: { 'data-label': t('score') } }),
              el('td', { text: rankText(own.figure) || '–', attrs: { 'data-label': t('rank_head') } }),
              el('td', { text: methodName(own.index, own.method), attrs: { 'data-label': t('method_head') } }),
              el(
                'td',
                { attrs: { 'data-label': t('quality') } },
                el(
                  'span',
                  { class: 'cell-tools' },
                  qualityBadge(own.figure.quality),
                  sourceOf(own.index, own.figure, `${own.index} ${own.year}`),
                ),
              ),
            ),
          ),
      ),
    ),
  );
}
