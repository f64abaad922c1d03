// One label and its control, bound to each other.

import { el } from '../../dom';

export function field(label: string, control: HTMLElement, id: string): HTMLElement {
  control.id = id;
  return el('div', { class: 'field' }, el('label', { text: label, attrs: { for: id } }), control);
}

export function option(value: string, text: string, selected: boolean): HTMLOptionElement {
  const node = el('option', { text, attrs: { value } });
  node.selected = selected;
  return node;
}
