// The panels that show one meeting: the same for the conference as it happens and for its history.

import { el } from '../dom';
import type { Model, Part } from '../model';
import { absentView } from '../views/absent';
import { arrivalsView } from '../views/arrivals';
import { attentionView } from '../views/attention';
import { compositionView } from '../views/composition';
import { feedbackView } from '../views/feedback';
import { indexesView } from '../views/indexes';
import { latestView } from '../views/latest';
import { matrixView } from '../views/matrix';
import { papersView } from '../views/papers';
import { pointsView } from '../views/points';
import { readinessView } from '../views/readiness';
import { totalsView } from '../views/totals';
import type { View } from '../views/view';

type Panel = readonly [id: string, make: (root: HTMLElement) => View];

/** What stands at one glance on a large screen, in reading order. */
const kNow: readonly Panel[] = [
  ['totals', totalsView],
  ['points', pointsView],
  ['arrivals', arrivalsView],
  ['compositions', compositionView],
  ['attention', attentionView],
  ['indexes', indexesView],
  ['latest', latestView],
];
/** What follows below. */
const kMore: readonly Panel[] = [
  ['matrix', matrixView],
  ['readiness', readinessView],
  ['absent', absentView],
  ['papers', papersView],
  ['feedback', feedbackView],
];

export interface Board {
  /** Draws the views that show any of these parts; all of them for null. */
  render(model: Model, parts: ReadonlySet<Part> | null): void;
}

export function buildBoard(root: HTMLElement, head: View, without: readonly string[] = []): Board {
  const views: View[] = [head];
  const part = (cls: string, panels: readonly Panel[]): HTMLElement => {
    const grid = el('div', { class: cls });
    for (const [id, make] of panels) {
      if (without.includes(id)) continue;
      const section = el('section', { class: id === 'totals' ? id : `panel ${id}`, attrs: { id } });
      grid.append(section);
      views.push(make(section));
    }
    return grid;
  };
  const cls = without.includes('indexes') ? 'board__now board__now--no-indexes' : 'board__now';
  root.replaceChildren(el('div', { class: 'board' }, part(cls, kNow), part('board__more', kMore)));
  return {
    render(model, parts): void {
      for (const view of views) {
        if (parts === null || view.parts.some((part) => parts.has(part))) view.render(model);
      }
    },
  };
}
