// The moments one can go back to: positions of the meeting's shard (what the hub knew) or minutes (what had happened).
// Pure: a track is a range of whole numbers, each of them one moment to ask the hub for.

import { formatPosition, parsePosition } from '@dongbo/feed';
import type { When } from './reading';
import type { Instant, Position } from './types';

export type Mode = 'known' | 'happened';

export interface Track {
  mode: Mode;
  /** Of the slider, both included. Known: sequences of the shard; happened: minutes since 1970. */
  first: number;
  last: number;
  /** What the hub is asked for at a place of the slider. */
  whenAt(value: number): When;
}

const kMinuteMs = 60_000;
/** Playing steps, in events or minutes a step. */
export const kPaces: Record<Mode, readonly number[]> = { known: [1, 10, 50, 200], happened: [1, 5, 15, 60] };

/** Positions of `shard` from the meeting's first event to `head`; the other shards stay where they are now. */
export function knownTrack(shard: number, firstSequence: number, head: Position): Track {
  const now = parsePosition(head);
  const last = now.get(shard) ?? firstSequence;
  return {
    mode: 'known',
    first: Math.min(firstSequence, last),
    last,
    whenAt: (value) => ({ as_of: formatPosition(new Map([...now, [shard, value]])) }),
  };
}

/** Minutes from `from` to `to`, the last one complete. Known is what is known now. */
export function happenedTrack(from: Instant, to: Instant): Track {
  const first = Math.floor(Date.parse(from) / kMinuteMs);
  const last = Math.max(first, Math.ceil(Date.parse(to) / kMinuteMs));
  return { mode: 'happened', first, last, whenAt: (value) => ({ until: instantAt(value) }) };
}

/** A minute of the slider as the hub reads it, in Vietnam's time. */
export function instantAt(minute: number): Instant {
  return `${new Date(minute * kMinuteMs + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

export function minuteOf(instant: Instant): number {
  return Math.floor(Date.parse(instant) / kMinuteMs);
}

export function clampTo(track: Track, value: number): number {
  return Math.min(track.last, Math.max(track.first, Math.round(value)));
}
