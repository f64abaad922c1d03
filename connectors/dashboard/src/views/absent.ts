// Who is not here: with leave, without, and who came in whose place. By number, group and point; never by name.

import { el, reconcile, setText, show, spoken } from '../dom';
import { formatCount, t, wordsOf, type Word } from '../i18n';
import { abbreviate, compositionName } from '../labels';
import type { Model } from '../model';
import { kAbsences, type Absence } from '../reading';
import { matcher } from '../search';
import type { DelegateRow, Figures } from '../types';
import { pointTitles } from './places';
import { nothingOf, panel, type View } from './view';

const w = wordsOf({
  title: ['Vắng mặt và dự thay', 'Absent and replaced'],
  find: ['Tìm đại biểu, thành phần, điểm cầu', 'Find a delegate, group or point'],
  none: ['Không có', 'None'],
  none_found: ['Không tìm thấy', 'Nothing found'],
  more: ['và còn nữa; tìm để thu hẹp', 'and more; search to narrow down'],
  first_only: ['chỉ gồm {count} người đầu theo mã', 'only the first {count} by number'],
  replaced_by: ['dự thay {delegate}', 'in place of {delegate}'],
  later: ['chỉ xác định khi bế mạc', 'known only at the closing'],
});

const kSections: Record<Absence, { word: Word; figure: keyof Figures }> = {
  absent_with_leave: { word: 'absent_with_leave', figure: 'absent_with_leave' },
  absent_without_leave: { word: 'absent_without_leave', figure: 'absent_without_leave' },
  substitute: { word: 'substitutes', figure: 'substitutes' },
};
const kShown = 60;

interface Section {
  count: HTMLElement;
  list: HTMLUListElement;
  note: HTMLElement;
}

interface Line {
  key: string;
  delegate: string;
  what: string;
  where: string;
}

export function absentView(root: HTMLElement): View {
  const { body } = panel(root, w('title'));
  const find = el('input', { class: 'find', attrs: { type: 'search', placeholder: w('find'), 'aria-label': w('find') } });
  const sections = {} as Record<Absence, Section>;
  const columns = el('div', { class: 'absent__columns' });
  for (const absence of kAbsences) {
    const count = el('b', { class: 'absent__count', attrs: { 'data-absence': absence } });
    const heading = el('h3', {}, `${t(kSections[absence].word)} `, count);
    const list = el('ul', { class: 'absent__list', attrs: { tabindex: '0', 'aria-label': t(kSections[absence].word) } });
    const note = el('p', { class: 'note' });
    sections[absence] = { count, list, note };
    columns.append(el('div', { class: `absent absent--${absence}` }, heading, list, note));
  }
  body.append(find, columns);
  let last: Model | null = null;

  function draw(model: Model): void {
    const titles = pointTitles(model);
    const takes = matcher(find.value);
    for (const absence of kAbsences) {
      const { count, list, note } = sections[absence];
      const total = model.attendance?.total[kSections[absence].figure];
      setText(count, total === undefined ? '' : formatCount(total));
      const held = model.absent?.[absence];
      const lines = (held?.rows ?? []).map((row) => lineOf(row, titles)).filter((line) => takes(textOf(line)));
      drawLines(list, lines.slice(0, kShown));
      const open = absence === 'absent_without_leave' && model.meeting.state !== 'closed';
      const cut = lines.length > kShown || held?.more === true;
      const first = held?.more === true ? w('first_only', { count: held.rows.length }) : w('more');
      const none = open ? w('later') : find.value.trim() ? w('none_found') : w('none');
      setText(note, cut ? first : nothingOf(model, ['absent'], none));
      show(note, cut || lines.length === 0);
      show(list, lines.length > 0);
    }
  }

  find.addEventListener('input', () => {
    if (last) draw(last);
  });
  return {
    parts: ['absent', 'attendance', 'points', 'meeting'],
    render(model: Model): void {
      last = model;
      draw(model);
    },
  };
}

function lineOf(row: DelegateRow, titles: Map<string, string>): Line {
  const groups = (row.compositions ?? []).map((code) => abbreviate(compositionName(code)));
  const points = (row.points ?? []).map((point) => titles.get(point) ?? point);
  return {
    key: row.delegate,
    delegate: row.delegate,
    what: row.substitute_for ? w('replaced_by', { delegate: row.substitute_for }) : '',
    where: [...groups, ...points].join(' · '),
  };
}

function textOf(line: Line): string {
  return `${line.delegate} ${line.what} ${line.where}`;
}

function drawLines(list: HTMLUListElement, lines: readonly Line[]): void {
  reconcile(
    list,
    lines,
    (line) => line.key,
    () =>
      el('li', { class: 'absent__line' }, spoken(`${t('delegate')} `), el('b'), ' ', el('span'), ' ', el('span', { class: 'absent__where' })),
    (node, line) => {
      const [, delegate, what, where] = Array.from(node.children);
      if (delegate) setText(delegate, line.delegate);
      if (what) setText(what, line.what);
      if (where) setText(where, line.where);
    },
  );
}
