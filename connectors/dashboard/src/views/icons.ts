// The four signs of a point's technical state. Shape and position say the same as colour: a slash is a failure, a wave
// is unsteady, a dotted outline is not reported.

import { svg } from '../dom';
import type { Aspect, Health } from '../labels';

const kShapes: Record<Aspect, string> = {
  line: 'M1.5 6.4a9.2 9.2 0 0 1 13 0 M4 9.1a5.7 5.7 0 0 1 8 0 M6.5 11.6a2.1 2.1 0 0 1 3 0 M8 13.9h.01',
  sound: 'M2.5 6v4h2.6L8.5 13V3L5.1 6z M11 5.8a3.4 3.4 0 0 1 0 4.4 M12.9 3.9a6 6 0 0 1 0 8.2',
  picture: 'M2 4.5h8v7H2z M10 7.2l4-2.2v6l-4-2.2z',
  power: 'M9 1.8L3.6 9H7.6L7 14.2L12.4 7H8.4z',
};

export function stateIcon(aspect: Aspect): SVGSVGElement {
  return svg(
    'svg',
    { class: 'sign', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { class: 'sign__shape', d: kShapes[aspect] }),
    svg('path', { class: 'sign__slash', d: 'M2 2L14 14' }),
  );
}

export function signClass(health: Health): string {
  return `state state--${health}`;
}
