// One tile for each meeting point, filling like a vessel as its people arrive.

import { el, glow, reconcile, setText, setTitle, show, spoken, stopGlow } from '../dom';
import { formatCount, formatTime, otherDay, t, wordsOf } from '../i18n';
import { healthOf, pointLabel, sourceName, stateName, type Aspect } from '../labels';
import { kManyPoints, leadingFigure, type Model } from '../model';
import { matcher } from '../search';
import type { PointFigures, PointRow, SourceFreshness } from '../types';
import { bar, setFill } from './bar';
import { signClass, stateIcon } from './icons';
import { comparePoints } from './places';
import { pointDialog } from './point_dialog';
import { minutesBehind, missingOf, sourcesByName, sourcesOf } from './sources';
import { panel, type View } from './view';

const kAspects: readonly Aspect[] = ['line', 'sound', 'picture', 'power'];
/** When more tiles than this change at once, a glow tells nobody where to look, and moving them all keeps a core busy. */
const kMovingMost = 24;
/** From here on there is a field to find a point. */
const kFindFrom = 25;

const w = wordsOf({
  find: ['Tìm điểm cầu', 'Find a point'],
  found: ['{count} điểm cầu', '{count} points'],
  behind: ['chậm {minutes} phút', '{minutes} min behind'],
  missing: ['thiếu {count}', '{count} missing'],
  missing_said: ['{source}: còn thiếu {count} sự kiện', '{source}: {count} events missing'],
  behind_said: ['{source}: sự kiện cuối đến chậm {minutes} phút', '{source}: its last event came {minutes} minutes late'],
});

interface Tile {
  row: PointRow;
  figures: PointFigures | undefined;
  sources: SourceFreshness[];
}

interface TileNodes {
  /** What it was last drawn from. */
  shown: string;
  name: HTMLElement;
  kind: HTMLElement;
  flag: HTMLElement;
  source: HTMLElement;
  full: HTMLElement;
  states: Record<Aspect, { node: HTMLElement; word: HTMLElement }>;
  lineWord: HTMLElement;
  word: HTMLElement;
  present: HTMLElement;
  invited: HTMLElement;
  level: HTMLElement;
  extras: HTMLElement;
  time: HTMLElement;
}

const nodesOf = new WeakMap<HTMLElement, TileNodes>();

export function pointsView(root: HTMLElement): View {
  const { body, aside } = panel(root, t('points'));
  const list = el('ul', { class: 'tiles' });
  const find = el('input', { class: 'find', attrs: { type: 'search', placeholder: w('find'), 'aria-label': w('find') } });
  aside.before(find);
  const dialog = pointDialog();
  body.append(list, dialog.node);
  let last: Model | null = null;

  function draw(model: Model): void {
    const all = tilesOf(model);
    const connected = all.filter(({ row }) => healthOf('line', row.line) === 'good').length;
    show(find, all.length >= kFindFrom);
    const takes = matcher(all.length >= kFindFrom ? find.value : '');
    const tiles = all.filter(({ row }) => takes(`${row.name ?? ''} ${row.place ?? ''} ${row.point}`));
    const found = tiles.length < all.length ? `${w('found', { count: tiles.length })} · ` : '';
    setText(aside, all.length > 0 ? found + t('points_connected', { connected, count: all.length }) : '');
    list.classList.toggle('tiles--many', all.length > kManyPoints);
    const changed: HTMLElement[] = [];
    reconcile(list, tiles, ({ row }) => row.point, buildTile, (node, tile, isNew) => {
      if (updateTile(node, tile, model) && !isNew) changed.push(node);
    });
    changed.forEach(changed.length > kMovingMost ? stopGlow : glow);
    const first = list.querySelector<HTMLElement>('.tile__open');
    if (first && !list.querySelector('.tile__open[tabindex="0"]')) first.tabIndex = 0;
  }

  find.addEventListener('input', () => {
    if (last) draw(last);
  });
  list.addEventListener('click', (event) => {
    const tile = (event.target as Element).closest<HTMLElement>('.tile');
    if (tile?.dataset.key && last) dialog.open(tile.dataset.key, last);
  });
  list.addEventListener('keydown', (event) => moveFocus(list, event));
  return {
    parts: ['points', 'attendance', 'meeting', 'matrix', 'absent'],
    render(model: Model): void {
      last = model;
      draw(model);
      dialog.render(model);
    },
  };
}

const kMoves: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The tiles are one stop of the tab key; arrows, Home and End go from tile to tile. */
function moveFocus(list: HTMLElement, event: KeyboardEvent): void {
  const names = Array.from(list.querySelectorAll<HTMLElement>('.tile__open'));
  const at = names.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const move = kMoves[event.key];
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? names.length - 1 : move === undefined ? -1 : at + move;
  const next = names[to];
  if (!next) return;
  event.preventDefault();
  for (const name of names) name.tabIndex = name === next ? 0 : -1;
  next.focus();
}

/** Planned points and those that only events know. */
function tilesOf(model: Model): Tile[] {
  const figures = new Map((model.attendance?.points ?? []).map((entry) => [entry.point, entry]));
  const sources = sourcesByName(model.attendance?.freshness.sources ?? []);
  const of = (row: PointRow): Tile => ({ row, figures: figures.get(row.point), sources: sourcesOf(row, sources) });
  const tiles = model.points.map(of);
  const known = new Set(model.points.map((row) => row.point));
  for (const entry of figures.values()) {
    if (!known.has(entry.point)) tiles.push(of({ point: entry.point, planned: false }));
  }
  return tiles.sort((a, b) => comparePoints(a.row, b.row));
}

function buildTile(): HTMLElement {
  const name = el('span');
  const open = el('button', { class: 'tile__open', attrs: { type: 'button', tabindex: '-1', 'aria-haspopup': 'dialog' } });
  const kind = spoken(''); // for ears; eyes have the full name in the title
  open.append(kind, name);
  const flag = el('span', { class: 'tile__flag', text: t('point_unplanned') });
  const source = el('span', { class: 'tile__source' });
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
  const level = bar();
  const tile = el(
    'li',
    { class: 'tile' },
    el('div', { class: 'tile__head' }, el('h3', { class: 'tile__name' }, open), full, time),
    el(
      'div',
      { class: 'tile__middle' },
      el('p', { class: 'tile__count' }, word, present, spoken(` / ${t('invited')} `), invited),
      signs,
    ),
    level,
    el('p', { class: 'tile__foot' }, extras, source, flag, lineWord),
  );
  nodesOf.set(tile, { shown: '', name, kind, flag, source, full, states, lineWord, word, present, invited, level, extras, time });
  return tile;
}

/** True when the figure that leads has changed. */
function updateTile(tile: HTMLElement, { row, figures, sources }: Tile, model: Model): boolean {
  const nodes = nodesOf.get(tile);
  if (!nodes) return false;
  const isRead = model.attendance !== null;
  const shown = JSON.stringify([row, figures, sources, isRead, leadingFigure(model), model.meeting.day]);
  if (nodes.shown === shown) return false;
  nodes.shown = shown;
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
  const ratio = invited > 0 ? present / invited : 0;
  setFill(tile, ratio);
  setFill(nodes.level, ratio);
  const changed = setText(nodes.present, isRead ? formatCount(present) : '–');
  setText(nodes.invited, isRead ? formatCount(invited) : '–');
  show(nodes.full, invited > 0 && present >= invited);

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
  updateSource(nodes.source, sources);
  const last = figures?.last_event_time || row.readiness_time;
  const apart = otherDay(last, model.meeting.day);
  setText(nodes.time, apart || formatTime(last, false));
  setTitle(nodes.time, last ? t('last_event', { time: `${formatTime(last)} ${apart}`.trim() }) : '');
  return changed;
}

/** One short word for the worst of a point's sources; all of them in the title. */
function updateSource(node: HTMLElement, sources: readonly SourceFreshness[]): void {
  const missing = sources.filter((source) => missingOf(source) > 0);
  const behind = sources.filter((source) => minutesBehind(source) > 0);
  const gaps = Math.max(0, ...missing.map(missingOf));
  const late = Math.max(0, ...behind.map(minutesBehind));
  const words = [gaps > 0 ? w('missing', { count: gaps }) : '', late > 0 ? w('behind', { minutes: late }) : ''];
  setText(node, words.filter(Boolean).map((word) => word.replace(/ /g, '\u00a0')).join(' · '));
  const said = [
    ...missing.map((source) => w('missing_said', { source: sourceName(source.source), count: missingOf(source) })),
    ...behind.map((source) => w('behind_said', { source: sourceName(source.source), minutes: minutesBehind(source) })),
  ];
  setTitle(node, said.join('\n'));
  show(node, said.length > 0);
}
