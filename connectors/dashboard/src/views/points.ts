// One tile for each meeting point, filling like a vessel as its people arrive.

import { el, glow, reconcile, setText, setTitle, show, spoken } from '../dom';
import { collate, formatCount, formatTime, otherDay, t } from '../i18n';
import { healthOf, pointLabel, stateName, type Aspect } from '../labels';
import { leadingFigure, type Model } from '../live';
import type { PointFigures, PointRow } from '../types';
import { signClass, stateIcon } from './icons';
import { panel, type View } from './view';

const kAspects: readonly Aspect[] = ['line', 'sound', 'picture', 'power'];
/** From here on tiles are drawn small. */
const kManyPoints = 40;
const kUnordered = Number.MAX_SAFE_INTEGER;

interface Tile {
  row: PointRow;
  figures: PointFigures | undefined;
}

interface TileNodes {
  name: HTMLElement;
  kind: HTMLElement;
  flag: HTMLElement;
  full: HTMLElement;
  states: Record<Aspect, { node: HTMLElement; word: HTMLElement }>;
  lineWord: HTMLElement;
  word: HTMLElement;
  present: HTMLElement;
  invited: HTMLElement;
  extras: HTMLElement;
  time: HTMLElement;
}

const nodesOf = new WeakMap<HTMLElement, TileNodes>();

export function pointsView(root: HTMLElement): View {
  const { body, aside } = panel(root, t('points'));
  const list = el('ul', { class: 'tiles' });
  body.append(list);

  return {
    parts: ['points', 'attendance', 'meeting'],
    render(model: Model): void {
      const tiles = tilesOf(model);
      const connected = tiles.filter(({ row }) => healthOf('line', row.line) === 'good').length;
      setText(aside, tiles.length > 0 ? t('points_connected', { connected, count: tiles.length }) : '');
      list.classList.toggle('tiles--many', tiles.length > kManyPoints);
      reconcile(list, tiles, ({ row }) => row.point, buildTile, (node, tile, isNew) =>
        updateTile(node, tile, isNew, model),
      );
    },
  };
}

/** Planned points and those that only events know, the provincial first, then as the plan orders them, else by code. */
function tilesOf(model: Model): Tile[] {
  const figures = new Map((model.attendance?.points ?? []).map((entry) => [entry.point, entry]));
  const tiles: Tile[] = model.points.map((row) => ({ row, figures: figures.get(row.point) }));
  const known = new Set(model.points.map((row) => row.point));
  for (const entry of figures.values()) {
    if (!known.has(entry.point)) tiles.push({ row: { point: entry.point, planned: false }, figures: entry });
  }
  const rank = (row: PointRow): number => (row.planned === false ? 2 : row.level === 'province' ? 0 : 1);
  return tiles.sort(
    (a, b) =>
      rank(a.row) - rank(b.row) ||
      (a.row.order ?? kUnordered) - (b.row.order ?? kUnordered) ||
      collate(a.row.unit ?? '', b.row.unit ?? '') ||
      collate(a.row.point, b.row.point),
  );
}

function buildTile(): HTMLElement {
  const name = el('span');
  const kind = spoken(''); // for ears; eyes have the full name in the title
  const flag = el('span', { class: 'tile__flag', text: t('point_unplanned') });
  const full = el('span', { class: 'tile__full', text: '✓', title: t('point_full') }, spoken(` ${t('point_full')}`));
  const states = {} as TileNodes['states'];
  const signs = el('span', { class: 'tile__signs' });
  for (const aspect of kAspects) {
    const word = spoken('');
    const node = el('span', {}, stateIcon(aspect), word);
    states[aspect] = { node, word };
    signs.append(node);
  }
  const lineWord = el('span', { class: 'tile__line', attrs: { 'aria-hidden': 'true' } });
  const word = spoken('');
  const present = el('span', { class: 'tile__present', attrs: { 'data-figure': 'present' } });
  const invited = el('span', { class: 'tile__invited', attrs: { 'data-figure': 'invited' } });
  const extras = el('span', { class: 'tile__extras' });
  const time = el('span', { class: 'tile__time' });
  const tile = el(
    'li',
    { class: 'tile' },
    el('span', { class: 'tile__water', attrs: { 'aria-hidden': 'true' } }),
    el('div', { class: 'tile__head' }, el('h3', { class: 'tile__name' }, kind, name), full, time),
    el(
      'div',
      { class: 'tile__middle' },
      el('p', { class: 'tile__count' }, word, present, spoken(` / ${t('invited')} `), invited),
      signs,
    ),
    el('span', { class: 'bar', attrs: { 'aria-hidden': 'true' } }, el('span', { class: 'bar__fill' })),
    el('p', { class: 'tile__foot' }, extras, flag, lineWord),
  );
  nodesOf.set(tile, { name, kind, flag, full, states, lineWord, word, present, invited, extras, time });
  return tile;
}

function updateTile(tile: HTMLElement, { row, figures }: Tile, isNew: boolean, model: Model): void {
  const nodes = nodesOf.get(tile);
  if (!nodes) return;
  const label = pointLabel(row.name, row.level, row.point);
  setText(nodes.name, label.title);
  setTitle(nodes.name, [row.name, row.place].filter(Boolean).join(' – '));
  setText(nodes.kind, label.kind ? `${label.kind} ` : '');
  show(nodes.flag, row.planned === false || (figures?.flags ?? []).includes('unplanned_point'));
  tile.classList.toggle('tile--province', row.level === 'province');

  for (const aspect of kAspects) {
    const { node, word } = nodes.states[aspect];
    const said = `${t(aspect)}: ${stateName(aspect, row[aspect])}`;
    const cls = signClass(healthOf(aspect, row[aspect]));
    if (node.className !== cls) node.className = cls;
    setTitle(node, said);
    setText(word, `${said}. `);
  }
  const line = healthOf('line', row.line);
  tile.dataset.line = line;
  setText(nodes.lineWord, line === 'good' ? '' : stateName('line', row.line));

  const lead = leadingFigure(model);
  const present = figures?.[lead] ?? 0;
  nodes.present.dataset.figure = lead;
  setText(nodes.word, `${t(lead === 'present' ? 'present' : 'attended')} `);
  const invited = figures?.invited ?? 0;
  const ratio = invited > 0 ? Math.min(1, present / invited) : 0;
  tile.style.setProperty('--fill', ratio.toFixed(4));
  const changed = setText(nodes.present, formatCount(present));
  setText(nodes.invited, formatCount(invited));
  show(nodes.full, invited > 0 && present >= invited);
  if (changed && !isNew) glow(tile);

  const extras: string[] = [];
  if (figures && (figures.headcount > 0 || figures.invited_headcount > 0)) {
    extras.push(
      figures.invited_headcount > 0
        ? t('headcount_of_short', { count: figures.headcount, of: figures.invited_headcount })
        : t('headcount_short', { count: figures.headcount }),
    );
  }
  if (figures && figures.absent_with_leave > 0) extras.push(t('leave_short', { count: figures.absent_with_leave }));
  if (figures && figures.substitutes > 0) extras.push(t('substitutes_short', { count: figures.substitutes }));
  // A part never breaks inside; where the tile is narrow the line breaks between parts.
  setText(nodes.extras, extras.map((part) => part.replace(/ /g, '\u00a0')).join(' · '));
  const last = figures?.last_event_time || row.readiness_time;
  const apart = otherDay(last, model.meeting.day);
  setText(nodes.time, apart || formatTime(last, false));
  setTitle(nodes.time, last ? t('last_event', { time: `${formatTime(last)} ${apart}`.trim() }) : '');
}
