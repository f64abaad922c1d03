// What every view is: built once for a language, then told to show the model whenever one of its parts changed.

import { el } from '../dom';
import { t } from '../i18n';
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

/** What stands where nothing is shown: that `parts` are still being read, that they could not be, or `none`. */
export function nothingOf(model: Model, parts: readonly Part[], none: string): string {
  if (parts.some((part) => model.readings[part] === 'failed')) return t('part_failed');
  return parts.every((part) => model.readings[part] === 'held') ? none : t('part_reading');
}
