// Questions and opinions by index, those nobody has answered first. The author is never shown.

import { el, reconcile, setText, setTitle, show } from '../dom';
import { collate, formatCount, formatTime, otherDay, wordsOf } from '../i18n';
import { abbreviate, componentName, feedbackGroup, unitName } from '../labels';
import type { Model } from '../model';
import type { FeedbackRow } from '../types';
import { nothingOf, panel, type View } from './view';

const w = wordsOf({
  title: ['Ý kiến, câu hỏi theo chỉ số', 'Questions and opinions by index'],
  submitted: ['Đã nhận', 'Received'],
  routed: ['Đã chuyển', 'Routed'],
  answered: ['Đã trả lời', 'Answered'],
  other_index: ['Không gắn chỉ số', 'No index'],
  question: ['Ý kiến', 'Opinion'],
  state: ['Trạng thái', 'State'],
  handler: ['Nơi xử lý', 'Handled by'],
  due: ['hạn {day}', 'due {day}'],
  none: ['Chưa có ý kiến', 'No opinions yet'],
  more: ['và {count} ý kiến nữa', 'and {count} more'],
});

const kStates = ['submitted', 'routed', 'answered'] as const;
const kShown = 80;
const kIndexOrder = ['PAR INDEX', 'SIPAS', 'PAPI'];

export function feedbackView(root: HTMLElement): View {
  const { body, aside } = panel(root, w('title'));
  const head = el('tr', {}, ...(['question', 'state', 'handler'] as const).map((word) => el('th', { text: w(word), attrs: { scope: 'col' } })));
  const table = el('table', { class: 'asked' }, el('thead', {}, head));
  const holder = el('div', { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': w('title') } }, table);
  const none = el('p', { class: 'none' });
  const more = el('p', { class: 'note' });
  body.append(holder, none, more);
  return {
    parts: ['feedback', 'meeting', 'points'],
    render(model: Model): void {
      const all = model.feedback;
      show(holder, all.length > 0);
      setText(none, nothingOf(model, ['feedback'], w('none')));
      show(none, all.length === 0);
      // The lengths of the list that is shown here, which is read whole.
      const parts = kStates.map((state) => `${w(state)} ${formatCount(all.filter((row) => stateOf(row) === state).length)}`);
      setText(aside, all.length > 0 ? parts.join(' · ') : '');
      const sorted = [...all].sort(compare);
      setText(more, w('more', { count: sorted.length - kShown }));
      show(more, sorted.length > kShown);
      drawGroups(table, sorted.slice(0, kShown), model);
    },
  };
}

function stateOf(row: FeedbackRow): (typeof kStates)[number] {
  return kStates.find((state) => state === row.state) ?? 'submitted';
}

function compare(a: FeedbackRow, b: FeedbackRow): number {
  const rank = (row: FeedbackRow): number => kStates.indexOf(stateOf(row));
  return rank(a) - rank(b) || collate(a.submitted_at ?? '', b.submitted_at ?? '') || collate(a.feedback, b.feedback);
}

/** One <tbody> an index, headed by its name. */
function drawGroups(table: HTMLTableElement, rows: readonly FeedbackRow[], model: Model): void {
  const groups = new Map<string, FeedbackRow[]>();
  for (const row of rows) groups.set(row.index ?? '', [...(groups.get(row.index ?? '') ?? []), row]);
  const place = (index: string): number => (kIndexOrder.includes(index) ? kIndexOrder.indexOf(index) : index === '' ? 99 : 50);
  const sorted = [...groups.entries()].sort((a, b) => place(a[0]) - place(b[0]) || collate(a[0], b[0]));
  reconcile(
    table,
    sorted,
    ([index]) => index || '-',
    ([index]) => el('tbody', {}, el('tr', { class: 'asked__index' }, el('th', { text: index || w('other_index'), attrs: { colspan: '3', scope: 'rowgroup' } }))),
    (body, [, held]) => drawRows(body, held, model),
  );
}

function drawRows(body: HTMLTableSectionElement, rows: readonly FeedbackRow[], model: Model): void {
  reconcile(
    body,
    rows,
    (row) => row.feedback,
    () =>
      el(
        'tr',
        {},
        el('th', { attrs: { scope: 'row' } }, el('span', { class: 'asked__text' }), el('span', { class: 'asked__about' })),
        el('td', { class: 'asked__state' }, el('span', { class: 'chip' }), ' ', el('span', { class: 'asked__time' })),
        el('td', { class: 'asked__to' }),
      ),
    (node, row) => updateRow(node, row, model),
  );
}

function updateRow(node: HTMLTableRowElement, row: FeedbackRow, model: Model): void {
  const [first, second, third] = Array.from(node.children);
  const [text, about] = Array.from(first?.children ?? []);
  const [chip, time] = Array.from(second?.children ?? []) as HTMLElement[];
  if (!text || !about || !chip || !time || !third) return;
  setText(text, row.text || row.topic || row.feedback);
  setTitle(text as HTMLElement, row.text ?? '');
  const component = row.component ? componentName(row.index ?? '', undefined, row.component) : '';
  const from = row.from ? feedbackGroup(row.from) : '';
  setText(about, [from, row.unit ? unitName(row.unit, model.points) : '', component].filter(Boolean).join(' · '));
  const state = stateOf(row);
  setText(chip, w(state));
  chip.dataset.state = state;
  const at = row.answered_at || row.routed_at || row.submitted_at;
  setText(time, [formatTime(at, false), otherDay(at, model.meeting.day)].filter(Boolean).join(' '));
  const due = row.due && state !== 'answered' ? w('due', { day: shortDay(row.due) }) : '';
  setText(third, [row.to ? abbreviate(unitName(row.to, model.points)) : '', due].filter(Boolean).join(' · '));
}

function shortDay(day: string): string {
  const [, month, date] = day.slice(0, 10).split('-').map(Number);
  return month && date ? `${date}/${month}` : day;
}
