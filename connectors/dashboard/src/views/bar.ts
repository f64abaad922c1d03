// A level from 0 to 1: drawn by the style sheet as the size of a background, so that a change of hundreds of them paints a
// few pixels and lays nothing out.

import { el } from '../dom';

/** A bar beside a figure that is written out as well. */
export function bar(cls = ''): HTMLElement {
  return el('span', { class: `bar ${cls}`.trim(), attrs: { 'aria-hidden': 'true' } });
}

/** The level of a bar, or of anything else that the style sheet fills. */
export function setFill(node: HTMLElement, part: number): void {
  const text = Math.min(1, Math.max(0, part)).toFixed(4);
  if (node.style.getPropertyValue('--fill') !== text) node.style.setProperty('--fill', text);
}
