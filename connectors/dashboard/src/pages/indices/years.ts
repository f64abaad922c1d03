// The own score over the years. Years are joined only within one method version; where the method changes there is a gap
// and a mark that says so. The same figures stand in a table.

import { el, svg } from '../../dom';
import { formatScore } from '../../i18n';
import { methodName } from '../../labels';
import { numberOf, type OwnFigure } from './figures';
import { qualityBadge, rankText, sourceOf } from './parts';
import { t } from './words';

const kWidth = 420;
const kHeight = 150;

export function yearsPanel(own: OwnFigure[], unit: string): HTMLElement {
  const figures = [...own].sort((a, b) => a.year - b.year);
  const first = figures[0];
  if (!first) return el('p', { class: 'none', text: t('no_previous') });
  return el(
    'div',
    {},
    figures.length > 1 ? chart(figures, unit) : null,
    table(figures),
    el('p', { class: 'note', text: t('years_note') }),
  );
}

function chart(figures: OwnFigure[], unit: string): SVGSVGElement {
  const drawn = figures.flatMap((own) => {
    const score = numberOf(own.figure.score);
    return score === null ? [] : [{ own, score }];
  });
  const index = figures[0]?.index ?? '';
  const values = figures
    .map((own) => t('years_value', { year: String(own.year), score: formatScore(own.figure.score), method: own.method }))
    .join('; ');
  const node = svg('svg', {
    class: 'years',
    viewBox: `0 0 ${kWidth} ${kHeight}`,
    role: 'img',
    'aria-label': t('years_label', { index, unit, values }),
  });
  if (drawn.length === 0) return node;
  const scores = drawn.map(({ score }) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const pad = Math.max((high - low) * 0.35, high * 0.01, 0.01);
  const y = (score: number): number => 112 - ((score - low + pad) / (high - low + 2 * pad)) * 84;
  const x = (at: number): number => 50 + (drawn.length === 1 ? 0.5 : at / (drawn.length - 1)) * (kWidth - 100);
  drawn.forEach(({ own, score }, at) => {
    const next = drawn[at + 1];
    if (!next) return;
    if (next.own.method === own.method) {
      node.append(svg('line', { class: 'years__line', x1: x(at), y1: y(score), x2: x(at + 1), y2: y(next.score) }));
    } else {
      const middle = (x(at) + x(at + 1)) / 2;
      node.append(svg('line', { class: 'years__break', x1: middle, x2: middle, y1: 18, y2: 122 }));
      node.append(svg('text', { class: 'years__note', x: middle, y: 12, 'text-anchor': 'middle' }, t('method_change')));
    }
  });
  drawn.forEach(({ own, score }, at) => {
    node.append(svg('circle', { class: 'years__dot', cx: x(at), cy: y(score), r: 5 }));
    node.append(
      svg('text', { class: 'years__score', x: x(at), y: y(score) - 10, 'text-anchor': 'middle' }, formatScore(own.figure.score)),
    );
    node.append(svg('text', { class: 'years__year', x: x(at), y: 136, 'text-anchor': 'middle' }, String(own.year)));
  });
  return node;
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
