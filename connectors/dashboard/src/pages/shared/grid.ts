// A table whose columns sort by keyboard and mouse and whose rows are kept by key: long lists show their first rows and
// offer the rest. Owns its element; knows nothing of what it shows.

import { el, reconcile, setText, show } from '../../dom';
import { collate, wordsOf } from '../../i18n';

const t = wordsOf({
  more: ['Xem thêm {count} dòng', 'Show {count} more rows'],
  sort_hint: ['Sắp xếp theo {column}', 'Sort by {column}'],
});

export interface Column<T> {
  key: string;
  title: string;
  /** Figures stand to the right. */
  numeric?: boolean;
  /** Paths and identifiers, which may break anywhere. */
  code?: boolean;
  /** The row's name: a header cell. */
  head?: boolean;
  /** Fills the cell; called again whenever the item changed. */
  fill: (cell: HTMLElement, item: T) => void;
  /** Without it the column does not sort. null comes last whichever way. */
  sortBy?: (item: T) => string | number | null;
}

export interface GridOptions<T> {
  caption: string;
  columns: Column<T>[];
  keyOf: (item: T) => string;
  /** The order to begin with; the caller's own order without it. */
  sort?: { key: string; descending: boolean };
  rowClass?: (item: T) => string;
  /** On a phone a row becomes a card. */
  stacks?: boolean;
  pageRows?: number;
}

export class Grid<T> {
  readonly root: HTMLElement;
  private readonly body = el('tbody');
  private readonly heads = new Map<string, HTMLElement>();
  private readonly more = el('button', { class: 'grid__more', attrs: { type: 'button' } });
  private items: readonly T[] = [];
  private shown: number;
  private sort: { key: string; descending: boolean } | undefined;

  constructor(private readonly options: GridOptions<T>) {
    this.sort = options.sort;
    this.shown = options.pageRows ?? 100;
    const head = el('tr', {}, ...options.columns.map((column) => this.headOf(column)));
    const table = el(
      'table',
      { class: options.stacks ? 'grid stack' : 'grid' },
      el('caption', { class: 'spoken', text: options.caption }),
      el('thead', {}, head),
      this.body,
    );
    const scroll = el('div', { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': options.caption } }, table);
    this.root = el('div', { class: 'grid-holder' }, scroll, this.more);
    this.more.addEventListener('click', () => {
      this.shown += this.options.pageRows ?? 100;
      this.draw();
    });
  }

  render(items: readonly T[]): void {
    this.items = items;
    this.draw();
  }

  private headOf(column: Column<T>): HTMLElement {
    const cell = el('th', { class: column.numeric ? 'is-number' : '', attrs: { scope: 'col' } });
    if (!column.sortBy) {
      setText(cell, column.title);
      return cell;
    }
    const button = el('button', {
      class: 'grid__sort',
      text: column.title,
      title: t('sort_hint', { column: column.title }),
      attrs: { type: 'button' },
    });
    button.addEventListener('click', () => {
      const descending = this.sort?.key === column.key ? !this.sort.descending : column.numeric === true;
      this.sort = { key: column.key, descending };
      this.draw();
    });
    this.heads.set(column.key, cell);
    cell.append(button);
    return cell;
  }

  private draw(): void {
    for (const [key, cell] of this.heads) {
      const state = this.sort?.key !== key ? 'none' : this.sort.descending ? 'descending' : 'ascending';
      if (cell.getAttribute('aria-sort') !== state) cell.setAttribute('aria-sort', state);
    }
    const ordered = this.ordered();
    const rows = ordered.slice(0, this.shown);
    reconcile(
      this.body,
      rows,
      this.options.keyOf,
      () => el('tr', {}, ...this.options.columns.map(cellOf)),
      (row, item) => {
        const className = this.options.rowClass?.(item) ?? '';
        if (row.className !== className) row.className = className;
        this.options.columns.forEach((column, at) => column.fill(row.children[at] as HTMLElement, item));
      },
    );
    const left = ordered.length - rows.length;
    setText(this.more, t('more', { count: Math.min(left, this.options.pageRows ?? 100) }));
    show(this.more, left > 0);
  }

  private ordered(): readonly T[] {
    const by = this.options.columns.find((column) => column.key === this.sort?.key)?.sortBy;
    if (!by || !this.sort) return this.items;
    const sign = this.sort.descending ? -1 : 1;
    return [...this.items].sort((a, b) => {
      const left = by(a);
      const right = by(b);
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      const order = typeof left === 'number' && typeof right === 'number' ? left - right : collate(String(left), String(right));
      return sign * order;
    });
  }
}

function cellOf<T>(column: Column<T>): HTMLElement {
  if (column.head) return el('th', { attrs: { scope: 'row' } });
  return el('td', { class: column.numeric ? 'is-number' : column.code ? 'is-code' : '', attrs: { 'data-label': column.title } });
}

/** For cells of plain text. */
export function textCell<T>(of: (item: T) => string): (cell: HTMLElement, item: T) => void {
  return (cell, item) => {
    setText(cell, of(item));
  };
}
