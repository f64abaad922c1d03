// The rows of one table of one projection, merged from a snapshot and what the feed says changed afterwards.
//
//   const papers = new Rows<PaperItem>({ projection: 'papers', key: ['meeting', 'paper'], given: { meeting } });
//   papers.reset(answer.items, answer.freshness.position);   // in the snapshot
//   onChanged: (item) => { if (papers.merge(item)) draw(papers.list()); }
//
// Invariant: a row is never replaced by an older one. What the snapshot contains already is dropped; of two changes of a
// row the one further in its shard wins, in whatever order they come; a row once deleted does not come back by an older
// change. Merging the same item twice is the same as once.
//
// Limits: for tables whose rows the reading path gives as the projection keeps them (papers, feedback, registrations,
// commitments …). An answer that the hub composes from several tables (attendance, points) is read again instead.

import type { Position } from './contract';
import { latestOf, reaches } from './position';
import type { Changed } from './types';

export interface RowsOptions {
  projection: string;
  /** Where the projection has several tables; the projection's name when left out. */
  table?: string;
  /** The members that identify a row, in order. */
  key: readonly string[];
  /** Key members that the rows of the snapshot do not repeat, because the path has said them. */
  given?: Record<string, string>;
}

interface Held<Row> {
  row: Row | null; // null: deleted
  position: Position;
}

export class Rows<Row extends object> {
  private readonly held = new Map<string, Held<Row>>();
  private base: Position = '';

  constructor(private readonly options: RowsOptions) {}

  /** Begins anew with a snapshot that has reached `position`. */
  reset(rows: readonly Row[], position: Position): void {
    this.held.clear();
    this.base = position;
    for (const row of rows) this.held.set(this.keyOf(row as Record<string, unknown>), { row, position });
  }

  /** Takes one change in; false when it is of another table or nothing new. */
  merge(item: Changed): boolean {
    const { projection, table = projection, given = {} } = this.options;
    if (item.projection !== projection || (item.table ?? projection) !== table || !item.key) return false;
    if (Object.entries(given).some(([name, value]) => item.key?.[name] !== value)) return false;
    if (reaches(this.base, item.position)) return false;
    const key = this.keyOf(item.key);
    const before = this.held.get(key);
    if (before && !reaches(item.position, onlyShardsOf(before.position, item.position))) return false;
    this.held.set(key, { row: (item.row ?? null) as Row | null, position: latestOf(before?.position ?? '', item.position) });
    return true;
  }

  get(key: Record<string, string>): Row | undefined {
    return this.held.get(this.keyOf(key))?.row ?? undefined;
  }

  /** In the order in which they were first seen. */
  list(): Row[] {
    return [...this.held.values()].flatMap(({ row }) => (row === null ? [] : [row]));
  }

  private keyOf(from: Record<string, unknown>): string {
    return JSON.stringify(this.options.key.map((name) => from[name] ?? this.options.given?.[name] ?? null));
  }
}

/** The part of `position` in the shards that `other` names: positions of different shards do not compare. */
function onlyShardsOf(position: Position, other: Position): Position {
  const shards = new Set(other.split(',').map((part) => part.split(':')[0]));
  return position
    .split(',')
    .filter((part) => shards.has(part.split(':')[0]))
    .join(',');
}
