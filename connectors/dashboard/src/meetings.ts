// The meetings the hub knows and the one the reader has chosen. `?meeting=ID` in the address names the choice; without
// it the meeting in session, else the next planned, else the latest.

import { readAll, ReadError } from './api';
import { followWhileSeen } from './attended';
import { openFeed, type Feed, type FeedState } from '@dongbo/feed';
import { collate, dayOf } from './i18n';
import { Reread } from './reread';
import type { Meeting, Position } from './types';

export interface MeetingsEvents {
  /** Another meeting is chosen, or there is none (yet): `wanted` is what the address asks for, if anything. */
  onChosen(meeting: Meeting | null, wanted: string | null): void;
  onListed(): void;
  /** The state of the feed while there is no meeting to show. */
  onWaiting(state: FeedState): void;
}

export class Meetings {
  list: Meeting[] = [];
  current: Meeting | null = null;
  /** What the address named when a meeting was last chosen. */
  private followed: string | null = null;

  constructor(private readonly events: MeetingsEvents) {}

  /**
   * Waits for the first meetings. Only while none is chosen are the meetings' facts followed: a browser allows six
   * connections to one server over HTTP/1.1, and every open feed of every tab takes one.
   */
  start(): void {
    let feed: Feed | null = null;
    const readOnce = async (atLeast: Position): Promise<Position> => {
      const answer = await this.read(atLeast);
      if (this.current === null) this.choose();
      if (this.current !== null) feed?.close();
      return answer;
    };
    const reread = new Reread(
      async (atLeast) => {
        await readOnce(atLeast);
      },
      () => 1000,
      () => undefined,
    );
    feed = openFeed({
      path: `/v1/feed?type=${encodeURIComponent('vn.dongbo.meeting.')}`,
      snapshot: () => readOnce(''),
      onAccepted: (item) => reread.touch(item.position),
      onState: (state) => {
        if (this.current === null) this.events.onWaiting(state);
      },
    });
    if (this.current !== null) feed.close();
    else followWhileSeen(feed);
  }

  /** The address has changed: only another meeting in it is another choice, not another page. */
  follow(): void {
    if (this.current === null || wantedMeeting() !== this.followed) this.choose();
  }

  private choose(): void {
    const wanted = wantedMeeting();
    this.followed = wanted;
    const meeting =
      wanted === null ? preferred(this.list) : this.list.find((candidate) => candidate.meeting === wanted);
    if (meeting && meeting.meeting === this.current?.meeting) return;
    this.current = meeting ?? null;
    this.events.onChosen(this.current, wanted);
  }

  /** The reader's choice; it goes into the address. */
  select(id: string): void {
    const meeting = this.list.find((candidate) => candidate.meeting === id);
    if (!meeting) return;
    const url = new URL(window.location.href);
    url.searchParams.set('meeting', id);
    window.history.pushState(null, '', url);
    this.current = meeting;
    this.followed = id;
    this.events.onChosen(meeting, id);
  }

  /** Reads the list again, for who turns to the choice. */
  async refresh(): Promise<void> {
    try {
      await this.read('');
    } catch (error) {
      if (!(error instanceof ReadError)) throw error; // the old list is still right for what it names
    }
  }

  private async read(atLeast: Position): Promise<Position> {
    const answer = await readAll<Meeting>('/v1/meetings', atLeast);
    this.list = answer.items;
    this.events.onListed();
    return answer.freshness?.position ?? '';
  }
}

function wantedMeeting(): string | null {
  return new URL(window.location.href).searchParams.get('meeting');
}

/** The meeting to begin with: the one running now, else the next planned, else the latest held. */
function preferred(list: readonly Meeting[]): Meeting | undefined {
  const whenOf = (meeting: Meeting): string => `${meeting.day ?? ''} ${meeting.starts_at ?? ''}`;
  const latestFirst = [...list].sort((a, b) => collate(whenOf(b), whenOf(a)));
  const today = dayOf(new Date());
  return (
    latestFirst.find((meeting) => meeting.state === 'opened') ??
    latestFirst.filter((meeting) => meeting.state === 'planned' && (meeting.day ?? '') >= today).pop() ??
    latestFirst.find((meeting) => meeting.state !== 'cancelled') ??
    latestFirst[0]
  );
}
