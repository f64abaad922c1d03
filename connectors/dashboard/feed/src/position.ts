// Position vectors: how far each shard has been read. Pure functions over the text form "0:41,1:7".
// A shard that is not named stands before its first entry. Sequences stay below 2^53.

import type { Position } from './contract';

export type PositionMap = Map<number, number>;

/** Reads a position; parts that are not `shard:sequence` are left out rather than refused. */
export function parsePosition(text: Position | null | undefined): PositionMap {
  const map: PositionMap = new Map();
  for (const part of (text ?? '').split(',')) {
    const match = /^\s*(\d+):(\d+)\s*$/.exec(part);
    if (match) map.set(Number(match[1]), Number(match[2]));
  }
  return map;
}

/** The text form, shards in ascending order: the same vector always gives the same text. */
export function formatPosition(map: PositionMap): Position {
  return [...map.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([shard, sequence]) => `${shard}:${sequence}`)
    .join(',');
}

/** The later of both in each shard. */
export function latestOf(a: Position, b: Position): Position {
  const merged = parsePosition(a);
  for (const [shard, sequence] of parsePosition(b)) {
    merged.set(shard, Math.max(sequence, merged.get(shard) ?? -1));
  }
  return formatPosition(merged);
}

/**
 * The earlier of both in each shard; a shard missing from either is left out. Following a feed from here repeats
 * what one of the two readings already held and misses nothing that the other lacked.
 */
export function earliestOf(a: Position, b: Position): Position {
  const left = parsePosition(a);
  const right = parsePosition(b);
  const merged: PositionMap = new Map();
  for (const [shard, sequence] of left) {
    const other = right.get(shard);
    if (other !== undefined) merged.set(shard, Math.min(sequence, other));
  }
  return formatPosition(merged);
}

/** True when `have` has reached `want` in every shard that `want` names. */
export function reaches(have: Position, want: Position): boolean {
  const held = parsePosition(have);
  for (const [shard, sequence] of parsePosition(want)) {
    if ((held.get(shard) ?? -1) < sequence) return false;
  }
  return true;
}

/** A position some entries earlier in each shard (never below the beginning): where "the latest few" start. */
export function stepBack(position: Position, entries: number): Position {
  const map = parsePosition(position);
  for (const [shard, sequence] of map) map.set(shard, Math.max(0, sequence - entries));
  return formatPosition(map);
}
