// One meeting point in full: its technical state, who came by group, who is absent, and the sources that speak for it.
// Opened from its tile and kept up to date while it is open.

import { el, setText } from '../dom';
import { formatCount, formatTime, otherDay, t, wordsOf } from '../i18n';
import { abbreviate, compositionName, compositionOrder, pointLabel, sourceName, stateName, type Aspect } from '../labels';
import { leadingFigure, type Model } from '../model';
import { kAbsences } from '../reading';
import type { Figures, PointRow, SourceFreshness } from '../types';
import { nothingOf } from './view';
import { minutesBehind, missingOf, sourcesByName, sourcesOf } from './sources';

const w = wordsOf({
  close: ['Đóng', 'Close'],
  technical: ['Tình trạng kỹ thuật', 'Technical state'],
  reported: ['báo lúc {time}', 'reported at {time}'],
  groups: ['Thành phần', 'Groups'],
  group: ['Thành phần', 'Group'],
  absent: ['Vắng mặt và dự thay', 'Absent and replaced'],
  absent_none: ['Không có ai', 'Nobody'],
  sources: ['Nguồn số liệu', 'Sources'],
  sources_none: ['Chưa có nguồn nào mang mã điểm cầu hoặc đơn vị này', 'No source names this point or its unit yet'],
  source: ['Nguồn', 'Source'],
  last: ['Sự kiện cuối', 'Last event'],
  behind: ['Đến chậm', 'Late by'],
  minutes: ['{count} phút', '{count} min'],
  missing: ['Còn thiếu', 'Missing'],
  replaced: ['dự thay {delegate}', 'in place of {delegate}'],
  whole: ['Tất cả', 'All'],
});

const kAspects: readonly Aspect[] = ['line', 'sound', 'picture', 'power'];
const kAbsentShown = 40;
const kMissingShown = 10;

export interface PointDialog {
  node: HTMLDialogElement;
  open(point: string, model: Model): void;
  render(model: Model): void;
}

export function pointDialog(): PointDialog {
  const heading = el('h2', { attrs: { id: 'point-dialog-title' } });
  const close = el('button', { text: w('close'), attrs: { type: 'button' } });
  const body = el('div', { class: 'sheet__body', attrs: { tabindex: '0', role: 'group', 'aria-labelledby': 'point-dialog-title' } });
  const node = el(
    'dialog',
    { class: 'sheet', attrs: { 'aria-labelledby': 'point-dialog-title' } },
    el('div', { class: 'sheet__head' }, heading, close),
    body,
  );
  let point = '';
  let drawn = '';
  close.addEventListener('click', () => node.close());
  // A click beside the sheet closes it, as Escape does.
  node.addEventListener('click', (event) => {
    if (event.target === node) node.close();
  });

  function render(model: Model): void {
    if (!node.open) return;
    const row = model.points.find((candidate) => candidate.point === point) ?? { point };
    const label = pointLabel(row.name, row.level, row.point);
    setText(heading, label.title);
    const parts = [placeOf(row), technicalOf(row, model), groupsOf(point, model), absentOf(point, model), sourcesTable(row, model)];
    const whole = el('div', {}, ...parts);
    if (whole.innerText === drawn && drawn !== '') return;
    drawn = whole.innerText;
    const scrolled = body.scrollTop;
    body.replaceChildren(whole);
    body.scrollTop = scrolled;
  }

  return {
    node,
    open(chosen, model): void {
      point = chosen;
      drawn = '';
      node.showModal();
      render(model);
    },
    render,
  };
}

function section(title: string, ...children: (Node | string | null)[]): HTMLElement {
  return el('section', {}, el('h3', { text: title }), ...children);
}

function table(heads: readonly string[], rows: readonly HTMLTableRowElement[], foot: HTMLTableRowElement | null = null): HTMLElement {
  const cells = heads.map((text) => el('th', { text, attrs: { scope: 'col' } }));
  return el('table', {}, el('thead', {}, el('tr', {}, ...cells)), el('tbody', {}, ...rows), foot ? el('tfoot', {}, foot) : null);
}

function line(head: string, cells: readonly string[]): HTMLTableRowElement {
  return el('tr', {}, el('th', { text: head, attrs: { scope: 'row' } }), ...cells.map((text) => el('td', { text })));
}

function placeOf(row: PointRow): HTMLElement | null {
  const text = [row.name, row.place].filter(Boolean).join(' – ');
  return text ? el('p', { class: 'sheet__place', text }) : null;
}

function technicalOf(row: PointRow, model: Model): HTMLElement {
  const time = [formatTime(row.readiness_time), otherDay(row.readiness_time, model.meeting.day)].filter(Boolean).join(' ');
  const states = kAspects.map((aspect) => `${t(aspect)}: ${stateName(aspect, row[aspect])}`);
  return section(w('technical'), el('p', { text: [...states, time ? w('reported', { time }) : ''].filter(Boolean).join(' · ') }));
}

function groupsOf(point: string, model: Model): HTMLElement | null {
  const lead = leadingFigure(model);
  const cells = (figures: Figures): string[] => [
    ofWhole(figures[lead], figures.invited),
    formatCount(figures.registered),
    formatCount(figures.absent_with_leave),
    ofWhole(figures.headcount, figures.invited_headcount),
  ];
  const held = (model.matrix?.cells ?? []).filter((cell) => cell.point === point);
  const total = (model.attendance?.points ?? []).find((entry) => entry.point === point);
  if (held.length === 0 && !total) return null;
  const rows = held
    .sort((a, b) => compositionOrder(a.composition) - compositionOrder(b.composition))
    .map((cell) => line(abbreviate(compositionName(cell.composition)) || t('unknown_group'), cells(cell)));
  const heads = [w('group'), t(lead === 'present' ? 'short_present' : 'short_attended'), t('short_registered'), t('short_leave'), t('short_headcount')];
  const unread = model.matrix === null ? nothingOf(model, ['matrix'], '') : '';
  return section(
    w('groups'),
    table(heads, rows, total ? line(w('whole'), cells(total)) : null),
    unread ? el('p', { class: 'none', text: unread }) : null,
  );
}

/** "15/17"; "+1" for who came without being invited, a dash where nobody was and nobody did. */
function ofWhole(count: number, whole: number): string {
  if (whole > 0) return `${formatCount(count)}/${formatCount(whole)}`;
  return count > 0 ? `+${formatCount(count)}` : '–';
}

function absentOf(point: string, model: Model): HTMLElement {
  const items = kAbsences.flatMap((absence) =>
    (model.absent?.[absence].rows ?? [])
      .filter((row) => (row.points ?? []).includes(point))
      .map((row) => {
        const groups = (row.compositions ?? []).map((code) => abbreviate(compositionName(code)));
        const what = row.substitute_for
          ? w('replaced', { delegate: row.substitute_for })
          : t(absence === 'absent_with_leave' ? 'absent_with_leave' : 'absent_without_leave').toLocaleLowerCase('vi');
        return el('li', {}, el('b', { text: row.delegate }), ` ${[what, ...groups].join(' · ')}`);
      }),
  );
  const more = items.length > kAbsentShown ? el('p', { class: 'note', text: t('more_items', { count: items.length - kAbsentShown }) }) : null;
  const list = items.length > 0 ? el('ul', {}, ...items.slice(0, kAbsentShown)) : el('p', { class: 'none', text: nothingOf(model, ['absent'], w('absent_none')) });
  return section(w('absent'), list, more);
}

function sourcesTable(row: PointRow, model: Model): HTMLElement {
  const held = sourcesOf(row, sourcesByName(model.attendance?.freshness.sources ?? []));
  if (held.length === 0) return section(w('sources'), el('p', { class: 'none', text: nothingOf(model, ['attendance'], w('sources_none')) }));
  const time = (instant: string | undefined): string =>
    [formatTime(instant), otherDay(instant, model.meeting.day)].filter(Boolean).join(' ') || '–';
  const rows = held.map((source) =>
    line(sourceName(source.source), [
      time(source.last_event_time),
      minutesBehind(source) > 0 ? w('minutes', { count: minutesBehind(source) }) : '–',
      missingText(source),
    ]),
  );
  return section(w('sources'), table([w('source'), w('last'), w('behind'), w('missing')], rows));
}

function missingText(source: SourceFreshness): string {
  const count = missingOf(source);
  if (count === 0) return '–';
  const named = (source.missing ?? []).slice(0, kMissingShown).map((sequence) => sequence.replace(/^0+(?=\d)/, ''));
  return count > named.length ? `${named.join(', ')} ${t('and_more', { count: count - named.length })}` : named.join(', ');
}
