// One quarantine entry in a dialog: every fault, where it came from, and its bytes as text and as hexadecimal.

import { bytesOf } from '../../base64';
import { el, show } from '../../dom';
import { formatInstant } from '../../i18n';
import { asHex, asText } from './raw';
import { formatBytes } from './section';
import type { Quarantined } from './types';
import { reasonWord, stateWord, t } from './words';

/** What is laid before the reader at once; a record may hold a mebibyte. */
const kBytesShown = 64 * 1024;

function originText(origin: Quarantined['origin']): string {
  const of = {
    topic: origin.topic ?? '',
    partition: String(origin.partition ?? ''),
    offset: String(origin.offset ?? ''),
    file: origin.file ?? '',
    line: String(origin.line ?? ''),
  };
  if (origin.door === 'kafka') return t('origin_kafka', of);
  if (origin.file) return t('origin_file', of);
  return origin.door === 'http' ? t('origin_http') : origin.door;
}

export function showEntry(entry: Quarantined, redrive: (id: string) => void, discard: (id: string) => void): void {
  const facts: [string, string][] = [
    [t('reason'), reasonWord(entry.reason)],
    [t('state'), stateWord(entry.state)],
    [t('state_note'), entry.state_note ?? ''],
    [t('source'), entry.source],
    [t('event_id'), entry.event_id],
    [t('subject'), entry.subject ?? ''],
    [t('content_type'), entry.content_type ?? ''],
    [t('origin'), originText(entry.origin)],
    [t('received'), formatInstant(entry.received_at)],
  ];
  const faults = entry.errors.map((fault) =>
    el('li', {}, fault.pointer ? el('code', { text: `${fault.pointer} ` }) : null, fault.detail),
  );
  const attributes = Object.entries(entry.attributes ?? {});
  const close = el('button', { text: t('close'), attrs: { type: 'button', 'data-answer': 'close' } });
  const again = el('button', { class: 'button--act', text: t('redrive'), attrs: { type: 'button' } });
  const drop = el('button', { text: t('discard'), attrs: { type: 'button' } });
  const dialog = el(
    'dialog',
    { class: 'entry', attrs: { 'aria-labelledby': 'entry-title' } },
    el('h2', { text: `${t('entry')} ${entry.id}`, attrs: { id: 'entry-title' } }),
    el(
      'dl',
      { class: 'facts-list' },
      ...facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => el('div', {}, el('dt', { text: name }), el('dd', { text: value }))),
    ),
    faults.length > 0 ? el('div', {}, el('h3', { text: t('faults') }), el('ul', { class: 'faults' }, ...faults)) : null,
    attributes.length > 0
      ? el(
          'div',
          {},
          el('h3', { text: t('attributes') }),
          el(
            'ul',
            { class: 'faults' },
            ...attributes.map(([name, value]) => el('li', {}, el('code', { text: name }), ` ${value}`)),
          ),
        )
      : null,
    rawBytes(entry.raw_base64),
    el('div', { class: 'ask__buttons' }, close, again, drop),
  );
  show(again, entry.state === 'held');
  show(drop, entry.state === 'held');
  const leave = (then?: (id: string) => void): void => {
    dialog.close();
    dialog.remove();
    then?.(entry.id);
  };
  close.addEventListener('click', () => leave());
  again.addEventListener('click', () => leave(redrive));
  drop.addEventListener('click', () => leave(discard));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function rawBytes(base64: string): HTMLElement {
  const bytes = bytesOf(base64);
  const part = bytes.subarray(0, kBytesShown);
  const text = el('pre', { class: 'raw', text: asText(part), attrs: { tabindex: '0', 'aria-label': t('raw_text') } });
  const digits = el('pre', { class: 'raw', attrs: { tabindex: '0', 'aria-label': t('raw_hex') } });
  const switcher = el('button', {
    class: 'button--small',
    text: t('raw_hex'),
    attrs: { type: 'button', 'aria-pressed': 'false' },
  });
  show(digits, false);
  switcher.addEventListener('click', () => {
    const toHex = digits.hidden;
    if (toHex && digits.textContent === '') digits.textContent = asHex(part);
    show(digits, toHex);
    show(text, !toHex);
    switcher.setAttribute('aria-pressed', String(toHex));
  });
  const cut =
    bytes.length > part.length ? t('raw_cut', { shown: formatBytes(part.length), bytes: formatBytes(bytes.length) }) : '';
  return el(
    'div',
    {},
    el('div', { class: 'raw__head' }, el('h3', { text: t('raw', { bytes: formatBytes(bytes.length) }) }), switcher),
    text,
    digits,
    cut ? el('p', { class: 'note', text: cut }) : null,
  );
}
