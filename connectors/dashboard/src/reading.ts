// The reads of one meeting, now or as of then: what the hub knew at a position (as_of), what had happened by an instant
// (until), or both. Nothing is kept here.

import { read, readAll, ReadError } from './api';
import { bytesOf } from './base64';
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
}

type HeldConflict = Conflict & { subject?: string; attributes?: Record<string, string>; raw_base64: string };

export interface ConflictList {
  rows: Conflict[];
  more: boolean;
}

const kAbsentMost = 300;
const kConflictsAPage = 50;
const kConflictPagesMost = 4;

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

  /** Of this meeting, which the quarantine cannot be asked for. It has no history: it is always as it is now. */
  async conflicts(): Promise<ConflictList> {
    const rows: Conflict[] = [];
    let token = '';
    for (let page = 0; page < kConflictPagesMost; page += 1) {
      const query = `reason=conflict&state=held&page_size=${kConflictsAPage}&page_token=${encodeURIComponent(token)}`;
      const answer = await read<ListAnswer<HeldConflict>>(`/v1/quarantine?${query}`);
      for (const held of answer.items) {
        if (isOf(this.meetingId, held)) rows.push({ id: held.id, source: held.source, event_id: held.event_id });
      }
      token = answer.next_page_token ?? '';
      if (token === '') break;
    }
    return { rows, more: token !== '' };
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

/** Whether a held event is about the meeting: its data say so, else its subject. */
function isOf(meeting: string, { subject, attributes, raw_base64 }: HeldConflict): boolean {
  const said = meetingIn(raw_base64, Object.keys(attributes ?? {}).length > 0);
  return said === undefined ? `${subject ?? ''}/`.startsWith(`meetings/${meeting}/`) : said === meeting;
}

/** The meeting that the raw bytes name: of an event, or of its data alone when its attributes came beside them. */
function meetingIn(base64: string, dataAlone: boolean): unknown {
  try {
    const raw = JSON.parse(new TextDecoder().decode(bytesOf(base64))) as Record<string, unknown> & { data?: Record<string, unknown> };
    return (dataAlone ? raw : raw.data)?.meeting;
  } catch {
    return undefined;
  }
}
