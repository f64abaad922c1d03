// Reading again at a steady pace what no feed tells (health, quarantine, rebuilds). Only while the page is on show, never
// two reads at a time; a failed read doubles the pause, up to half a minute, and an answer that takes long to come (a
// quarantine full of large records) is asked for less often.

import { ReadError } from '../../api';

const kLongestMs = 30_000;
/** At most this part of the time goes into reading. */
const kShare = 1 / 10;

export class Poll {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private again = false;
  private stopped = true;
  private failures = 0;

  constructor(
    private readonly readOnce: () => Promise<void>,
    /** Asked before every pause, so that the pace can follow what is going on. */
    private readonly everyMs: () => number,
    private readonly onFailure: (error: ReadError | null) => void,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    document.addEventListener('visibilitychange', this.onVisibility);
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.timer);
  }

  /** Reads as soon as possible: something was done, or another filter chosen. */
  now(): void {
    if (this.stopped) return;
    if (this.running) this.again = true;
    else void this.run();
  }

  private readonly onVisibility = (): void => {
    if (!document.hidden) this.now();
  };

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    this.running = true;
    this.again = false;
    const begun = performance.now();
    try {
      await this.readOnce();
      this.failures = 0;
      if (!this.stopped) this.onFailure(null);
    } catch (cause) {
      this.failures += 1;
      if (!this.stopped) this.onFailure(cause instanceof ReadError ? cause : new ReadError(0, String(cause), 1000));
    }
    this.running = false;
    if (this.stopped) return;
    const took = performance.now() - begun;
    const pause = this.again
      ? 0
      : Math.min(kLongestMs, Math.max(took / kShare, this.everyMs() * 2 ** Math.min(this.failures, 4)));
    this.timer = setTimeout(() => {
      if (!document.hidden) void this.run();
    }, pause);
  }
}
