// How far the figures of a page can be trusted right now: as of when, at which position, what is still missing.
// Every page shows one of these for the answers it shows.

import { el, setText, show } from '../dom';
import { formatTime, otherDay, t } from '../i18n';
import { sourceName } from '../labels';
import type { Freshness } from '../types';

const kMissingShown = 3;
const kSourcesShown = 8;

export interface FreshnessView {
  /** "Số liệu đến HH:mm:ss" and the position. */
  asOf: HTMLElement;
  position: HTMLElement;
  /** "Số liệu tạm tính đến HH:mm" with what is missing; hidden while nothing is. */
  provisional: HTMLElement;
  /** With `day` ("2023-05-30") a time of another day is shown with its day. */
  render(freshness: Freshness | undefined, day?: string): void;
}

export function freshnessView(): FreshnessView {
  const asOf = el('span', { class: 'as-of', attrs: { id: 'as-of' } });
  const position = el('span', { class: 'position', attrs: { id: 'position' } });
  const missing = el('ul', { class: 'missing' });
  const word = el('summary');
  const provisional = el('details', { class: 'provisional' }, word, missing);
  show(provisional, false);

  function render(freshness: Freshness | undefined, day?: string): void {
    const apart = otherDay(freshness?.event_time, day);
    const dated = (clock: string): string => (clock && apart ? `${clock} ${t('on_day', { day: apart })}` : clock);
    const time = dated(formatTime(freshness?.event_time));
    setText(asOf, time ? t('as_of', { time }) : t('as_of_none'));
    setText(position, freshness ? t('position', { position: freshness.position || '–' }) : '');
    document.body.dataset.position = freshness?.position ?? '';

    const lines = gapLines(freshness);
    show(provisional, freshness?.provisional === true || lines.length > 0);
    const until = dated(formatTime(freshness?.event_time, false));
    const said = until ? t('provisional_until', { time: until }) : t('provisional');
    // A wall cannot be clicked: the first gap stands beside the word, the list opens for who wants all.
    setText(word, lines[0] === undefined ? said : t('provisional_why', { provisional: said, gap: lines[0] }));
    word.classList.toggle('has-more', lines.length > 1);
    const text = lines.join('\n');
    if (missing.dataset.text !== text) {
      missing.dataset.text = text;
      missing.replaceChildren(...lines.map((line) => el('li', { text: line })));
    }
  }
  return { asOf, position, provisional, render };
}

/** One line for each source with missing sequences. */
function gapLines(freshness: Freshness | undefined): string[] {
  const gaps = (freshness?.sources ?? []).filter((source) => (source.missing ?? []).length > 0);
  const lines = gaps.slice(0, kSourcesShown).map((source) => {
    const all = source.missing ?? [];
    const more = Math.max(source.missing_count ?? 0, all.length) - kMissingShown;
    const sequences = all.slice(0, kMissingShown).map((sequence) => sequence.replace(/^0+(?=\d)/, '')).join(', ');
    return t('missing_from', {
      source: sourceName(source.source),
      sequences: more > 0 ? `${sequences} ${t('and_more', { count: more })}` : sequences,
    });
  });
  if (gaps.length > kSourcesShown) lines.push(t('more_items', { count: gaps.length - kSourcesShown }));
  return lines;
}

export interface PlainHead {
  note: HTMLElement;
  fresh: FreshnessView;
}

/** The head of a page that is about no single meeting: its title as <h1>, a line of remarks, its freshness. */
export function plainHead(head: HTMLElement, title: string): PlainHead {
  const note = el('p', { class: 'top__facts' });
  const fresh = freshnessView();
  head.replaceChildren(
    el('img', { class: 'logo', attrs: { src: 'favicon.svg', alt: t('app'), width: '52', height: '52' } }),
    el('div', { class: 'top__title' }, el('h1', { text: title }), note),
    el('div', { class: 'fresh' }, el('p', { class: 'fresh__line' }, fresh.asOf, fresh.position), fresh.provisional),
  );
  return { note, fresh };
}
