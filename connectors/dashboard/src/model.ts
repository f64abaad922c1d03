// One meeting as the pages show it: the hub's own answers side by side. Filled by live.ts from the feed, and by the
// history page as of a moment; the views read it and never write it.

import type { FeedState } from '@dongbo/feed';
import type { ReadError } from './api';
import { isSimulatedSource, saysSimulated } from './labels';
import type { Absence, AbsentList, ConflictList } from './reading';
import type {
  Accepted,
  Attendance,
  FeedbackRow,
  IndexRow,
  Matrix,
  Meeting,
  PaperRow,
  PointRow,
  Position,
  ReadinessRow,
} from './types';

export type Part =
  | 'meeting'
  | 'points'
  | 'attendance'
  | 'matrix'
  | 'absent'
  | 'papers'
  | 'feedback'
  | 'readiness'
  | 'conflicts'
  | 'indexes'
  | 'latest'
  | 'connection';

/** Whether a part has been read: nothing is known of one that is missing here, and what was read is kept when a later read fails. */
export type Readings = Partial<Record<Part, 'held' | 'failed'>>;

/** A meeting of more points than this is shown smaller, with points as rows, and read less often. */
export const kManyPoints = 40;

export interface Model {
  readings: Readings;
  meeting: Meeting;
  points: PointRow[];
  attendance: Attendance | null;
  /** Null before it is read, and from a hub that has none. */
  matrix: Matrix | null;
  absent: Record<Absence, AbsentList> | null;
  papers: PaperRow[];
  feedback: FeedbackRow[];
  readiness: ReadinessRow[];
  conflicts: ConflictList;
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

export function emptyModel(meeting: Meeting): Model {
  return {
    readings: {},
    meeting,
    points: [],
    attendance: null,
    matrix: null,
    absent: null,
    papers: [],
    feedback: [],
    readiness: [],
    conflicts: { rows: [], more: false },
    indexes: new Map(),
    latest: [],
    feed: { kind: 'reading' },
    readError: null,
    position: '',
    simulated: false,
  };
}

/**
 * The figure that stands in front: who is here while the meeting runs, who came once it is over. A closed meeting whose
 * rooms have emptied would otherwise look as if nobody had come.
 */
export function leadingFigure(model: Model): 'present' | 'checked_in' {
  return model.meeting.state === 'closed' ? 'checked_in' : 'present';
}

/** Simulated when the hub says so, or when anything that feeds this page says so of itself. */
export function looksSimulated(model: Model): boolean {
  const { meeting, attendance, points, latest } = model;
  return (
    meeting.simulated === true ||
    saysSimulated(meeting.title) ||
    (attendance?.freshness.sources ?? []).some((source) => isSimulatedSource(source.source)) ||
    points.some((point) => saysSimulated(point.name)) ||
    latest.some((item) => isSimulatedSource(item.event.source))
  );
}

/** Source and id together name a fact; a feed that resumes may bring one again. */
export function identityOf(item: Accepted): string {
  return `${item.event.source}\n${item.event.id}`;
}
