// What the hub answers, as far as these pages read it. The names are the hub's own (GET /openapi.yaml);
// every field the page could live without is optional, so that an older or newer hub does not break it.

/** RFC 3339 with offset, or "" where nothing has happened yet. */
export type Instant = string;

/** Position vector, `shard:sequence` joined by commas, e.g. "0:41,1:7". */
export type Position = string;

export interface SourceFreshness {
  source: string;
  last_event_time?: Instant;
  last_seen?: Instant;
  missing?: string[];
  missing_count?: number;
}

export interface Freshness {
  position: Position;
  event_time?: Instant;
  provisional?: boolean;
  sources?: SourceFreshness[];
}

export interface ListAnswer<T> {
  items: T[];
  next_page_token?: string;
  freshness?: Freshness;
}

export type MeetingState = 'planned' | 'opened' | 'closed' | 'cancelled';

export interface Meeting {
  meeting: string;
  title?: string;
  organiser?: string;
  chair?: string;
  day?: string;
  mode?: string;
  state?: MeetingState;
  opened_at?: Instant | null;
  closed_at?: Instant | null;
  points?: number;
  simulated?: boolean;
  freshness?: Freshness;
}

export interface PointRow {
  point: string;
  level?: string;
  unit?: string;
  name?: string;
  place?: string;
  planned?: boolean;
  order?: number | null;
  line?: string;
  sound?: string;
  picture?: string;
  power?: string;
  readiness_time?: Instant;
}

export interface Figures {
  invited: number;
  registered: number;
  present: number;
  checked_in: number;
  checked_out: number;
  invited_headcount: number;
  headcount: number;
  absent_with_leave: number;
  absent_without_leave: number;
  substitutes: number;
  at_two_points: number;
  not_invited: number;
}

export interface PointFigures extends Figures {
  point: string;
  last_event_time?: Instant;
  flags?: string[];
}

export interface CompositionFigures extends Figures {
  composition: string;
  name?: string;
  name_en?: string;
  flags?: string[];
}

export interface Arrival {
  minute: string;
  checked_in: number;
}

export interface Attention {
  at_two_points?: { delegate: string; points?: string[] }[];
  withdrawn_but_present?: { delegate: string; points?: string[] }[];
  not_invited?: { delegate: string; points?: string[] }[];
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

export interface CloudEvent {
  id: string;
  source: string;
  type: string;
  subject?: string;
  time: Instant;
  data?: Record<string, unknown>;
}

/** `event: accepted` of the feed, and the items of GET /v1/journal. */
export interface Accepted {
  event: CloudEvent;
  position: Position;
}

/** `event: changed` of the feed: one row of one projection as it stands at `position`. */
export interface Changed {
  projection: string;
  table?: string;
  key?: Record<string, string>;
  row?: Record<string, unknown> | null;
  position: Position;
}

export interface Reset {
  position: Position;
  reason?: string;
}
