// The conference while it happens: the figures of one meeting, followed live.

import './conference.css';
import './wall.css';
import { el } from '../dom';
import { t } from '../i18n';
import { Live } from '../live';
import type { Model, Part } from '../model';
import { headerView } from '../views/header';
import { applyWall, isWall, startWallButton } from '../wall';
import { buildBoard, type Board } from './board';
import { meetingOf, type PageContext, type PageEntry } from './page';

interface Mounted {
  root: HTMLElement;
  context: PageContext;
  live: Live;
  board: Board | null;
  pending: Set<Part>;
  timer: ReturnType<typeof setTimeout> | undefined;
  drawnAt: number;
  stopWall(): void;
}

let mounted: Mounted | null = null;

/** At a hundred changes a second the page is drawn this often; a change after a pause is drawn at once. */
const kDrawEveryMs = 200;

function build(page: Mounted): void {
  const { head } = page.context;
  page.stopWall();
  const header = headerView(head);
  const button = el('button', { class: 'wall-button', attrs: { type: 'button', id: 'wall' } });
  head.append(button);
  page.stopWall = startWallButton(button);
  page.board = buildBoard(page.root, header);
  render(page, page.live.model, null);
}

/** Changes are drawn together, however many came in between. */
function scheduleRender(parts: Part[]): void {
  const page = mounted;
  if (page === null) return;
  for (const part of parts) page.pending.add(part);
  if (page.timer !== undefined) return;
  page.timer = setTimeout(() => requestAnimationFrame(() => drawPending(page)), page.drawnAt + kDrawEveryMs - performance.now());
}

function drawPending(page: Mounted): void {
  if (page !== mounted) return;
  page.timer = undefined;
  page.drawnAt = performance.now();
  const changed = new Set(page.pending);
  page.pending.clear();
  render(page, page.live.model, changed);
}

function render(page: Mounted, model: Model, parts: Set<Part> | null): void {
  page.board?.render(model, parts);
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
      mounted = { root, context, live, board: null, pending: new Set(), timer: undefined, drawnAt: -kDrawEveryMs, stopWall: () => undefined };
      applyWall(isWall());
      build(mounted);
      live.start();
    },
    unmount(): void {
      if (mounted === null) return;
      clearTimeout(mounted.timer);
      mounted.stopWall();
      mounted.live.close();
      mounted = null;
      applyWall(false);
    },
    relabel(): void {
      if (mounted) build(mounted);
    },
  },
};
