// The conference while it happens: the figures of one meeting, followed live.

import { el } from '../dom';
import { t } from '../i18n';
import { Live, type Model, type Part } from '../live';
import { arrivalsView } from '../views/arrivals';
import { attentionView } from '../views/attention';
import { compositionView } from '../views/composition';
import { headerView } from '../views/header';
import { indexesView } from '../views/indexes';
import { latestView } from '../views/latest';
import { pointsView } from '../views/points';
import { totalsView } from '../views/totals';
import type { View } from '../views/view';
import { meetingOf, type PageContext, type PageEntry } from './page';

/** The panels in reading order: id, and the view that fills it. */
const kPanels: readonly (readonly [id: string, make: (root: HTMLElement) => View])[] = [
  ['totals', totalsView],
  ['points', pointsView],
  ['arrivals', arrivalsView],
  ['compositions', compositionView],
  ['attention', attentionView],
  ['indexes', indexesView],
  ['latest', latestView],
];

interface Mounted {
  root: HTMLElement;
  context: PageContext;
  live: Live;
  views: View[];
  pending: Set<Part>;
  frame: number;
}

let mounted: Mounted | null = null;

function build(page: Mounted): void {
  const board = el('div', { class: 'board' });
  page.views = [headerView(page.context.head)];
  for (const [id, make] of kPanels) {
    const section = el('section', { class: id === 'totals' ? id : `panel ${id}`, attrs: { id } });
    board.append(section);
    page.views.push(make(section));
  }
  page.root.replaceChildren(board);
  render(page, page.live.model, null);
}

/** Changes are drawn once a frame, however many came in between. */
function scheduleRender(parts: Part[]): void {
  const page = mounted;
  if (page === null) return;
  for (const part of parts) page.pending.add(part);
  if (page.frame !== 0) return;
  page.frame = requestAnimationFrame(() => {
    page.frame = 0;
    const changed = new Set(page.pending);
    page.pending.clear();
    if (page === mounted) render(page, page.live.model, changed);
  });
}

function render(page: Mounted, model: Model, parts: Set<Part> | null): void {
  for (const view of page.views) {
    if (parts === null || view.parts.some((part) => parts.has(part))) view.render(model);
  }
  const title = model.meeting.title ?? model.meeting.meeting;
  page.context.title(model.simulated ? `[${t('simulated')}] ${title}` : title);
}

export const conference: PageEntry = {
  slug: 'hoi-nghi',
  name: () => t('nav_conference'),
  needsMeeting: true,
  page: {
    mount(root, context): void {
      const live = new Live(meetingOf(context), scheduleRender);
      document.documentElement.classList.toggle('wall', new URL(window.location.href).searchParams.get('wall') === '1');
      mounted = { root, context, live, views: [], pending: new Set(), frame: 0 };
      build(mounted);
      live.start();
    },
    unmount(): void {
      if (mounted === null) return;
      cancelAnimationFrame(mounted.frame);
      mounted.live.close();
      mounted = null;
      document.documentElement.classList.remove('wall');
    },
    relabel(): void {
      if (mounted) build(mounted);
    },
  },
};
