// The components of an index in % of their maximum, as a radar; the same figures as a table beside it. An axis whose
// maximum no source states has no percentage: it stays dashed and empty instead of guessed.

import { el } from '../../dom';
import { formatCount, formatPercent, formatScore } from '../../i18n';
import { componentMax, componentName, componentView, indexLabel } from '../../labels';
import { remark, type ChartOptions, type Look, type SeriesOption } from '../../views/chart';
import { numberOf, type Edition, type Figure } from './figures';
import { qualityBadge, sourceOf } from './parts';
import { t, type IndexWord } from './words';

export interface Axis {
  code: string;
  name: string;
  max: string;
  figure: Figure | undefined;
  other: Figure | undefined;
}

function codeOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The areas (c1 … c8, d1 … d8, s1 … s5); other divisions of the same score and sub-components are not axes. */
export function axesOf(edition: Edition, own: Figure[], other: Figure[]): Axis[] {
  const codes = [...new Set([...own, ...other].map((figure) => figure.component))].filter(
    (code) => code !== '' && code !== 'total' && !code.includes('.') && componentView(edition.index, edition.method, code) === '',
  );
  const percent = indexLabel(edition.index).unit === 'percent';
  return codes.sort(codeOrder).map((code) => {
    const figure = own.find((one) => one.component === code);
    const stated = String(figure?.max ?? '') || componentMax(edition.index, edition.method, code);
    return {
      code,
      name: componentName(edition.index, edition.method, code),
      max: stated || (percent ? '100' : ''),
      figure,
      other: other.find((one) => one.component === code),
    };
  });
}

function shareOf(figure: Figure | undefined, max: string): number | null {
  const score = numberOf(figure?.score);
  const most = numberOf(max);
  return score === null || most === null || most <= 0 ? null : Math.min(1, Math.max(0, score / most));
}

function percentText(share: number | null): string {
  return share === null ? '–' : formatPercent(share);
}

export function radarName(edition: Edition, axes: Axis[], ownName: string, otherName: string): string {
  const values = axes
    .map((axis) => t('radar_value', { component: axis.name, percent: percentText(shareOf(axis.figure, axis.max)) }))
    .join('; ');
  const units = [ownName, otherName].filter(Boolean).join(', ');
  return t('radar_label', { index: edition.index, year: String(edition.year), units, values });
}

/**
 * Drawn on polar axes and not as ECharts' own radar, which leads the outline of an unknown axis through the centre, as if
 * the score were nought: here a line joins known neighbours only.
 */
export function radarChart(axes: Axis[], ownName: string, otherName: string, look: Look): ChartOptions {
  const { u } = look;
  const label = { color: look.text, fontSize: 13 * u, fontWeight: 640 };
  const spoke = (axis: Axis, at: number): SeriesOption => {
    const known = numberOf(axis.max) !== null;
    return {
      id: `axis-${axis.code}`,
      type: 'line',
      coordinateSystem: 'polar',
      silent: true,
      symbol: 'none',
      z: 1,
      lineStyle: { color: known ? look.edge : look.text3, width: u, type: known ? 'solid' : [2 * u, 4 * u] },
      data: [
        [0, at],
        [1, at],
      ],
    };
  };
  const own = axes.map((axis) => shareOf(axis.figure, axis.max));
  const other = axes.map((axis) => shareOf(axis.other, axis.max));
  const colours = { line: look.hereStrong, area: look.here };
  return {
    polar: { center: ['50%', '50%'], radius: Math.max(10, Math.min(look.width / 2 - 34 * u, look.height / 2 - 26 * u)) },
    angleAxis: {
      type: 'value', // the turn ends where it began, so that an outline closes
      min: 0,
      max: axes.length,
      interval: 1,
      startAngle: 90,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...label, formatter: (at: number) => axes[at % axes.length]?.code.toUpperCase() ?? '' },
    },
    radiusAxis: {
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.25,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { formatter: (share: number) => (share > 0 ? formatPercent(share) : ''), color: look.text3, fontSize: 10 * u },
      splitLine: { lineStyle: { color: look.edge, width: u } },
    },
    tooltip: {
      ...remark(look),
      trigger: 'item',
      formatter: (params: unknown) => {
        const { value, seriesName } = params as { value: [number, number]; seriesName: string };
        const axis = axes[value[1] % axes.length];
        return axis ? `${seriesName}\n${axis.code.toUpperCase()} ${axis.name}: ${formatPercent(value[0])}` : '';
      },
    },
    series: [
      ...axes.map(spoke),
      ...(otherName === ''
        ? []
        : [outline('other', otherName, other, { line: look.leave }, { symbol: 'rect', symbolSize: 8 * u, width: 2.5 * u, dash: [5 * u, 3 * u] })]),
      outline('own', ownName, own, colours, { symbol: 'circle', symbolSize: 9 * u, width: 2.5 * u }),
    ],
  };
}

/** A square and dashes for the other unit: shape tells them apart where colours do not. */
function outline(
  id: string,
  name: string,
  shares: (number | null)[],
  colours: { line: string; area?: string },
  drawn: { symbol: string; symbolSize: number; width: number; dash?: number[] },
): SeriesOption {
  const isWhole = shares.length > 2 && shares.every((share) => share !== null);
  const points = shares.map((share, at) => [share ?? '-', at]);
  return {
    id,
    name,
    type: 'line',
    coordinateSystem: 'polar',
    data: shares.length > 2 ? [...points, [shares[0] ?? '-', shares.length]] : points,
    symbol: drawn.symbol,
    symbolSize: drawn.symbolSize,
    showAllSymbol: true,
    itemStyle: { color: colours.line },
    lineStyle: { color: colours.line, width: drawn.width, type: drawn.dash ?? 'solid', join: 'round' },
    ...(isWhole && colours.area ? { areaStyle: { color: colours.area, opacity: 0.22 } } : {}),
    emphasis: { disabled: true },
    z: id === 'own' ? 4 : 3,
  };
}

export function componentTable(edition: Edition, axes: Axis[], otherName: string): HTMLElement {
  const head = ['component', 'score', 'maximum', 'share', 'rank_head'] as const;
  const rows = axes.map((axis) => {
    const figure = axis.figure;
    const cells: [IndexWord, string][] = [
      ['score', figure ? formatScore(figure.score) : '–'],
      ['maximum', axis.max ? formatScore(axis.max) : t('max_unknown')],
      ['share', percentText(shareOf(figure, axis.max))],
      ['rank_head', typeof figure?.rank === 'number' ? formatCount(figure.rank) : '–'],
    ];
    return el(
      'tr',
      { attrs: { 'data-key': axis.code } },
      el('th', { attrs: { scope: 'row' } }, el('b', { text: axis.code.toUpperCase() }), ` ${axis.name}`),
      ...cells.map(([word, text]) => el('td', { class: 'is-number', text, attrs: { 'data-label': t(word) } })),
      otherName
        ? el('td', {
            class: 'is-number',
            text: axis.other ? formatScore(axis.other.score) : '–',
            attrs: { 'data-label': otherName },
          })
        : null,
      el(
        'td',
        { attrs: { 'data-label': t('quality') } },
        figure
          ? el('span', { class: 'cell-tools' }, qualityBadge(figure.quality), sourceOf(edition.index, figure, axis.name))
          : null,
      ),
    );
  });
  return el(
    'div',
    { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': t('components') } },
    el(
      'table',
      { class: 'grid stack components-table' },
      el('caption', { class: 'spoken', text: t('components') }),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...head.map((word) =>
            el('th', { class: word === 'component' ? '' : 'is-number', text: t(word), attrs: { scope: 'col' } }),
          ),
          otherName ? el('th', { class: 'is-number', text: otherName, attrs: { scope: 'col' } }) : null,
          el('th', { text: t('quality'), attrs: { scope: 'col' } }),
        ),
      ),
      el('tbody', {}, ...rows),
    ),
  );
}

/** Criteria below the areas, and other divisions of the same score, as a plain list. */
export function subComponents(edition: Edition, own: Figure[]): HTMLElement | null {
  const rows = own.filter(
    (figure) =>
      figure.component !== '' &&
      figure.component !== 'total' &&
      (figure.component.includes('.') || componentView(edition.index, edition.method, figure.component) !== ''),
  );
  if (rows.length === 0) return null;
  rows.sort((a, b) => codeOrder(a.component, b.component));
  const body = rows.map((figure) => {
    const max = String(figure.max ?? '') || componentMax(edition.index, edition.method, figure.component);
    const name = componentName(edition.index, edition.method, figure.component);
    return el(
      'tr',
      {},
      el(
        'th',
        { attrs: { scope: 'row' } },
        el('b', { text: figure.component.toUpperCase() }),
        ` ${name === figure.component ? figure.component_name ?? '' : name}`,
      ),
      el('td', { class: 'is-number', text: formatScore(figure.score) }),
      el('td', { class: 'is-number', text: max ? formatScore(max) : t('max_unknown') }),
      el('td', {}, el('span', { class: 'cell-tools' }, qualityBadge(figure.quality), sourceOf(edition.index, figure, name))),
    );
  });
  const head = ['component', 'score', 'maximum', 'quality'] as const;
  return el(
    'details',
    { class: 'figures-table' },
    el('summary', { text: t('sub_components', { count: rows.length }) }),
    el(
      'div',
      { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': t('sub_components', { count: rows.length }) } },
      el(
        'table',
        { class: 'grid' },
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ...head.map((word) =>
              el('th', {
                class: word === 'score' || word === 'maximum' ? 'is-number' : '',
                text: t(word),
                attrs: { scope: 'col' },
              }),
            ),
          ),
        ),
        el('tbody', {}, ...body),
      ),
    ),
  );
}
