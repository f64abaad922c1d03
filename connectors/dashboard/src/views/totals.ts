// The meeting in figures. Figures change at once and glow briefly: counting up would show numbers that never were.

import { el, glow, setAttrs, setText, show, svg } from '../dom';
import { formatCount, formatPercent, t, type Word } from '../i18n';
import { leadingFigure, type Model } from '../model';
import type { Figures } from '../types';
import type { View } from './view';

const kSpokenEveryMs = 15_000;

interface Figure {
  key: keyof Figures;
  word: Word;
  of?: keyof Figures;
  hint?: Word;
  tone?: 'leave' | 'alert';
  /** Shown from the moment it can have a meaning. */
  when?: (model: Model) => boolean;
}

const kFigures: readonly Figure[] = [
  { key: 'invited', word: 'invited' },
  { key: 'registered', word: 'registered' },
  { key: 'absent_with_leave', word: 'absent_with_leave', tone: 'leave' },
  {
    key: 'absent_without_leave',
    word: 'absent_without_leave',
    tone: 'alert',
    when: (model) => model.meeting.state === 'closed' || (model.attendance?.total.absent_without_leave ?? 0) > 0,
  },
  { key: 'headcount', word: 'headcount', of: 'invited_headcount', hint: 'headcount_hint' },
  { key: 'substitutes', word: 'substitutes' },
  { key: 'at_two_points', word: 'at_two_points', tone: 'alert' },
  { key: 'not_invited', word: 'not_invited', tone: 'alert' },
];

export function totalsView(root: HTMLElement): View {
  root.setAttribute('aria-label', t('totals'));
  const arc = svg('circle', { class: 'ring__arc', cx: 50, cy: 50, r: 43, pathLength: 100, 'stroke-dasharray': '0 100' });
  const percent = svg('text', { class: 'ring__text', x: 50, y: 51 });
  const ring = svg(
    'svg',
    { class: 'ring', viewBox: '0 0 100 100', 'aria-hidden': 'true' },
    svg('circle', { class: 'ring__track', cx: 50, cy: 50, r: 43 }),
    arc,
    percent,
  );
  const present = el('span', { class: 'hero__value', attrs: { 'data-figure': 'present' } });
  const presentOf = el('span', { class: 'hero__of' });
  const leadWord = el('span', { class: 'hero__label' });
  const otherWord = el('span');
  const other = el('span', { attrs: { 'data-figure': 'checked_in' } });
  const gone = el('span', { attrs: { 'data-figure': 'checked_out' } });
  const left = el('span', { class: 'hero__left' }, otherWord, ' ', other, ' · ', `${t('checked_out')} `, gone);
  const hero = el(
    'div',
    { class: 'hero' },
    el(
      'div',
      { class: 'hero__figure' },
      leadWord,
      el('span', { class: 'hero__line' }, present, presentOf),
      left,
    ),
  );
  hero.prepend(ring);

  const cells = kFigures.map((figure) => {
    const value = el('span', { class: 'figure__value', attrs: { 'data-figure': figure.key } });
    const of = el('span', { class: 'figure__of', attrs: figure.of ? { 'data-figure': figure.of } : {} });
    const cell = el(
      'div',
      { class: `figure${figure.tone ? ` figure--${figure.tone}` : ''}`, title: figure.hint ? t(figure.hint) : undefined },
      el('span', { class: 'figure__label', text: t(figure.word) }),
      el('span', { class: 'figure__line' }, value, of),
    );
    return { figure, cell, value, of };
  });
  // What screen readers hear: one sentence at most every few seconds, not every single arrival.
  const live = el('p', { class: 'spoken', attrs: { 'aria-live': 'polite', id: 'totals-spoken' } });
  root.replaceChildren(hero, el('div', { class: 'figures' }, ...cells.map(({ cell }) => cell)), live);

  let spokenAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sentence = '';

  function speak(): void {
    timer = undefined;
    spokenAt = performance.now();
    setText(live, sentence);
  }

  return {
    parts: ['attendance', 'meeting'],
    render(model: Model): void {
      const total = model.attendance?.total;
      if (!total) return;
      const lead = leadingFigure(model);
      const rest = lead === 'present' ? 'checked_in' : 'present';
      const ratio = total.invited > 0 ? Math.min(1, total[lead] / total.invited) : 0;
      setAttrs(arc, { 'stroke-dasharray': `${(ratio * 100).toFixed(2)} 100` });
      // Nobody is missing from a meeting that does not take place.
      const isOff = model.meeting.state === 'cancelled' && total.checked_in === 0;
      setText(percent, total.invited > 0 && !isOff ? formatPercent(total[lead] / total.invited) : '–');
      const isFirst = present.textContent === '';
      if (setText(present, isOff ? '–' : formatCount(total[lead])) && !isFirst) glow(present);
      setText(leadWord, t(isOff ? 'state_cancelled' : lead === 'present' ? 'present' : 'attended'));
      present.dataset.figure = lead;
      setText(presentOf, isOff ? '' : t('of_count', { count: total.invited }));
      setText(otherWord, t(lead === 'present' ? 'checked_in' : 'still_present'));
      setText(other, formatCount(total[rest]));
      other.dataset.figure = rest;
      setText(gone, formatCount(total.checked_out));
      for (const { figure, cell, value, of } of cells) {
        const count = total[figure.key];
        show(cell, figure.when === undefined || figure.when(model));
        if (setText(value, formatCount(count)) && !isFirst) glow(value);
        if (figure.of) setText(of, t('of_count', { count: total[figure.of] }));
        cell.classList.toggle('is-zero', count === 0);
      }
      sentence = isOff ? t('state_cancelled') : t('totals_spoken', {
        word: t(lead === 'present' ? 'present' : 'attended'),
        present: total[lead],
        invited: total.invited,
        leave: total.absent_with_leave,
        headcount: total.headcount,
        invited_headcount: total.invited_headcount,
      });
      const wait = spokenAt + kSpokenEveryMs - performance.now();
      if (wait <= 0) speak();
      else if (timer === undefined) timer = setTimeout(speak, wait);
    },
  };
}
