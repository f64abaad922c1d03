// The feed client: a first snapshot, then everything that happens after it, without gap and without repeat.
//
// How a page lives with it:
//
//   const feed = openFeed({
//     path: '/v1/feed?meeting=QNA-2023-05-30',
//     snapshot: async () => (await readEverything()).freshness.position,
//     onAccepted: (item) => …,          // one event was journaled
//     onChanged: (item) => …,           // one projection row now reads so
//     onState: (state) => …,            // what to show beside the figures
//   });
//   …
//   feed.close();
//
// 1. `snapshot` reads what the page needs and returns the position that all of it has reached.
// 2. The feed is then followed from exactly there (`?after=`). The position of an empty hub is "": `?after=` asks for
//    everything from the beginning, where no `after` at all would ask for what comes from now on and leave a gap.
// 3. When the connection breaks, the browser's EventSource resumes with Last-Event-ID. Where it gives up for good
//    (any answer but 200), this client opens a new one after the last id it has seen: 0.5 s later, doubling to 15 s,
//    with jitter, so that a hundred walls do not knock at the same instant when the hub comes back.
// 4. After every break `onResumed` is called once: a page that re-reads resources does it there.
// 5. When the hub no longer holds the position (`event: reset`), the snapshot is taken again and all starts at 1.
//    A snapshot that fails is tried again in the same rhythm.
//
// Promises: handlers are called in the order of the feed, never after close() and never during a snapshot; an accepted
// event that this client has already handed out is dropped. Does not promise: delivery of rows folded before the
// snapshot, or a notice of a peer that vanished without closing the connection (heartbeats are comments, and
// EventSource keeps comments to itself); the hub's own time-outs end such a connection. It never polls.
//
// It knows no page and no DOM beyond EventSource, timers and `fetch`'s origin rules.

import type { Position } from './contract';
import { latestOf } from './position';
import type { Accepted, Changed, Reset } from './types';

export type FeedState =
  | { kind: 'reading' } // the snapshot is being read
  | { kind: 'connecting' } // the connection is being made
  | { kind: 'live' }
  | { kind: 'broken'; retryInMs: number } // waiting before the next try
  | { kind: 'closed' };

export interface FeedOptions {
  /** Path and filters of the feed, e.g. `/v1/feed?meeting=M`; `after` is added here. */
  path: string;
  /** Reads the page's first state and returns the position that all of it has reached. */
  snapshot: (why: 'start' | 'reset') => Promise<Position>;
  onAccepted?: (item: Accepted) => void;
  onChanged?: (item: Changed) => void;
  onResumed?: (position: Position) => void;
  onState?: (state: FeedState) => void;
  /** For tests: the EventSource to use, and where randomness comes from. */
  eventSource?: (url: string) => EventSource;
  random?: () => number;
}

export interface Feed {
  /** Up to where this client has read. */
  position(): Position;
  /** Lets the connection go, and takes it up again later from where it was. For pages that nobody looks at. */
  pause(): void;
  resume(): void;
  close(): void;
}

const kFirstRetryMs = 500;
const kLastRetryMs = 15_000;
/** How many identities are remembered to drop repeats: far more than one resumption can bring twice. */
const kRemembered = 4096;

export function openFeed(options: FeedOptions): Feed {
  const makeSource = options.eventSource ?? ((url: string) => new EventSource(url));
  const random = options.random ?? Math.random;
  const seen = new RecentKeys(kRemembered);

  let position: Position = '';
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasBroken = false;
  let paused = false;
  let isHeldBack = false; // a connection that the pause keeps from being made
  let closed = false;

  const state = (value: FeedState): void => options.onState?.(value);

  function retryLater(action: () => void): void {
    const ceiling = Math.min(kLastRetryMs, kFirstRetryMs * 2 ** failures);
    failures = Math.min(failures + 1, 10);
    const retryInMs = Math.round(ceiling / 2 + (random() * ceiling) / 2);
    state({ kind: 'broken', retryInMs });
    clearTimeout(timer);
    timer = setTimeout(action, retryInMs);
  }

  async function start(why: 'start' | 'reset'): Promise<void> {
    state({ kind: 'reading' });
    try {
      const reached = await options.snapshot(why);
      if (closed) return;
      position = reached;
    } catch {
      if (!closed) retryLater(() => void start(why));
      return;
    }
    connect();
  }

  function connect(): void {
    if (closed) return;
    if (paused) {
      isHeldBack = true;
      return;
    }
    source?.close();
    state({ kind: 'connecting' });
    const join = options.path.includes('?') ? '&' : '?';
    const mine = makeSource(`${options.path}${join}after=${encodeURIComponent(position)}`);
    source = mine;

    mine.onopen = () => {
      if (mine !== source) return;
      failures = 0;
      state({ kind: 'live' });
      if (wasBroken) {
        wasBroken = false;
        options.onResumed?.(position);
      }
    };
    mine.onerror = () => {
      if (mine !== source) return;
      wasBroken = true;
      if (mine.readyState === EventSource.CLOSED) {
        source = null;
        retryLater(connect);
      } else {
        state({ kind: 'broken', retryInMs: 0 }); // the browser is already trying again by itself
      }
    };
    const listen = <T>(name: string, handle: (item: T, event: MessageEvent<string>) => void): void => {
      mine.addEventListener(name, (raw) => {
        if (mine !== source || closed) return;
        const event = raw as MessageEvent<string>;
        let item: T;
        try {
          item = JSON.parse(event.data) as T;
        } catch {
          return; // an item that cannot be read must not end the feed; the next re-read shows its effect
        }
        handle(item, event);
      });
    };
    const advance = (item: { position?: Position }, event: MessageEvent<string>): void => {
      // The id is the whole vector; an item's own position names its shard only.
      position = latestOf(position, event.lastEventId || item.position || '');
    };
    listen<Accepted>('accepted', (item, event) => {
      advance(item, event);
      if (item.event && seen.add(`${item.event.source}\n${item.event.id}`)) options.onAccepted?.(item);
    });
    listen<Changed>('changed', (item, event) => {
      advance(item, event);
      options.onChanged?.(item);
    });
    listen<Reset>('reset', () => {
      mine.close();
      source = null;
      seen.clear();
      void start('reset');
    });
  }

  void start('start');
  return {
    position: () => position,
    pause(): void {
      if (closed || paused) return;
      paused = true; // a snapshot or a retry under way ends by itself
      if (source === null) return;
      source.close();
      source = null;
      isHeldBack = true;
    },
    resume(): void {
      if (closed || !paused) return;
      paused = false;
      if (!isHeldBack) return;
      isHeldBack = false;
      wasBroken = true;
      connect();
    },
    close(): void {
      closed = true;
      clearTimeout(timer);
      source?.close();
      source = null;
      state({ kind: 'closed' });
    },
  };
}

/** The last so many keys, oldest forgotten first. */
class RecentKeys {
  private readonly keys = new Set<string>();
  constructor(private readonly limit: number) {}

  /** True when the key is new. */
  add(key: string): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    if (this.keys.size > this.limit) {
      const oldest = this.keys.values().next().value;
      if (oldest !== undefined) this.keys.delete(oldest);
    }
    return true;
  }

  clear(): void {
    this.keys.clear();
  }
}
