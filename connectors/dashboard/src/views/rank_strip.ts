// All places from the first to the last, the own one marked: how far from the top is seen before it is read.

import { setAttrs, svg } from '../dom';
import { t } from '../i18n';

/** More places than this are no strip any more. */
const kPlacesMost = 500;

export function rankStrip(): SVGSVGElement {
  return svg('svg', { class: 'strip', viewBox: '0 0 300 22', preserveAspectRatio: 'none', role: 'img' });
}

/** False, and an empty strip, when there is no rank to show. */
export function drawRank(strip: SVGSVGElement, rank: number | null | undefined, population: number | null | undefined): boolean {
  if (typeof rank !== 'number' || !population || population < 2 || population > kPlacesMost) {
    strip.replaceChildren();
    return false;
  }
  setAttrs(strip, { 'aria-label': t('rank_strip', { rank, population }) });
  const x = (place: number): number => 4 + ((place - 1) / (population - 1)) * 292;
  const nodes: SVGElement[] = [];
  for (let place = 1; place <= population; place += 1) {
    if (place !== rank) nodes.push(svg('rect', { class: 'strip__place', x: x(place) - 1, y: 8, width: 2, height: 8, rx: 1 }));
  }
  nodes.push(svg('rect', { class: 'strip__own', x: x(rank) - 2.5, y: 1, width: 5, height: 20, rx: 2 }));
  strip.replaceChildren(...nodes);
  return true;
}
