// The state of one meeting as the page shows it, kept up to date from the feed.
//
// A snapshot reads every resource once; the feed then says which of them changed and only those are read again
// (reread.ts). Figures are always the hub's own answer: nothing is counted here, so what the page shows is what the API
// says at the position named beside it.
//
// Lives as long as the page shows this meeting; close() ends it. Single-threaded like everything in a page.

import { earliestOf, latestOf, openFeed, stepBack, type Feed } from '@dongbo/feed';
import { readAll, ReadError } from './api';
import { followWhileSeen } from './attended';
import { emptyModel, identityOf, kManyPoints, looksSimulated, type Model, type Part } from './model';
import { Reading } from './reading';
import { Reread } from './reread';
import type { Accepted, IndexRow, Meeting, Position } from './types';

export const kIndexes = ['PAR INDEX', 'SIPAS', 'PAPI'] as const;
export const kIndexYear = 2022;
export const kHomeUnit = '49';

const kLatestKept = 40;
const kJournalLookBack = 60;

/** What is read of a meeting: which facts change it, and how often at most it is read again. */
type Resource = 'meeting' | 'points' | 'attendance' | 'matrix' | 'absent' | 'papers' | 'feedback' | 'readiness' | 'conflicts';
const kResources: Record<Resource, { areas: RegExp; everyMs: number }> = {
  meeting: { areas: /^meeting$/, everyMs: 1000 },
  points: { areas: /^(meeting|readiness)$/, everyMs: 500 },
  attendance: { areas: /./, everyMs: 500 }, // it carries the freshness of the whole meeting, so every event counts
  matrix: { areas: /^(meeting|invitation|registration|attendance)$/, everyMs: 2000 },
  absent: { areas: /^(meeting|invitation|registration|attendance)$/, everyMs: 2000 },
  papers: { areas: /^paper$/, everyMs: 1000 },
  feedback: { areas: /^feedback$/, everyMs: 1000 },
  readiness: { areas: /^readiness$/, everyMs: 2000 },
  // A conflict is no event of the feed; it is looked for when something else has happened.
  conflicts: { areas: /./, everyMs: 5000 },
};
const kNames = Object.keys(kResources) as Resource[];
/** What the page cannot do without. */
const kFirst: readonly Resource[] = ['meeting', 'points', 'attendance'];

export class Live {
  readonly model: Model;
  private readonly feeds: Feed[] = [];
  private readonly rereads = new Map<Resource | 'indexes', Reread>();
  private readonly failures = new Map<string, ReadError>();
  private readonly reading: Reading;
  private closed = false;
  private stopPausing = (): void => undefined;

  constructor(
    meeting: Meeting,
    private readonly onChange: (parts: Part[]) => void,
  ) {
    this.reading = new Reading(meeting.meeting);
    this.model = emptyModel(meeting);
    for (const name of kNames) {
      this.rereads.set(name, this.reread(name, (atLeast) => this.readOne(name, atLeast), () => this.everyMs(name)));
    }
    this.rereads.set('indexes', this.reread('indexes', (atLeast) => this.readIndexes(atLeast), () => 2000));
  }

  start(): void {
    this.feeds.push(
      openFeed({
        // A type prefix asks for accepted events without the rows they changed: this page reads whole resources again,
        // and one event changes half a dozen rows.
        path: `/v1/feed?meeting=${encodeURIComponent(this.model.meeting.meeting)}&type=vn.dongbo.`,
        snapshot: (why) => this.snapshot(why),
        onAccepted: (item) => this.onAccepted(item),
        onResumed: (position) => kNames.forEach((name) => this.touch(name, position)),
        onState: (state) => {
          this.model.feed = state;
          this.changed('connection');
        },
      }),
      // Index figures belong to no meeting, so the meeting's feed does not carry them.
      openFeed({
        path: `/v1/feed?type=${encodeURIComponent('vn.dongbo.index.')}`,
        snapshot: () => this.firstIndexes(),
        onAccepted: (item) => this.touch('indexes', item.position),
        onResumed: (position) => this.touch('indexes', position),
      }),
    );
    this.stopPausing = followWhileSeen(...this.feeds);
  }

  close(): void {
    this.closed = true;
    this.stopPausing();
    for (const feed of this.feeds) feed.close();
    for (const reread of this.rereads.values()) reread.stop();
  }

  /** Hundreds of points at once are read, and drawn, half as often: nobody follows them faster. */
  private everyMs(name: Resource): number {
    return kResources[name].everyMs * (this.model.points.length > kManyPoints ? 2 : 1);
  }

  private reread(name: Resource | 'indexes', readOnce: (atLeast: Position) => Promise<unknown>, everyMs: () => number): Reread {
    return new Reread(
      async (atLeast) => {
        await readOnce(atLeast);
      },
      everyMs,
      (error) => {
        this.noteFailure(name, error);
        if (error) this.noteUnread(name);
      },
    );
  }

  private touch(name: Resource | 'indexes', position: Position): void {
    this.rereads.get(name)?.touch(position);
  }

  /** What the page cannot do without is read at once; the rest is owed as of the same position and follows. */
  private async snapshot(why: 'start' | 'reset'): Promise<Position> {
    try {
      const reached = await Promise.all(kFirst.map((name) => this.readOne(name, '')));
      const position = reached.reduce((a, b) => earliestOf(a, b));
      this.model.position = position;
      if (why === 'reset') {
        // The old positions mean nothing any more: what was owed is answered by this snapshot.
        for (const reread of this.rereads.values()) reread.forget();
        this.touch('indexes', '');
        this.model.latest = [];
      }
      this.noteFailure('snapshot', null);
      for (const name of kNames) if (!kFirst.includes(name)) this.touch(name, position);
      void this.readLatest(position);
      return position;
    } catch (error) {
      this.noteFailure('snapshot', asReadError(error));
      kFirst.forEach((name) => this.noteUnread(name));
      throw error;
    }
  }

  /** Reads one resource into the model; the position of the answer. */
  private async readOne(name: Resource, atLeast: Position): Promise<Position> {
    const { reading, model } = this;
    let position: Position = '';
    switch (name) {
      case 'meeting':
        model.meeting = await reading.meeting(atLeast);
        position = model.meeting.freshness?.position ?? '';
        break;
      case 'attendance':
        model.attendance = await reading.attendance(atLeast);
        position = model.attendance.freshness.position;
        break;
      case 'points': {
        const answer = await reading.points(atLeast);
        model.points = answer.items;
        position = answer.freshness?.position ?? '';
        break;
      }
      case 'matrix':
        model.matrix = await reading.matrix(atLeast);
        break;
      case 'absent':
        model.absent = await reading.absent(atLeast);
        break;
      case 'papers':
        model.papers = (await reading.papers(atLeast)).items;
        break;
      case 'feedback':
        model.feedback = (await reading.feedback(atLeast)).items;
        break;
      case 'readiness':
        model.readiness = (await reading.readiness(atLeast)).items;
        break;
      case 'conflicts':
        model.conflicts = await reading.conflicts();
        break;
    }
    this.noteHeld(name);
    return position;
  }

  private async firstIndexes(): Promise<Position> {
    try {
      const position = await this.readIndexes();
      this.noteFailure('indexes', null);
      return position;
    } catch (error) {
      this.noteFailure('indexes', asReadError(error));
      this.noteUnread('indexes');
      throw error;
    }
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
    this.noteHeld('indexes');
    return list.freshness?.position ?? '';
  }

  /** The last few events before the snapshot, so that the list of events does not start empty. Best effort. */
  private async readLatest(position: Position): Promise<void> {
    try {
      const items = await this.reading.journalAfter(stepBack(position, kJournalLookBack), 200);
      const newestFirst = [...this.model.latest, ...items.reverse()];
      const once = new Map(newestFirst.map((item) => [identityOf(item), item] as const));
      this.model.latest = [...once.values()].slice(0, kLatestKept);
      this.noteHeld('latest');
    } catch {
      this.noteUnread('latest'); // the list simply starts with what the feed brings
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
    const area = /^vn\.dongbo\.([a-z_]+)\./.exec(item.event.type)?.[1] ?? '-';
    for (const name of kNames) if (kResources[name].areas.test(area)) this.touch(name, item.position);
  }

  private noteFailure(what: string, error: ReadError | null): void {
    if (error) this.failures.set(what, error);
    else if (!this.failures.delete(what)) return;
    this.model.readError = this.failures.values().next().value ?? null;
    this.changed('connection');
  }

  private noteHeld(part: Part): void {
    this.model.readings[part] = 'held';
    this.changed(part);
  }

  private noteUnread(part: Part): void {
    this.model.readings[part] ??= 'failed';
    this.changed(part);
  }

  private changed(part: Part): void {
    if (this.closed) return;
    this.model.simulated = looksSimulated(this.model);
    this.onChange([part]);
  }
}

function asReadError(error: unknown): ReadError {
  return error instanceof ReadError ? error : new ReadError(0, String(error), 1000);
}
