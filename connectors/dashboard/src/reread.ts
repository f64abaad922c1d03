// Coalesced re-reading. A resource of the hub (the attendance, the points …) that is read again only when the feed
// has said that it changed, at most once an interval however many changes come, and never twice at a time.
//
// touch(position) marks it out of date as of that position. The next read asks for at least that position, so the
// figures shown afterwards contain the change that caused the read. A read that fails stays owed and is tried again
// after what the hub asked for (Retry-After), doubling up to 10 s.

import { ReadError } from './api';
import { latestOf } from '@dongbo/feed';
import type { Position } from './types';

const kLongestRetryMs = 10_000;
/** A touch waits this long for its neighbours: one event usually changes several tables. */
const kGatherMs = 40;

export class Reread {
  private owed = false;
  private wanted: Position = '';
  private running = false;
  private lastStart = -Infinity; // the first read waits for nothing
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly readOnce: (atLeast: Position) => Promise<void>,
    private readonly intervalMs: () => number,
    private readonly onFailure: (error: ReadError | null) => void,
  ) {}

  touch(position: Position): void {
    this.owed = true;
    this.wanted = latestOf(this.wanted, position);
    if (!this.running && this.failures === 0) this.schedule(0);
  }

  /** Drops what is owed, and the position it was owed for. */
  forget(): void {
    this.owed = false;
    this.wanted = '';
    this.failures = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(leastWaitMs: number): void {
    if (this.stopped || this.timer !== undefined) return;
    const due = this.lastStart + this.intervalMs() - performance.now();
    this.timer = setTimeout(() => void this.run(), Math.max(kGatherMs, due, leastWaitMs));
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    if (this.stopped) return;
    this.running = true;
    this.owed = false;
    this.lastStart = performance.now();
    let waitMs = 0;
    try {
      await this.readOnce(this.wanted);
      this.failures = 0;
      if (!this.stopped) this.onFailure(null);
    } catch (cause) {
      const error = cause instanceof ReadError ? cause : new ReadError(0, String(cause), 1000);
      this.failures += 1;
      this.owed = true;
      waitMs = Math.min(kLongestRetryMs, error.retryAfterMs * 2 ** Math.min(this.failures - 1, 4));
      if (!this.stopped) this.onFailure(error);
    }
    this.running = false;
    if (this.owed) this.schedule(waitMs);
  }
}
