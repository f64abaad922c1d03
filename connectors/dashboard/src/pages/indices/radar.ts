// The components of an index in % of their maximum, as a radar; the same figures as a table beside it. An axis whose
// maximum no source states has no percentage: it stays dashed and empty instead of guessed.

import { el, svg } from '../../dom';
import { formatCount, formatPercent, formatScore } from '../../i18n';
import { componentMax, componentName, componentView, indexLabel } from '../../labels';
import { numberOf, type Edition, type Figure } from './figures';
import { qualityBadge, sourceOf } from './parts';
import { t, type IndexWord } from './words';

const kSize = 320;
const kRadius = 118;

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

export function radar(edition: Edition, axes: Axis[], ownName: string, otherName: string): SVGSVGElement {
  const middle = kSize / 2;
  const place = (at: number, share: number): [number, number] => {
    const angle = (at / axes.length) * 2 * Math.PI - Math.PI / 2;
    return [middle + Math.cos(angle) * kRadius * share, middle + Math.sin(angle) * kRadius * share];
  };
  const ring = (share: number): string =>
    `${axes
      .map((_, at) =>
        place(at, share)
          .map((v) => v.toFixed(1))
          .join(','),
      )
      .join(' ')}`;
  const values = axes
    .map((axis) => t('radar_value', { component: axis.name, percent: percentText(shareOf(axis.figure, axis.max)) }))
    .join('; ');
  const units = [ownName, otherName].filter(Boolean).join(', ');
  const node = svg('svg', {
    class: 'radar',
    viewBox: `-40 0 ${kSize + 80} ${kSize}`,
    role: 'img',
    'aria-label': t('radar_label', { index: edition.index, year: String(edition.year), units, values }),
  });
  for (const share of [0.25, 0.5, 0.75, 1]) {
    node.append(svg('polygon', { class: 'radar__ring', points: ring(share) }));
    const [x, y] = place(0, share);
    node.append(svg('text', { class: 'radar__scale', x: x + 4, y: y + 10 }, formatPercent(share)));
  }
  axes.forEach((axis, at) => {
    const [x, y] = place(at, 1);
    const known = numberOf(axis.max) !== null;
    node.append(
      svg('line', { class: known ? 'radar__axis' : 'radar__axis radar__axis--unknown', x1: middle, y1: middle, x2: x, y2: y }),
    );
    const [labelX, labelY] = place(at, 1.13);
    const anchor = Math.abs(labelX - middle) < 12 ? 'middle' : labelX > middle ? 'start' : 'end';
    const label = svg(
      'text',
      { class: 'radar__label', x: labelX, y: labelY + 4, 'text-anchor': anchor },
      axis.code.toUpperCase(),
    );
    label.append(svg('title', {}, axis.name));
    node.append(label);
  });
  drawShape(
    node,
    axes.map((axis) => shareOf(axis.other, axis.max)),
    place,
    'other',
  );
  drawShape(
    node,
    axes.map((axis) => shareOf(axis.figure, axis.max)),
    place,
    'own',
  );
  return node;
}

/** The whole outline where every axis is known; otherwise lines between known neighbours only, and points. */
function drawShape(
  node: SVGElement,
  shares: (number | null)[],
  place: (at: number, share: number) => [number, number],
  kind: 'own' | 'other',
): void {
  const points = shares.map((share, at) => (share === null ? null : place(at, share)));
  if (points.every((point) => point === null)) return;
  const text = (point: [number, number]): string => point.map((v) => v.toFixed(1)).join(',');
  if (points.length > 2 && points.every((point): point is [number, number] => point !== null)) {
    node.append(svg('polygon', { class: `radar__shape radar__shape--${kind}`, points: points.map(text).join(' ') }));
  } else {
    points.forEach((point, at) => {
      const next = points[(at + 1) % points.length];
      if (point && next && points.length > 1)
        node.append(
          svg('polyline', {
            class: `radar__shape radar__shape--${kind} radar__shape--open`,
            points: `${text(point)} ${text(next)}`,
          }),
        );
    });
  }
  for (const point of points) {
    if (!point) continue;
    const [x, y] = point;
    // A square for the other unit: shape tells them apart where colours do not.
    node.append(
      kind === 'own'
        ? svg('circle', { class: 'radar__dot radar__dot--own', cx: x, cy: y, r: 4 })
        : svg('rect', { class: 'radar__dot radar__dot--other', x: x - 3.5, y: y - 3.5, width: 7, height: 7 }),
    );
  }
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
