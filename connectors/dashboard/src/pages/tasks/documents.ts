// The documents that the hub writes about a meeting, of exactly the position that the page shows.

import { el } from '../../dom';
import type { Position } from '../../types';
import { t } from './words';

const kKinds = ['bao-cao', 'thong-bao-ket-luan', 'bien-ban'] as const;
const kFormats = ['docx', 'pdf', 'html', 'xlsx'] as const;

function address(meeting: string, kind: string, format: string, position: Position): string {
  const asOf = position === '' ? '' : `&as_of=${encodeURIComponent(position)}`;
  return `/v1/reports/${encodeURIComponent(meeting)}.${format}?kind=${kind}${asOf}`;
}

/** Fills `list` with a line a kind, a link a format. */
export function listDocuments(list: HTMLElement, meeting: string, position: Position): void {
  if (list.dataset.position === position && list.children.length > 0) return;
  list.dataset.position = position;
  list.replaceChildren(
    ...kKinds.map((kind) => {
      const name = t(`document_${kind}`);
      const links = kFormats.map((format) =>
        el('a', {
          text: format.toUpperCase(),
          attrs: {
            href: address(meeting, kind, format, position),
            target: '_blank',
            rel: 'noopener',
            'aria-label': `${name}, ${format.toUpperCase()}`,
          },
        }),
      );
      return el('li', {}, el('span', { text: name }), el('span', { class: 'documents__links' }, ...links));
    }),
  );
}
