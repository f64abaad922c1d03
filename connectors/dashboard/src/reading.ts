// The reads of one meeting, now or as of then: what the hub knew at a position (as_of), what had happened by an instant
// (until), or both. Nothing is kept here.

import { read, readAll, ReadError } from './api';
import type {
  Accepted,
  Attendance,
  DelegateRow,
  FeedbackRow,
  Freshness,
  Instant,
  ListAnswer,
  Matrix,
  Meeting,
  PaperRow,
  PointRow,
  Position,
  ReadinessRow,
} from './types';

export interface When {
  as_of?: Position;
  until?: Instant;
}

export const kAbsences = ['absent_with_leave', 'absent_without_leave', 'substitute'] as const;
export type Absence = (typeof kAbsences)[number];

export interface AbsentList {
  rows: DelegateRow[];
  /** The hub has more of them than are read here. */
  more: boolean;
}

/** An event whose identity is taken by another content: held in quarantine until somebody decides. */
export interface Conflict {
  id: string;
  source: string;
  event_id: string;
  received_at?: Instant;
}

export interface ConflictList {
  rows: Conflict[];
  more: boolean;
}

const kAbsentMost = 300;
const kConflictsMost = 50;

export class Reading {
  private readonly path: string;

  constructor(
    private readonly meetingId: string,
    private readonly when: When = {},
  ) {
    this.path = `/v1/meetings/${encodeURIComponent(meetingId)}`;
  }

  meeting(atLeast: Position): Promise<Meeting> {
    return read<Meeting>(this.at(''), atLeast);
  }

  attendance(atLeast: Position): Promise<Attendance> {
    return read<Attendance>(this.at('/attendance'), atLeast);
  }

  points(atLeast: Position): Promise<ListAnswer<PointRow>> {
    return readAll<PointRow>(this.at('/points'), atLeast);
  }

  papers(atLeast: Position): Promise<ListAnswer<PaperRow>> {
    return readAll<PaperRow>(this.at('/papers'), atLeast);
  }

  feedback(atLeast: Position): Promise<ListAnswer<FeedbackRow>> {
    return readAll<FeedbackRow>(this.at('/feedback'), atLeast);
  }

  readiness(atLeast: Position): Promise<ListAnswer<ReadinessRow>> {
    return readAll<ReadinessRow>(this.at('/readiness'), atLeast);
  }

  /** Null from a hub that has no such path. */
  async matrix(atLeast: Position): Promise<Matrix | null> {
    try {
      return await read<Matrix>(this.at('/matrix'), atLeast);
    } catch (error) {
      if (error instanceof ReadError && error.status === 404) return null;
      throw error;
    }
  }

  async absent(atLeast: Position): Promise<Record<Absence, AbsentList>> {
    const lists = await Promise.all(
      kAbsences.map((flag) =>
        read<ListAnswer<DelegateRow>>(this.at('/delegates', { flag, page_size: String(kAbsentMost) }), atLeast),
      ),
    );
    const of = (index: number): AbsentList => ({
      rows: lists[index]?.items ?? [],
      more: (lists[index]?.next_page_token ?? '') !== '',
    });
    return { absent_with_leave: of(0), absent_without_leave: of(1), substitute: of(2) };
  }

  /** The quarantine has no history: it is always as it is now. */
  async conflicts(): Promise<ConflictList> {
    const query = `reason=conflict&state=held&page_size=${kConflictsMost}`;
    const answer = await read<ListAnswer<Conflict>>(`/v1/quarantine?${query}`);
    const rows = answer.items.map(({ id, source, event_id, received_at }) => ({ id, source, event_id, received_at }));
    return { rows, more: (answer.next_page_token ?? '') !== '' };
  }

  /** Events of the meeting after `position`, oldest first. */
  async journalAfter(position: Position, most: number): Promise<(Accepted & { recorded_at?: Instant })[]> {
    const meeting = encodeURIComponent(this.meetingId);
    const after = encodeURIComponent(position);
    const answer = await read<{ items: Accepted[]; freshness?: Freshness }>(
      `/v1/journal?meeting=${meeting}&after=${after}&page_size=${most}`,
    );
    return answer.items.filter((item) => item.event);
  }

  private at(path: string, query: Record<string, string> = {}): string {
    const parameters = new URLSearchParams(query);
    if (this.when.as_of) parameters.set('as_of', this.when.as_of);
    if (this.when.until) parameters.set('until', this.when.until);
    const text = parameters.toString();
    return `${this.path}${path}${text ? `?${text}` : ''}`;
  }
}
