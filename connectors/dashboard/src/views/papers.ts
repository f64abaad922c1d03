// Tham luận: from the request to the presentation, one row a paper in the order of the agenda.

import { el, reconcile, setText, setTitle, show } from '../dom';
import { collate, formatTime, otherDay, wordsOf } from '../i18n';
import { abbreviate, componentName, unitName } from '../labels';
import type { Model } from '../model';
import type { PaperRow } from '../types';
import { nothingOf, panel, type View } from './view';

const w = wordsOf({
  title: ['Tham luận', 'Papers'],
  paper: ['Tham luận', 'Paper'],
  requested: ['Yêu cầu', 'Requested'],
  submitted: ['Nộp', 'Submitted'],
  approved: ['Duyệt', 'Approved'],
  presented: ['Trình bày', 'Presented'],
  not_yet: ['chưa', 'not yet'],
  due: ['hạn {day}', 'due {day}'],
  overdue: ['quá hạn {day}', 'overdue since {day}'],
  none: ['Chưa có tham luận', 'No papers yet'],
});

const kSteps = ['requested', 'submitted', 'approved', 'presented'] as const;
type Step = (typeof kSteps)[number];

interface RowNodes {
  topic: HTMLElement;
  about: HTMLElement;
  steps: Record<Step, { cell: HTMLElement; time: HTMLElement }>;
}
const nodesOf = new WeakMap<HTMLElement, RowNodes>();

export function papersView(root: HTMLElement): View {
  const { body } = panel(root, w('title'));
  const rows = el('tbody');
  const head = el('tr', {}, el('th', { text: w('paper'), attrs: { scope: 'col' } }));
  for (const step of kSteps) head.append(el('th', { text: w(step), attrs: { scope: 'col' } }));
  const table = el('table', { class: 'steps' }, el('thead', {}, head), rows);
  const holder = el('div', { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': w('title') } }, table);
  const none = el('p', { class: 'none' });
  body.append(holder, none);
  return {
    parts: ['papers', 'meeting', 'points', 'attendance'],
    render(model: Model): void {
      show(holder, model.papers.length > 0);
      setText(none, nothingOf(model, ['papers'], w('none')));
      show(none, model.papers.length === 0);
      const sorted = [...model.papers].sort(
        (a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || collate(a.paper, b.paper),
      );
      reconcile(rows, sorted, (row) => row.paper, buildRow, (node, row) => updateRow(node, row, model));
    },
  };
}

function buildRow(): HTMLTableRowElement {
  const topic = el('span', { class: 'steps__topic' });
  const about = el('span', { class: 'steps__about' });
  const row = el('tr', {}, el('th', { attrs: { scope: 'row' } }, topic, about));
  const steps = {} as RowNodes['steps'];
  for (const step of kSteps) {
    const time = el('span', { class: 'steps__time' });
    const cell = el('td', { class: 'step' }, el('span', { class: 'step__sign', attrs: { 'aria-hidden': 'true' } }), el('span', { class: 'spoken step__name', text: `${w(step)} ` }), time);
    steps[step] = { cell, time };
    row.append(cell);
  }
  nodesOf.set(row, { topic, about, steps });
  return row;
}

function updateRow(node: HTMLTableRowElement, row: PaperRow, model: Model): void {
  const nodes = nodesOf.get(node);
  if (!nodes) return;
  setText(nodes.topic, row.topic || row.title || row.paper);
  setTitle(nodes.topic, row.component ? componentName(row.index ?? '', undefined, row.component) : '');
  setText(nodes.about, [row.unit ? abbreviate(unitName(row.unit, model.points)) : '', row.index].filter(Boolean).join(' · '));
  const times: Record<Step, string | undefined> = {
    requested: row.requested_at,
    submitted: row.submitted_at,
    approved: row.approved_at,
    presented: row.presented_at,
  };
  for (const step of kSteps) {
    const { cell, time } = nodes.steps[step];
    const at = times[step];
    const late = step === 'submitted' && !at && isPast(row.due, model);
    cell.dataset.state = at ? 'done' : late ? 'late' : 'open';
    const due = step === 'submitted' && !at && row.due ? w(late ? 'overdue' : 'due', { day: shortDay(row.due) }) : '';
    const apart = otherDay(at, model.meeting.day);
    setText(time, at ? apart || formatTime(at, false) : due || w('not_yet'));
    setTitle(time, at ? `${formatTime(at)} ${apart}`.trim() : '');
  }
}

/** Past by the clock of the figures, not of the machine that shows them. */
function isPast(due: string | undefined, model: Model): boolean {
  const known = model.attendance?.freshness.event_time ?? '';
  return Boolean(due) && known !== '' && known.slice(0, 10) > (due ?? '').slice(0, 10);
}

function shortDay(day: string): string {
  const [, month, date] = day.slice(0, 10).split('-').map(Number);
  return month && date ? `${date}/${month}` : day;
}
