// What a page of the application is, and what the shell gives it.
//
// A page's life: the shell calls mount() with an empty root and an empty head when the reader comes to it, and unmount()
// when the reader leaves, chooses another meeting, or (without relabel) another language. After unmount a page holds no
// feed, no timer and no listener outside its root; the shell empties root and head itself. It may be mounted again.
//
// How a new page comes in: src/pages/<name>.ts exports a PageEntry, src/pages/registry.ts lists it. Its words stand in a
// table of its own (wordsOf in i18n.ts), its style in a file of its own (import './<name>.css').

import type { Meeting } from '../types';

export interface PageContext {
  /** Beside the tools at the top: the page puts its one <h1> and its freshness there (views/freshness.ts). */
  head: HTMLElement;
  /** The meeting chosen. Never null for a page that needs one. */
  meeting: Meeting | null;
  /** Says a sentence to screen readers, politely. */
  announce(text: string): void;
  /** Names the browser's tab; the application's name is added. */
  title(text: string): void;
}

export interface Page {
  mount(root: HTMLElement, context: PageContext): void;
  unmount(): void;
  /** Draws again in the other language and keeps what was read. */
  relabel?(): void;
}

export interface PageEntry {
  /** Its address: `#/<slug>`. */
  slug: string;
  /** Its name in the navigation, in the language in use. */
  name(): string;
  /** Shown only once there is a meeting, and mounted again when another is chosen. */
  needsMeeting: boolean;
  page: Page;
}

/** The meeting of a page that said it needs one. */
export function meetingOf(context: PageContext): Meeting {
  if (context.meeting === null) throw new Error('the shell mounted a page without the meeting it needs');
  return context.meeting;
}
