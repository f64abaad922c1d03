// What one chooses a moment with: track, range, slider, steps and pace. It decides nothing; history.ts listens.

import { el, show, svg } from '../../dom';
import type { Mode } from '../../moments';
import { w } from './words';

export interface Controls {
  root: HTMLElement;
  modes: Record<Mode, HTMLInputElement>;
  range: HTMLSelectElement;
  slider: HTMLInputElement;
  play: HTMLButtonElement;
  pace: HTMLSelectElement;
  moment: HTMLElement;
  event: HTMLElement;
  /** The address names a moment that is not here. */
  note: HTMLElement;
  trouble: HTMLElement;
}

const kSigns = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M3.5 2.5h3v11h-3z M9.5 2.5h3v11h-3z',
  back: 'M10 2.5v11L3 8z M11.5 2.5h1.5v11h-1.5z',
  forward: 'M6 2.5v11l7-5.5z M3 2.5h1.5v11H3z',
} as const;

export function sign(name: keyof typeof kSigns): SVGSVGElement {
  return svg('svg', { class: 'time__sign', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: kSigns[name] }));
}

export function buildControls(): Controls {
  const radio = (mode: Mode): HTMLInputElement =>
    el('input', { attrs: { type: 'radio', name: 'track', value: mode, id: `track-${mode}` } });
  const modes = { known: radio('known'), happened: radio('happened') };
  const range = el('select', { attrs: { 'aria-label': w('range') } });
  for (const word of ['day', 'all'] as const) range.append(el('option', { text: w(word), attrs: { value: word } }));
  const button = (act: 'back' | 'forward', word: string): HTMLButtonElement =>
    el('button', { title: word, attrs: { type: 'button', 'data-act': act, 'aria-label': word } }, sign(act));
  const play = el('button', { class: 'time__play', attrs: { type: 'button', id: 'play' } });
  const slider = el('input', { class: 'time__slider', attrs: { type: 'range', step: '1', id: 'moment', 'aria-label': w('slider') } });
  const pace = el('select', { attrs: { 'aria-label': w('pace') } });
  const moment = el('output', { class: 'time__moment', attrs: { for: 'moment', 'aria-live': 'off' } }); // the slider says it
  const event = el('span', { class: 'time__event' });
  const trouble = el('p', { class: 'trouble', attrs: { role: 'status' } });
  show(trouble, false);
  const note = el('p', { class: 'trouble', attrs: { role: 'status' } });
  show(note, false);
  const now = el('button', { text: w('now'), attrs: { type: 'button', 'data-act': 'now' } });
  const root = el(
    'section',
    { class: 'panel time', attrs: { 'aria-label': w('controls') } },
    el(
      'div',
      { class: 'time__row' },
      el(
        'fieldset',
        { class: 'time__modes' },
        el('legend', { class: 'spoken', text: w('mode') }),
        el('label', {}, modes.known, ` ${w('known')}`),
        el('label', {}, modes.happened, ` ${w('happened')}`),
      ),
      el('span', {}, range),
      el('span', { class: 'time__said' }, moment, event),
    ),
    el('div', { class: 'time__row' }, button('back', w('back')), play, button('forward', w('forward')), slider, pace, now),
    trouble,
    note,
  );
  return { root, modes, range, slider, play, pace, moment, event, note, trouble };
}
