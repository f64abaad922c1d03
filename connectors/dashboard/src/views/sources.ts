// Which sources speak for a meeting point, and how far behind they are.

import type { PointRow, SourceFreshness } from '../types';

/** A source is behind when its last event took longer than this to arrive; a day and more is a replay of the past. */
const kBehindMs = 60_000;
const kReplayMs = 24 * 60 * 60_000;

export type SourcesByName = Map<string, SourceFreshness[]>;

/** Sources by each part of their path: "/simulated/districts/502/checkin" is found under "502". */
export function sourcesByName(sources: readonly SourceFreshness[]): SourcesByName {
  const found: SourcesByName = new Map();
  for (const source of sources) {
    for (const part of new Set(source.source.split('/').filter(Boolean))) {
      const held = found.get(part);
      if (held) held.push(source);
      else found.set(part, [source]);
    }
  }
  return found;
}

/** The sources whose path names the point or its unit: the contract has no other tie between the two. */
export function sourcesOf(row: PointRow, sources: SourcesByName): SourceFreshness[] {
  return [...new Set([...(sources.get(row.point) ?? []), ...(row.unit ? sources.get(row.unit) ?? [] : [])])];
}

/** How late the last event of a source came, in minutes; 0 when it was in time. */
export function minutesBehind(source: SourceFreshness): number {
  const late = Date.parse(source.last_seen ?? '') - Date.parse(source.last_event_time ?? '');
  return late >= kBehindMs && late < kReplayMs ? Math.round(late / 60_000) : 0;
}

export function missingOf(source: SourceFreshness): number {
  return Math.max(source.missing_count ?? 0, source.missing?.length ?? 0);
}
