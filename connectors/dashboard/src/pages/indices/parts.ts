// Pieces that several panels of the indices' page share: quality badges, sources one click away, ranks in words.

import { el } from '../../dom';
import { formatInstant, formatShortDay } from '../../i18n';
import { methodName } from '../../labels';
import type { Figure } from './figures';
import { t, type IndexWord } from './words';

const kQualities = ['stated', 'derived', 'computed', 'ordered', 'band', 'estimated'];

export function qualityBadge(quality: string): HTMLElement | null {
  if (quality === '') return null;
  const known = kQualities.includes(quality);
  return el('span', {
    class: 'badge badge--quality',
    text: known ? t(`quality_${quality}` as IndexWord) : quality,
    title: known ? t(`hint_${quality}` as IndexWord) : '',
    attrs: { 'data-quality': quality },
  });
}

export function rankText(figure: Figure): string {
  if (typeof figure.rank === 'number') {
    return figure.population
      ? t('rank', { rank: figure.rank, population: figure.population })
      : t('rank_alone', { rank: figure.rank });
  }
  if (figure.rank_min && figure.rank_max) return t('rank_band', { from: figure.rank_min, to: figure.rank_max });
  return '';
}

/** Where a figure comes from, one click away: document, day, method, corrections with their reasons. */
export function sourceOf(index: string, figure: Figure, what: string): HTMLElement {
  const details = el(
    'details',
    { class: 'origin' },
    el('summary', { text: t('source'), attrs: { 'aria-label': t('source_of', { what }) } }),
  );
  // Built when it is opened: a ranking has dozens of them.
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(sourceBody(index, figure));
  });
  return details;
}

function sourceBody(index: string, figure: Figure): HTMLElement {
  const lines: HTMLElement[] = [];
  lines.push(figure.origin === '' ? el('p', { text: t('source_unknown') }) : linked(figure.origin));
  if (figure.published_at)
    lines.push(el('p', { text: t('published_on', { day: formatShortDay(figure.published_at.slice(0, 10)) }) }));
  if (figure.legal_act) lines.push(el('p', { text: t('legal_act', { act: figure.legal_act }) }));
  lines.push(el('p', { text: t('method', { method: methodName(index, figure.method) }) }));
  for (const correction of figure.corrections ?? []) {
    lines.push(el('p', { text: t('correction', { time: formatInstant(correction.time), reason: correction.reason ?? '–' }) }));
  }
  return el('div', { class: 'origin__body' }, ...lines);
}

/** The words of the source as they came; addresses in it become links, followed only when somebody chooses to. */
function linked(origin: string): HTMLElement {
  const line = el('p');
  let at = 0;
  for (const match of origin.matchAll(/https?:\/\/[^\s;,()]+/g)) {
    const start = match.index ?? 0;
    const address = match[0] ?? '';
    line.append(origin.slice(at, start));
    line.append(
      el('a', {
        text: address,
        title: t('opens_outside'),
        attrs: { href: address, target: '_blank', rel: 'noopener noreferrer' },
      }),
    );
    at = start + address.length;
  }
  line.append(origin.slice(at));
  return line;
}
