// The state of one meeting as the page shows it, kept up to date from the feed.
//
// A snapshot reads every resource once; the feed then says which of them changed and only those are read again
// (reread.ts). Figures are always the hub's own answer: nothing is counted here, so what the page shows is what the API
// says at the position named beside it.
//
// Lives as long as the page shows this meeting; close() ends it. Single-threaded like everything in a page.

import { read, readAll, ReadError } from './api';
import { openFeed, type Feed, type FeedState } from '@dongbo/feed';
import { isSimulatedSource, saysSimulated } from './labels';
import { earliestOf, latestOf, stepBack } from '@dongbo/feed';
import { Reread } from './reread';
import type { Accepted, Attendance, IndexRow, Meeting, PointRow, Position } from './types';

export const kIndexes = ['PAR INDEX', 'SIPAS', 'PAPI'] as const;
export const kIndexYear = 2022;
export const kHomeUnit = '49';

export type Part = 'meeting' | 'points' | 'attendance' | 'indexes' | 'latest' | 'connection';

export interface Model {
  meeting: Meeting;
  points: PointRow[];
  attendance: Attendance | null;
  /** Rows by index name: all units, so that a rank can be seen among the others; absent when never published. */
  indexes: Map<string, IndexRow[]>;
  /** Newest first. */
  latest: Accepted[];
  feed: FeedState;
  readError: ReadError | null;
  /** Up to where the feed has been read: at least what the figures contain. */
  position: Position;
  simulated: boolean;
}

const kLatestKept = 40;
const kJournalLookBack = 60;
const kAttendanceMs = 500;
const kPointsMs = 500;
const kMeetingMs = 1000;
const kIndexesMs = 2000;
const kHiddenPauseMs = 60_000;

export class Live {
  readonly model: Model;
  private readonly feeds: Feed[] = [];
  private readonly rereads: Record<'meeting' | 'points' | 'attendance' | 'indexes', Reread>;
  private readonly failures = new Map<string, ReadError>();
  private readonly path: string;
  private closed = false;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    meeting: Meeting,
    private readonly onChange: (parts: Part[]) => void,
  ) {
    this.path = `/v1/meetings/${encodeURIComponent(meeting.meeting)}`;
    this.model = {
      meeting,
      points: [],
      attendance: null,
      indexes: new Map(),
      latest: [],
      feed: { kind: 'reading' },
      readError: null,
      position: '',
      simulated: false,
    };
    const reread = (name: Part, readOnce: (atLeast: Position) => Promise<unknown>, intervalMs: number): Reread =>
      new Reread(
        async (atLeast) => {
          await readOnce(atLeast);
        },
        intervalMs,
        (error) => this.noteFailure(name, error),
      );
    this.rereads = {
      meeting: reread('meeting', (atLeast) => this.readMeeting(atLeast), kMeetingMs),
      points: reread('points', (atLeast) => this.readPoints(atLeast), kPointsMs),
      attendance: reread('attendance', (atLeast) => this.readAttendance(atLeast), kAttendanceMs),
      indexes: reread('indexes', (atLeast) => this.readIndexes(atLeast), kIndexesMs),
    };
  }

  start(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
    this.feeds.push(
      openFeed({
        // A type prefix asks for accepted events without the rows they changed: this page reads whole resources again,
        // and one event changes half a dozen rows.
        path: `/v1/feed?meeting=${encodeURIComponent(this.model.meeting.meeting)}&type=vn.dongbo.`,
        snapshot: (why) => this.snapshot(why),
        onAccepted: (item) => this.onAccepted(item),
        onResumed: (position) => this.touchAll(position),
        onState: (state) => {
          this.model.feed = state;
          this.changed('connection');
        },
      }),
      // Index figures belong to no meeting, so the meeting's feed does not carry them.
      openFeed({
        path: `/v1/feed?type=${encodeURIComponent('vn.dongbo.index.')}`,
        snapshot: () => this.readIndexes(),
        onAccepted: (item) => this.rereads.indexes.touch(item.position),
        onResumed: (position) => this.rereads.indexes.touch(position),
      }),
    );
  }

  /** A page in a hidden tab gives its connections back after a while; the feed resumes where it was. */
  private readonly onVisibility = (): void => {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) {
      this.hiddenTimer = setTimeout(() => this.feeds.forEach((feed) => feed.pause()), kHiddenPauseMs);
    } else {
      this.feeds.forEach((feed) => feed.resume());
    }
  };

  close(): void {
    this.closed = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.hiddenTimer);
    for (const feed of this.feeds) feed.close();
    for (const reread of Object.values(this.rereads)) reread.stop();
  }

  private async snapshot(why: 'start' | 'reset'): Promise<Position> {
    try {
      const reached = await Promise.all([this.readMeeting(''), this.readPoints(''), this.readAttendance('')]);
      const position = reached.reduce((a, b) => earliestOf(a, b));
      this.model.position = position;
      if (why === 'reset') {
        // The old positions mean nothing any more: what was owed is answered by this snapshot.
        for (const reread of Object.values(this.rereads)) reread.forget();
        this.rereads.indexes.touch('');
        this.model.latest = [];
      }
      this.noteFailure('snapshot', null);
      void this.readLatest(position);
      return position;
    } catch (error) {
      this.noteFailure('snapshot', error instanceof ReadError ? error : new ReadError(0, String(error), 1000));
      throw error;
    }
  }

  private async readMeeting(atLeast: Position): Promise<Position> {
    const answer = await read<Meeting>(this.path, atLeast);
    this.model.meeting = answer;
    this.changed('meeting');
    return answer.freshness?.position ?? '';
  }

  private async readPoints(atLeast: Position): Promise<Position> {
    const answer = await readAll<PointRow>(`${this.path}/points`, atLeast);
    this.model.points = answer.items;
    this.changed('points');
    return answer.freshness?.position ?? '';
  }

  private async readAttendance(atLeast: Position): Promise<Position> {
    const answer = await read<Attendance>(`${this.path}/attendance`, atLeast);
    this.model.attendance = answer;
    this.changed('attendance');
    return answer.freshness.position;
  }

  private async readIndexes(atLeast: Position = ''): Promise<Position> {
    // The list first: its position is the least that the rows read after it have reached, and an index that nobody
    // has published is not asked for.
    const list = await readAll<{ index: string; year: number }>('/v1/indexes', atLeast);
    const held = kIndexes.filter((index) => list.items.some((item) => item.index === index && item.year === kIndexYear));
    const rows = await Promise.all(
      held.map((index) => readAll<IndexRow>(`/v1/indexes/${encodeURIComponent(index)}/${kIndexYear}`, atLeast)),
    );
    this.model.indexes = new Map(held.map((index, at) => [index, rows[at]?.items ?? []]));
    this.changed('indexes');
    return list.freshness?.position ?? '';
  }

  /** The last few events before the snapshot, so that the list of events does not start empty. Best effort. */
  private async readLatest(position: Position): Promise<void> {
    const after = stepBack(position, kJournalLookBack);
    const meeting = encodeURIComponent(this.model.meeting.meeting);
    try {
      const answer = await read<{ items: Accepted[] }>(
        `/v1/journal?meeting=${meeting}&after=${encodeURIComponent(after)}&page_size=200`,
      );
      const newestFirst = [...this.model.latest, ...answer.items.filter((item) => item.event).reverse()];
      const once = new Map(newestFirst.map((item) => [identityOf(item), item] as const));
      this.model.latest = [...once.values()].slice(0, kLatestKept);
      this.changed('latest');
    } catch {
      // The list simply starts with what the feed brings.
    }
  }

  private onAccepted(item: Accepted): void {
    const { latest } = this.model;
    const identity = identityOf(item);
    if (!latest.some((held) => identityOf(held) === identity)) {
      latest.unshift(item);
      if (latest.length > kLatestKept) latest.length = kLatestKept;
    }
    this.model.position = latestOf(this.model.position, item.position);
    this.changed('latest');

    // The attendance carries the freshness of the whole meeting, so every event of it counts.
    this.rereads.attendance.touch(item.position);
    const area = /^vn\.dongbo\.([a-z_]+)\./.exec(item.event.type)?.[1];
    if (area === 'readiness' || area === 'meeting') this.rereads.points.touch(item.position);
    if (area === 'meeting') this.rereads.meeting.touch(item.position);
  }

  private touchAll(position: Position): void {
    this.rereads.meeting.touch(position);
    this.rereads.points.touch(position);
    this.rereads.attendance.touch(position);
  }

  private noteFailure(what: string, error: ReadError | null): void {
    if (error) this.failures.set(what, error);
    else if (!this.failures.delete(what)) return;
    this.model.readError = this.failures.values().next().value ?? null;
    this.changed('connection');
  }

  private changed(part: Part): void {
    if (this.closed) return;
    this.model.simulated = looksSimulated(this.model);
    this.onChange([part]);
  }
}

/**
 * The figure that stands in front: who is here while the meeting runs, who came once it is over. A closed meeting whose
 * rooms have emptied would otherwise look as if nobody had come.
 */
export function leadingFigure(model: Model): 'present' | 'checked_in' {
  return model.meeting.state === 'closed' ? 'checked_in' : 'present';
}

function identityOf(item: Accepted): string {
  return `${item.event.source}\n${item.event.id}`;
}

/** Simulated when the hub says so, or when anything that feeds this page says so of itself. */
function looksSimulated(model: Model): boolean {
  const { meeting, attendance, points, latest } = model;
  return (
    meeting.simulated === true ||
    saysSimulated(meeting.title) ||
    (attendance?.freshness.sources ?? []).some((source) => isSimulatedSource(source.source)) ||
    points.some((point) => saysSimulated(point.name)) ||
    latest.some((item) => isSimulatedSource(item.event.source))
  );
}
