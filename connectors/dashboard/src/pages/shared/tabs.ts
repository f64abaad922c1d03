// Tabs as the ARIA practices have them: one stop for Tab, arrows, Home and End move, the panel belongs to its tab.

import { el, show } from '../../dom';
import { remember } from '../../i18n';

export interface Tab {
  id: string;
  title: string;
  panel: HTMLElement;
  onShow: () => void;
  onHide: () => void;
}

/** Builds the list of tabs and their panels into `root`, `first` on show; without it, the last one chosen (kept under `key`). */
export class Tabs {
  private readonly buttons: HTMLButtonElement[];
  private current = -1;

  constructor(root: HTMLElement, label: string, private readonly tabs: Tab[], private readonly key: string, first = '') {
    this.buttons = tabs.map((tab, at) => {
      const button = el('button', {
        class: 'tab',
        text: tab.title,
        attrs: { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': tab.panel.id },
      });
      button.addEventListener('click', () => this.choose(at));
      button.addEventListener('keydown', (event) => this.onKey(event, at));
      tab.panel.setAttribute('role', 'tabpanel');
      tab.panel.setAttribute('aria-labelledby', button.id);
      return button;
    });
    root.append(
      el('div', { class: 'tabs', attrs: { role: 'tablist', 'aria-label': label } }, ...this.buttons),
      ...tabs.map((tab) => tab.panel),
    );
    const wanted = first || remember.get(key);
    this.choose(
      Math.max(
        0,
        tabs.findIndex((tab) => tab.id === wanted),
      ),
    );
  }

  /** The tab on show. */
  get shown(): string {
    return this.tabs[this.current]?.id ?? '';
  }

  chooseById(id: string): void {
    const at = this.tabs.findIndex((tab) => tab.id === id);
    if (at >= 0) this.choose(at);
  }

  close(): void {
    this.tabs[this.current]?.onHide();
    this.current = -1;
  }

  private choose(at: number): void {
    if (at === this.current) return;
    this.tabs[this.current]?.onHide();
    this.current = at;
    this.buttons.forEach((button, index) => {
      button.setAttribute('aria-selected', String(index === at));
      button.tabIndex = index === at ? 0 : -1;
    });
    this.tabs.forEach((tab, index) => show(tab.panel, index === at));
    const tab = this.tabs[at];
    if (!tab) return;
    remember.set(this.key, tab.id);
    tab.onShow();
  }

  private onKey(event: KeyboardEvent, at: number): void {
    const count = this.tabs.length;
    const next = { ArrowRight: (at + 1) % count, ArrowLeft: (at + count - 1) % count, Home: 0, End: count - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
    this.buttons[next]?.focus();
  }
}
