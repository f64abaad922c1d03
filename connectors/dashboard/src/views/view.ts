// What every view is: built once for a language, then told to show the model whenever one of its parts changed.

import { el } from '../dom';
import type { Model, Part } from '../model';

export interface View {
  readonly parts: readonly Part[];
  render(model: Model): void;
}

export interface Panel {
  heading: HTMLElement;
  /** A remark beside the heading. */
  aside: HTMLElement;
  body: HTMLElement;
}

/** Clears `root` and gives it a heading that names the section. */
export function panel(root: HTMLElement, title: string): Panel {
  const id = `${root.id}-title`;
  const heading = el('h2', { text: title, attrs: { id } });
  const aside = el('span', { class: 'panel__aside' });
  const body = el('div', { class: 'panel__body' });
  root.setAttribute('aria-labelledby', id);
  root.replaceChildren(el('div', { class: 'panel__head' }, heading, aside), body);
  return { heading, aside, body };
}
