// What the hub answers, as far as these pages read it: the contract's types (@dongbo/feed), loosened. Every member the
// page could live without is optional, so that an older or newer hub does not break it.

import type * as contract from '@dongbo/feed';

export type { Accepted, Changed, CloudEvent, Position, Reset } from '@dongbo/feed';

/** RFC 3339 with offset, or "" where nothing has happened yet. */
export type Instant = string;

export type Loose<T, Needed extends keyof T> = Partial<T> & Pick<T, Needed>;

export type SourceFreshness = Loose<contract.SourceFreshness, 'source'> & { missing_count?: number };
export type Freshness = Omit<Loose<contract.Freshness, 'position'>, 'sources'> & { sources?: SourceFreshness[] };

export interface ListAnswer<T> {
  items: T[];
  next_page_token?: string;
  freshness?: Freshness;
}

export type MeetingState = 'planned' | 'opened' | 'closed' | 'cancelled';

/** One thing that was said of the meeting itself. */
export interface MeetingFact {
  fact?: string;
  day?: string;
  previous_day?: string;
  reason?: string;
  legal_act?: string;
}

export type Meeting = Omit<Loose<contract.Meeting, 'meeting'>, 'state' | 'freshness' | 'history'> & {
  state?: MeetingState;
  place?: string;
  /** By event time. */
  history?: MeetingFact[];
  starts_at?: Instant;
  ends_at?: Instant;
  freshness?: Freshness;
};

export type PointRow = Loose<contract.PointItem, 'point'> & { order?: number | null; compositions?: string[] };

export type Figures = contract.Figures;
export type PointFigures = Figures & { point: string; last_event_time?: Instant; flags?: string[] };
export type CompositionFigures = Figures & { composition: string; name?: string; name_en?: string; flags?: string[] };

export interface Arrival {
  minute: string;
  checked_in: number;
}

export interface AttentionCase {
  delegate: string;
  points?: string[];
}

export interface Attention {
  at_two_points?: AttentionCase[];
  withdrawn_but_present?: AttentionCase[];
  not_invited?: AttentionCase[];
  /** False when the hub lists only the first of them. */
  complete?: boolean;
}

export interface Attendance {
  meeting: string;
  total: Figures;
  points: PointFigures[];
  compositions: CompositionFigures[];
  arrivals: Arrival[];
  attention?: Attention;
  freshness: Freshness;
}

/** Composition group × point. */
export type Matrix = Omit<contract.Matrix, 'freshness'> & { freshness: Freshness };
export type MatrixCell = Matrix['cells'][number];

export type DelegateRow = Loose<contract.DelegateItem, 'delegate'>;

export interface RegistrationRow {
  delegate: string;
  state?: string;
  leave?: boolean;
  substitute?: string;
  point?: string;
  composition?: string;
  time?: Instant;
}

export interface PaperRow {
  paper: string;
  unit?: string;
  topic?: string;
  title?: string;
  index?: string;
  component?: string;
  due?: string;
  state?: string;
  requested_at?: Instant;
  submitted_at?: Instant;
  approved_at?: Instant;
  presented_at?: Instant;
  order?: number | null;
  minutes?: number | null;
  point?: string;
}

export interface FeedbackRow {
  feedback: string;
  unit?: string;
  from?: string;
  index?: string;
  component?: string;
  topic?: string;
  text?: string;
  point?: string;
  state?: string;
  to?: string;
  due?: string;
  submitted_at?: Instant;
  routed_at?: Instant;
  answered_at?: Instant;
}

export type ReadinessState = Partial<contract.ReadinessState> & { rehearsal?: boolean };
export type ReadinessRow = Omit<Loose<contract.ReadinessItem, 'point'>, 'history'> & { history?: ReadinessState[] };

export interface IndexRow {
  index?: string;
  year?: number;
  unit: string;
  component?: string | null;
  score?: string | number | null;
  max?: string | number | null;
  rank?: number | null;
  population?: number | null;
  quality?: string;
  method?: string;
  origin?: string;
  published_at?: Instant;
  corrected?: boolean;
}
