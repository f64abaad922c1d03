// What each part of the administrator's page is, and what they share: a head that says how fresh the part is, and the
// record of what was done.

import { ReadError } from '../../api';
import { el, setText, show } from '../../dom';
import { formatTime } from '../../i18n';
import type { Freshness } from '../../types';
import { t, type AdminWord } from './words';

export interface Section {
  readonly id: string;
  readonly panel: HTMLElement;
  /** Called when the part comes on show and when it leaves; it reads only in between. */
  start(): void;
  stop(): void;
}

export class SectionHead {
  readonly root: HTMLElement;
  readonly aside = el('span', { class: 'panel__aside' });
  private readonly trouble = el('p', { class: 'trouble', attrs: { role: 'status' } });

  constructor(word: AdminWord) {
    this.root = el(
      'div',
      { class: 'admin__head' },
      el('div', { class: 'panel__head' }, el('h2', { text: t(word) }), this.aside),
      this.trouble,
    );
    show(this.trouble, false);
  }

  fresh(freshness?: Freshness): void {
    const time = t('read_at', { time: formatTime(new Date().toISOString()) });
    setText(this.aside, freshness?.position ? `${t('at_position', { position: freshness.position })} · ${time}` : time);
  }

  failure(error: ReadError | null): void {
    show(this.trouble, error !== null);
    setText(this.trouble, error ? t('read_failed', { detail: error.message }) : '');
  }
}

const kDeedsKept = 50;

/** What was done since the page was opened: the newest is spoken, all stay readable. Lives as long as the program. */
export class Deeds {
  private readonly done: { at: string; text: string; ok: boolean }[] = [];
  private list: HTMLElement | null = null;
  private spoken: HTMLElement | null = null;

  build(): HTMLElement {
    this.list = el('ol', { class: 'deeds' });
    this.spoken = el('p', { class: 'deeds__latest', attrs: { role: 'status', id: 'deed' } });
    const rest = el('details', { class: 'deeds__all' }, el('summary', { text: t('deeds') }), this.list);
    this.draw(false);
    return el('div', { class: 'deeds-holder' }, this.spoken, rest);
  }

  did(text: string): void {
    this.add(text, true);
  }

  failed(what: string, error: unknown): void {
    this.add(t('failed', { what, detail: error instanceof Error ? error.message : String(error) }), false);
  }

  private add(text: string, ok: boolean): void {
    this.done.unshift({ at: formatTime(new Date().toISOString()), text, ok });
    if (this.done.length > kDeedsKept) this.done.length = kDeedsKept;
    this.draw(true);
  }

  private draw(speak: boolean): void {
    const newest = this.done[0];
    if (this.spoken && speak && newest) {
      setText(this.spoken, newest.text);
      this.spoken.classList.toggle('is-failure', !newest.ok);
    }
    this.list?.replaceChildren(
      ...(this.done.length === 0
        ? [el('li', { text: t('deeds_none') })]
        : this.done.map((deed) => el('li', { class: deed.ok ? '' : 'is-failure', text: `${deed.at} ${deed.text}` }))),
    );
  }
}

export const deeds = new Deeds();

/** "1,2 MB" of a number of bytes. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined) return '–';
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let at = 0;
  let value = bytes;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  const locale = document.documentElement.lang === 'vi' ? 'vi-VN' : 'en-GB';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[at],
    unitDisplay: 'short',
    maximumFractionDigits: at === 0 ? 0 : 1,
  }).format(value);
}
