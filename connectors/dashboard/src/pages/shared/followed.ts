// What a page that shows one answer of the hub does with the feed: reads once, follows from the position of what was read,
// reads anew what the feed says has changed, and tells the head how that goes.

import { ReadError } from '../../api';
import { followWhileSeen } from '../../attended';
import { openFeed, type Feed } from '@dongbo/feed';
import { Reread } from '../../reread';
import type { Position } from '../../types';
import type { PageHead } from './head';

export interface Following {
  /** The feed's address with its filters. */
  path: string;
  /** Reads and shows, at least as of that position ('' for any); the position of what is shown now. */
  read: (atLeast: Position) => Promise<Position | undefined>;
  /** Reads anew at most this often. */
  everyMs: number;
  head: PageHead;
}

export class Followed {
  private readonly reread: Reread;
  private readonly feed: Feed;
  private readonly stopPausing: () => void;

  constructor({ path, read, everyMs, head }: Following) {
    this.reread = new Reread(
      async (atLeast) => void (await read(atLeast)),
      () => everyMs,
      (error) => head.trouble(error),
    );
    this.feed = openFeed({
      path,
      snapshot: async () => {
        try {
          const position = await read('');
          head.trouble(null);
          return position ?? '';
        } catch (error) {
          head.trouble(error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
          throw error;
        }
      },
      onAccepted: (item) => this.reread.touch(item.position),
      onResumed: (position) => this.reread.touch(position),
      onState: (state) => head.feedState(state),
    });
    this.stopPausing = followWhileSeen(this.feed);
  }

  /** The reader chose something else to be shown. */
  again(): void {
    this.reread.touch('');
  }

  close(): void {
    this.stopPausing();
    this.feed.close();
    this.reread.stop();
  }
}
