// One row a commitment: who, for which index, what, until when, how far.

import { el, setText } from '../../dom';
import { formatInstant, formatScore, formatShortDay } from '../../i18n';
import { componentName } from '../../labels';
import { bar, setFill } from '../../views/bar';
import { Grid } from '../shared/grid';
import { standing, type Commitment, type CommitmentFact, type UnitNames } from './data';
import { dayNumber, daysBetween, type OfficeCalendar } from './workdays';
import { t } from './words';

export interface Surroundings {
  on: string; // the day from which days are counted
  names: UnitNames;
  calendar: OfficeCalendar;
}

const kPlace = { overdue: 0, soon: 1, open: 2, completed: 3 };

/** A number as the language writes it; anything else as it came. */
function valueText(value: string | undefined): string {
  return value && /^-?\d+(\.\d+)?$/.test(value) ? formatScore(value) : value ?? '';
}

export function taskGrid(around: () => Surroundings): Grid<Commitment> {
  const standingOf = (item: Commitment): number => kPlace[standing(item, around().on)];
  return new Grid<Commitment>({
    caption: t('title'),
    stacks: true,
    keyOf: (item) => item.commitment,
    rowClass: (item) => `task task--${standing(item, around().on)}`,
    sort: { key: 'state', descending: false },
    columns: [
      {
        key: 'body',
        title: t('body'),
        head: true,
        sortBy: (item) => around().names.of(item.unit),
        fill: (cell, item) => {
          const { names } = around();
          const supporting = (item.supporting ?? []).map((unit) => names.of(unit)).join(', ');
          const signature = `${names.of(item.unit)}\n${supporting}`;
          if (cell.dataset.of === signature) return;
          cell.dataset.of = signature;
          cell.replaceChildren(el('span', { text: names.of(item.unit) || '–' }));
          if (supporting) cell.append(el('span', { class: 'note', text: t('supporting', { units: supporting }) }));
        },
      },
      {
        key: 'index',
        title: t('index'),
        sortBy: (item) => `${item.index ?? ''} ${item.component ?? ''}`,
        fill: (cell, item) => {
          const code = item.component ?? '';
          const name = item.index && code ? componentName(item.index, undefined, code) : '';
          const signature = `${item.index ?? ''}\n${code}\n${name}`;
          if (cell.dataset.of === signature) return;
          cell.dataset.of = signature;
          cell.replaceChildren(el('b', { text: [item.index, code.toUpperCase()].filter(Boolean).join(' ') || '–' }));
          if (name && name !== code) cell.append(el('span', { class: 'note', text: name }));
        },
      },
      { key: 'task', title: t('task'), fill: (cell, item) => fillTask(cell, item) },
      {
        key: 'due',
        title: t('due'),
        sortBy: (item) => (item.due ? dayNumber(item.due) : null),
        fill: (cell, item) => fillDue(cell, item, around()),
      },
      {
        key: 'progress',
        title: t('progress'),
        numeric: true,
        sortBy: (item) => (item.state === 'completed' ? 101 : item.percent ? Number(item.percent) : null),
        fill: fillProgress,
      },
      {
        key: 'state',
        title: t('state'),
        sortBy: (item) => standingOf(item) * 1e6 + (item.due ? dayNumber(item.due) ?? 0 : 9e5),
        fill: (cell, item) => fillState(cell, item, around()),
      },
    ],
  });
}

function fillTask(cell: HTMLElement, item: Commitment): void {
  const signature = JSON.stringify([
    item.task,
    item.target,
    item.baseline,
    item.value,
    item.legal_act,
    item.conclusion,
    item.history_total,
    item.simulated,
    item.flags,
  ]);
  if (cell.dataset.of === signature) return;
  cell.dataset.of = signature;
  const target = [
    item.target ? t('target', { target: valueText(item.target) }) : '',
    item.baseline ? t('baseline', { value: valueText(item.baseline) }) : '',
    item.value ? t('reached', { value: valueText(item.value) }) : '',
  ].filter(Boolean);
  const notes = [
    target.join(', '),
    item.conclusion ? t('conclusion', { conclusion: item.conclusion }) : '',
    item.legal_act ? t('legal_act', { act: item.legal_act }) : '',
  ];
  const open = cell.querySelector('details')?.open ?? false;
  cell.replaceChildren(
    el('p', { class: 'task__text', text: item.task || t('unknown_assignment') }),
    ...notes.filter(Boolean).map((text) => el('p', { class: 'note', text })),
  );
  if (item.simulated) cell.firstElementChild?.append(' ', el('span', { class: 'badge badge--simulated', text: t('simulated') }));
  const history = item.history ?? [];
  if (history.length === 0) return;
  const total = item.history_total ?? history.length;
  const list = el('ol', { class: 'history' }, ...[...history].reverse().map((fact) => el('li', { text: factText(fact) })));
  if (total > history.length) list.append(el('li', { text: t('history_more', { count: total - history.length }) }));
  const details = el(
    'details',
    {},
    el('summary', {
      text: t('history', { count: total }),
      attrs: { 'aria-label': t('history_of', { what: item.task || item.commitment }) },
    }),
    list,
  );
  details.open = open;
  cell.append(details);
}

function factText(fact: CommitmentFact): string {
  const word =
    fact.fact === 'assigned' ? t('fact_assigned') : fact.fact === 'completed' ? t('fact_completed') : t('fact_progressed');
  const parts = [
    fact.percent ? t('percent', { percent: formatScore(fact.percent) }) : '',
    fact.value ? t('reached', { value: valueText(fact.value) }) : '',
    fact.due ? t('new_due', { day: formatShortDay(fact.due) }) : '',
    fact.fact === 'assigned' ? '' : fact.text ?? '',
    fact.note ?? '',
    fact.evidence ? `${t('evidence')} ${fact.evidence}` : '',
  ].filter(Boolean);
  return `${formatInstant(fact.time)}: ${[word, ...parts].join(', ')}`;
}

function fillDue(cell: HTMLElement, item: Commitment, around: Surroundings): void {
  if (!item.due) {
    setText(cell, t('no_due'));
    return;
  }
  const lines = [formatShortDay(item.due), ...(item.state === 'completed' ? [] : leftText(item.due, around))];
  const signature = lines.join('\n');
  if (cell.dataset.of === signature) return;
  cell.dataset.of = signature;
  cell.replaceChildren(...lines.map((line, at) => el('span', { class: at === 0 ? 'task__day' : 'note', text: line })));
}

/** "còn 12 ngày", "8 ngày làm việc"; the second only where the holidays of all years in between are known. */
function leftText(due: string, around: Surroundings): string[] {
  const left = daysBetween(around.on, due);
  if (left === null) return [];
  const plain = left === 0 ? t('today') : left > 0 ? t('days_left', { days: left }) : t('days_over', { days: -left });
  const working = around.calendar.between(around.on, due);
  if (!working || 'unknownYear' in working || left === 0) return [plain];
  return [plain, t('working_left', { days: Math.abs(working.days) })];
}

function fillProgress(cell: HTMLElement, item: Commitment): void {
  const signature = JSON.stringify([item.state, item.percent, item.progress, item.progressed_at]);
  if (cell.dataset.of === signature) return;
  cell.dataset.of = signature;
  const percent = item.percent ? Number(item.percent) : NaN;
  if (!Number.isFinite(percent)) {
    cell.replaceChildren(
      el('span', {
        class: 'note',
        text: item.progress || (item.state === 'completed' ? t('state_completed') : t('not_reported')),
      }),
    );
    return;
  }
  const level = bar('bar--thin');
  setFill(level, percent / 100);
  cell.replaceChildren(
    el('b', { text: t('percent', { percent: formatScore(item.percent) }) }),
    level,
    ...[item.progress ?? '', item.progressed_at ? t('reported_at', { time: formatInstant(item.progressed_at) }) : '']
      .filter(Boolean)
      .map((text) => el('span', { class: 'note', text })),
  );
}

function fillState(cell: HTMLElement, item: Commitment, around: Surroundings): void {
  const now = standing(item, around.on);
  const state =
    item.state === 'completed'
      ? t('state_completed')
      : item.state === 'progressing'
      ? t('state_progressing')
      : t('state_assigned');
  const late = item.due && item.completed_on ? daysBetween(item.due, item.completed_on) : null;
  const lines = [
    item.state === 'completed' && item.completed_on ? t('completed_on', { day: formatShortDay(item.completed_on) }) : '',
    item.state === 'completed' && late !== null ? (late > 0 ? t('completed_late', { days: late }) : t('completed_in_time')) : '',
    item.state === 'completed' && item.result ? t('result', { result: item.result }) : '',
  ].filter(Boolean);
  const badge = now === 'overdue' ? t('overdue') : now === 'soon' ? t('soon') : '';
  const signature = [state, badge, ...lines].join('\n');
  if (cell.dataset.of === signature) return;
  cell.dataset.of = signature;
  cell.replaceChildren(
    el('span', { class: 'task__state', text: state }),
    ...(badge ? [' ', el('span', { class: `badge badge--${now}`, text: badge })] : []),
    ...lines.map((text) => el('span', { class: 'note', text })),
  );
}
