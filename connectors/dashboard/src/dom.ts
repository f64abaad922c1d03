// The few DOM helpers the views share. No markup is ever parsed from text: everything a source sends becomes a text
// node, so a name with angle brackets is shown as such. Geometry is set through CSSOM or SVG attributes, which a strict
// style-src allows; style attributes in markup are never written.

type Child = Node | string | null | undefined;

export interface Props {
  class?: string;
  text?: string;
  title?: string;
  attrs?: Record<string, string>;
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (props.class) node.className = props.class;
  if (props.title) node.title = props.title;
  if (props.text !== undefined) node.textContent = props.text;
  for (const [name, value] of Object.entries(props.attrs ?? {})) node.setAttribute(name, value);
  append(node, children);
  return node;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attrs: Record<string, string | number> = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttrs(node, attrs);
  append(node, children);
  return node;
}

export function setAttrs(node: Element, attrs: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attrs)) {
    const text = String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

function append(node: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined) continue;
    node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** Writes only what differs, so that an unchanged page costs no layout. True when something changed. */
export function setText(node: Node, text: string): boolean {
  const only = node.firstChild;
  if (only instanceof Text && only.nextSibling === null) {
    if (only.data === text) return false;
    only.data = text; // the box of the letters stays: half the layout of a new text node
    return true;
  }
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}

export function setTitle(node: HTMLElement, title: string): void {
  if (node.title !== title) node.title = title;
}

export function show(node: HTMLElement, visible: boolean): void {
  if (node.hidden === visible) node.hidden = !visible;
}

/** Text for screen readers only. */
export function spoken(text: string): HTMLElement {
  return el('span', { class: 'spoken', text });
}

export function required(id: string): HTMLElement {
  const node = document.getElementById(id);
  if (!node) throw new Error(`index.html has no element "${id}"`);
  return node;
}

/**
 * Lets a change be seen once: a short glow, which reduced motion turns off in the style sheet. Two names of the same
 * animation take turns, because a running one starts anew under another name only, and asking the browser to notice the
 * removal of a class would lay the whole page out for each of hundreds of tiles.
 */
export function glow(node: Element): void {
  const again = node.classList.contains('is-changed');
  node.classList.toggle('is-changed', !again);
  node.classList.toggle('is-changed-again', again);
}

/** The next change of `node` is not to be seen as one. */
export function stopGlow(node: Element): void {
  node.classList.remove('is-changed', 'is-changed-again');
}

/**
 * Makes the children of `parent` follow `items`: nodes are kept by key, so focus, transitions and screen readers'
 * places survive; only what is new is built and only what moved is moved.
 */
export function reconcile<T, N extends Element>(
  parent: Element,
  items: readonly T[],
  keyOf: (item: T) => string,
  build: (item: T) => N,
  update: (node: N, item: T, isNew: boolean) => void,
): void {
  const held = new Map<string, N>();
  for (const node of Array.from(parent.children)) {
    const key = node.getAttribute('data-key');
    if (key !== null) held.set(key, node as N);
  }
  let place: Element | null = parent.firstElementChild;
  while (place && !place.hasAttribute('data-key')) place = place.nextElementSibling; // a heading stays in front
  for (const item of items) {
    const key = keyOf(item);
    const old = held.get(key);
    held.delete(key);
    const node = old ?? build(item);
    if (!old) node.setAttribute('data-key', key);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
    update(node, item, !old);
  }
  for (const node of held.values()) node.remove();
}
