// The contract as types. Written by feed/generate from schemas/events and schemas/openapi.yaml; do not edit.
// A reader takes an enum value it does not know as "other", so every enum also admits other strings.

/** One of the values known when this was written, or one that came later. */
export type Open<T extends string> = T | (string & Record<never, never>);

// ---- answers: schemas/openapi.yaml ----

export type Position = string;

export type OnePosition = string;

export type Time = string;

export type TimeOrEmpty = "" | string;

export type Count = number;

export type Names = string[];

export interface CloudEvent {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  subject?: string;
  time: Time;
  datacontenttype?: string;
  dataschema?: string;
  recordedtime?: Time;
  sequence?: string;
  partitionkey?: string;
  correlationid?: string;
  causationid?: string;
  traceparent?: string;
  data: Record<string, unknown>;
}

export interface Fault {
  pointer: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  outcome?: Open<"conflict" | "invalid" | "failed">;
  id?: string;
  source?: string;
  errors?: Fault[];
}

export type UploadProblem = Problem & {
  lines_taken?: number;
  items_taken?: Count;
  accepted?: Count;
  duplicate?: Count;
  conflict?: Count;
  invalid?: Count;
  failed?: Count;
  items: (Record<string, unknown>)[];
  items_omitted?: Count;
  position?: Position;
};

export type ConflictProblem = Problem & {
  outcome?: "conflict";
  quarantine?: QuarantineId;
};

export interface Outcome {
  outcome: Open<"accepted" | "duplicate">;
  id: string;
  source: string;
  position: OnePosition;
}

export interface BatchOutcome {
  accepted: Count;
  duplicate: Count;
  conflict: Count;
  invalid: Count;
  position: Position;
  items: {
    index: Count;
    id?: string;
    source?: string;
    outcome: Open<"accepted" | "duplicate" | "conflict" | "invalid">;
    position?: string;
    errors?: Fault[];
  }[];
  items_omitted?: Count;
}

export interface Freshness {
  position: Position;
  event_time: TimeOrEmpty;
  provisional?: boolean;
  sources?: SourceFreshness[];
}

export interface SourceFreshness {
  source: string;
  last_event_time: TimeOrEmpty;
  last_seen: TimeOrEmpty;
  missing: Names;
}

export interface List {
  next_page_token: string;
  freshness: Freshness;
}

export interface MeetingItem {
  meeting: string;
  title: string;
  organiser: string;
  chair: string;
  day: string;
  mode: string;
  state: Open<"planned" | "opened" | "closed" | "cancelled">;
  opened_at: TimeOrEmpty;
  closed_at: TimeOrEmpty;
  points: Count;
  simulated: boolean;
}

export type MeetingList = List & {
  items: MeetingItem[];
};

export interface Meeting {
  meeting: string;
  title: string;
  organiser: string;
  chair: string;
  day: string;
  mode: string;
  state: Open<"planned" | "opened" | "closed" | "cancelled">;
  opened_at: TimeOrEmpty;
  closed_at: TimeOrEmpty;
  points: Count;
  simulated: boolean;
  basis: string[];
  agenda: (Record<string, unknown>)[];
  history: (Record<string, unknown>)[];
  freshness: Freshness;
}

export interface PointItem {
  point: string;
  level: string;
  unit: string;
  name: string;
  place: string;
  planned: boolean;
  line: Open<"connected" | "connecting" | "disconnected" | "">;
  sound: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  picture: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  power: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  readiness_time: TimeOrEmpty;
}

export type PointList = List & {
  items: PointItem[];
};

export interface InvitationItem {
  invitation: string;
  point: string;
  unit: string;
  composition: string;
  delegate: string;
  name: string;
  position: string;
  headcount: Count;
  state: Open<"valid" | "withdrawn">;
  issued_at: TimeOrEmpty;
  withdrawn_at: TimeOrEmpty;
  flags: Names;
}

export type InvitationList = List & {
  items: InvitationItem[];
};

export interface RegistrationItem {
  delegate: string;
  invitation: string;
  state: Open<"confirmed" | "declined" | "delegated" | "">;
  leave: boolean;
  reason: string;
  substitute: string;
  substitute_name: string;
  point: string;
  unit: string;
  composition: string;
  time: TimeOrEmpty;
}

export type RegistrationList = List & {
  items: RegistrationItem[];
};

export interface Figures {
  invited: Count;
  registered: Count;
  present: Count;
  checked_in: Count;
  checked_out: Count;
  invited_headcount: Count;
  headcount: Count;
  absent_with_leave: Count;
  absent_without_leave: Count;
  substitutes: Count;
  at_two_points: Count;
  not_invited: Count;
}

export type PointFigures = Figures & {
  point: string;
  last_event_time: TimeOrEmpty;
  flags: (Open<"unplanned_point" | "unknown_unit" | "unknown_composition">)[];
};

export type CompositionFigures = Figures & {
  composition: string;
  name?: string;
  name_en?: string;
  last_event_time?: TimeOrEmpty;
  flags: (Open<"unplanned_point" | "unknown_unit" | "unknown_composition">)[];
};

export type UnitFigures = Figures & {
  unit: string;
  name?: string;
  last_event_time?: TimeOrEmpty;
  flags: (Open<"unplanned_point" | "unknown_unit" | "unknown_composition">)[];
};

export interface Matrix {
  meeting: string;
  cells: (Figures & {
    point: string;
    composition: string;
  })[];
  freshness: Freshness;
}

export interface Attendance {
  meeting: string;
  total: Figures;
  points: PointFigures[];
  compositions: CompositionFigures[];
  units: UnitFigures[];
  arrivals: {
    minute: string;
    checked_in: Count;
  }[];
  attention: {
    at_two_points: {
      delegate: string;
      points: string[];
    }[];
    withdrawn_but_present: {
      delegate: string;
    }[];
    not_invited: {
      delegate: string;
      points: Names;
    }[];
  };
  freshness: Freshness & Record<string, unknown>;
}

export interface DelegateItem {
  delegate: string;
  name: string;
  invited: boolean;
  registered: boolean;
  state: Open<"expected" | "present" | "left" | "absent_with_leave" | "absent_without_leave" | "replaced" | "none">;
  checked_in: boolean;
  present: boolean;
  checked_out: boolean;
  first_in: TimeOrEmpty;
  last_out: TimeOrEmpty;
  points: Names;
  compositions: Names;
  units: Names;
  substitute_for: string;
  replaced_by: string;
  flags: Names;
}

export type DelegateList = List & {
  items: DelegateItem[];
};

export interface ReadinessState {
  line: Open<"connected" | "connecting" | "disconnected" | "">;
  sound: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  picture: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  power: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  time: TimeOrEmpty;
}

export interface ReadinessItem {
  point: string;
  line: Open<"connected" | "connecting" | "disconnected" | "">;
  sound: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  picture: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  power: Open<"ok" | "degraded" | "failed" | "unknown" | "">;
  time: TimeOrEmpty;
  history: ReadinessState[];
}

export type ReadinessList = List & {
  items: ReadinessItem[];
};

export interface PaperItem {
  paper: string;
  unit?: string;
}

export type PaperList = List & {
  items: PaperItem[];
};

export interface BudgetItem {
  estimate: string;
}

export type BudgetList = List & {
  items: BudgetItem[];
};

export interface FeedbackItem {
  feedback: string;
  text?: string;
}

export type FeedbackList = List & {
  items: FeedbackItem[];
};

export interface CommitmentItem {
  commitment: string;
  unit?: string;
  task?: string;
}

export type CommitmentList = List & {
  items: CommitmentItem[];
  conclusions: {
    conclusion: string;
    text: string;
  }[];
};

export interface IndexItem {
  index: string;
  year: number;
  method: string;
  units: Count;
}

export type IndexList = List & {
  items: IndexItem[];
};

export interface IndexFigure {
  unit: string;
  component: string;
  score: string | number | null;
  max: string | number | null;
  rank: number | null;
  population: number | null;
  quality: Open<"stated" | "derived" | "computed" | "ordered" | "band" | "estimated" | "">;
  method: string;
  origin: string;
  published_at: string;
  corrected: boolean;
  corrections: (Record<string, unknown>)[];
}

export type IndexFigures = List & {
  items: IndexFigure[];
};

export interface Unit {
  unit: string;
  code: string;
  name: string;
  level: string;
  kind: string;
  parent: string;
  valid_from: string;
  valid_until: string;
  legal_act: string;
  successors: {
    unit: string;
    kind?: string;
  }[];
}

export type UnitList = List & {
  items: Unit[];
};

export interface UnitsOfCode {
  code: string;
  units: Unit[];
  children: unknown[];
  freshness: Freshness;
}

export interface Source {
  source: string;
  last_event_time: TimeOrEmpty;
  last_seen: TimeOrEmpty;
  events: Count;
  late: Count;
  ahead: Count;
  missing: Names;
  missing_count: Count;
  duplicates: number;
  conflicts: number;
  quarantined: Count;
}

export type SourceList = List & {
  items: Source[];
};

export interface ProjectionShard {
  shard: Count;
  position: number | string;
  head: number | string;
  lag: Count;
  state: Open<"live" | "rebuilding">;
  rebuild: null | {
    progress: number;
    position: number | string;
    head: number | string;
    running: boolean;
    error?: string;
  };
  set_aside: {
    position: number | string;
    reason: string;
  }[];
  set_aside_count: Count;
}

export interface Projection {
  projection: string;
  version: number | string;
  shards: ProjectionShard[];
}

export interface ProjectionList {
  items: Projection[];
  freshness?: Freshness;
}

export interface JournalEntry {
  position: OnePosition;
  recorded_at: Time;
  event: CloudEvent;
}

export type JournalList = List & {
  items: JournalEntry[];
};

export type QuarantineId = string;

export type QuarantineReason = Open<"unreadable" | "invalid" | "conflict" | "unknown_type">;

export interface QuarantineEntry {
  id: QuarantineId;
  reason: QuarantineReason;
  detail: string;
  errors: Fault[];
  origin: {
    door: Open<"http" | "kafka" | "file">;
    topic?: string;
    partition?: number;
    offset?: number;
    file?: string;
    line?: number;
  };
  received_at: TimeOrEmpty;
  state: Open<"held" | "redriven" | "discarded">;
  source: string;
  event_id: string;
  state_note?: string;
  subject?: string;
  content_type?: string;
  attributes?: Record<string, unknown>;
  raw_base64: string;
}

export type QuarantineList = List & {
  items: QuarantineEntry[];
};

export interface Status {
  version: string;
  hub: string;
  started_at_unix: Count;
  position: Position;
  ready: boolean;
  connections: Count;
  feed_sessions: Count;
  resident_bytes: Count;
  json_kernel: string;
  simulated_note: string;
  shards: {
    shard: Count;
    position: number;
    folded: number;
    indexed: number;
    lag: Count;
    queue: number;
    accepted: number;
    duplicates: Count;
    conflicts: Count;
    quarantined: number;
    disk_bytes: number;
    failure: string;
  }[];
  kafka: {
    connected: boolean;
    last_error: string;
    passed_on: number;
    partitions: {
      partition: Count;
      next_offset: number;
      end_offset: number;
      paused: boolean;
    }[];
    out: {
      topic: string;
      shard: Count;
      waiting: Count;
    }[];
  } | null;
}

// ---- events: schemas/events ----

/** A delegate is recorded as present at a point; time is the moment of entry however late the event arrives. */
export interface AttendanceCheckedInV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Substitute for – Delegate who is replaced, when a substitute comes without registration. */
  substitute_for?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** Method – How it was captured: qr, card, nfc, face, list, manual… an open list. */
  method?: string;
  /** Origin – scanner: online device; offline: recorded without network and sent later; paper: typed from a paper list; se… */
  origin?: Open<"scanner" | "offline" | "paper" | "self">;
  /** Device – Identifier of the recording device. */
  device?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A delegate leaves the point; he may come back. */
export interface AttendanceCheckedOutV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Method – How it was captured: qr, card, nfc, face, list, manual… an open list. */
  method?: string;
  /** Origin – scanner: online device; offline: recorded without network and sent later; paper: typed from a paper list; se… */
  origin?: Open<"scanner" | "offline" | "paper" | "self">;
  /** Device – Identifier of the recording device. */
  device?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface AttendanceCorrectedV1EventReference {
  /** Source – The source attribute of the event referred to. */
  source: string;
  /** Event id – The id attribute of the event referred to. */
  id: string;
}

export interface AttendanceCorrectedV1Replacement {
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Substitute for – Delegate who is replaced. */
  substitute_for?: string;
  /** Time – When it really happened. */
  time?: string;
  /** Headcount – Number of people counted or invited by number, kept apart from named lists. */
  headcount?: number;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Method – How it was captured: qr, card, nfc, face, list, manual… an open list. */
  method?: string;
  /** Origin – scanner: online device; offline: recorded without network and sent later; paper: typed from a paper list; se… */
  origin?: Open<"scanner" | "offline" | "paper" | "self">;
  /** Device – Identifier of the recording device. */
  device?: string;
}

/** Corrects an attendance event of any source; it may arrive before what it corrects. */
export interface AttendanceCorrectedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Corrects – The event that is corrected or revoked. */
  corrects: AttendanceCorrectedV1EventReference;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Replacement – The right values. */
  replacement: AttendanceCorrectedV1Replacement;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** People counted at a point, by group where given; apart from named lists. */
export interface AttendanceCountedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Headcount – Number of people counted or invited by number, kept apart from named lists. */
  headcount: number;
  /** Method – How it was captured: qr, card, nfc, face, list, manual… an open list. */
  method?: string;
  /** Origin – scanner: online device; offline: recorded without network and sent later; paper: typed from a paper list; se… */
  origin?: Open<"scanner" | "offline" | "paper" | "self">;
  /** Device – Identifier of the recording device. */
  device?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface AttendanceRevokedV1EventReference {
  /** Source – The source attribute of the event referred to. */
  source: string;
  /** Event id – The id attribute of the event referred to. */
  id: string;
}

/** An attendance event no longer holds; it may arrive before that event. */
export interface AttendanceRevokedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Corrects – The event that is corrected or revoked. */
  corrects: AttendanceRevokedV1EventReference;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface BudgetAppraisedV1BudgetItem {
  /** Item – What is paid for. */
  item: string;
  /** Amount – Amount of the item. */
  amount: number;
  /** Quantity – Quantity. */
  quantity?: number;
  /** Unit price – Price of one. */
  unit_price?: number;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** Opinion of the finance body on the estimate. */
export interface BudgetAppraisedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Estimate – Identifier of the cost estimate. */
  estimate: string;
  /** Items – Items of the estimate. */
  items?: BudgetAppraisedV1BudgetItem[];
  /** Total amount – Total amount; when absent it is the sum of the items. */
  total?: number;
  /** Currency – ISO 4217 currency code; usually VND. */
  currency?: string;
  /** Outcome – agreed, adjusted or returned. */
  outcome?: Open<"agreed" | "adjusted" | "returned">;
  /** Unit – Unit that appraised it. */
  unit?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface BudgetApprovedV1BudgetItem {
  /** Item – What is paid for. */
  item: string;
  /** Amount – Amount of the item. */
  amount: number;
  /** Quantity – Quantity. */
  quantity?: number;
  /** Unit price – Price of one. */
  unit_price?: number;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** The money was approved and granted. */
export interface BudgetApprovedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Estimate – Identifier of the cost estimate. */
  estimate: string;
  /** Items – Items of the estimate. */
  items?: BudgetApprovedV1BudgetItem[];
  /** Total amount – Total amount; when absent it is the sum of the items. */
  total?: number;
  /** Currency – ISO 4217 currency code; usually VND. */
  currency?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Unit – Unit that approved it. */
  unit?: string;
  /** Approver – Name of the approver. */
  approver?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface BudgetEstimatedV1BudgetItem {
  /** Item – What is paid for. */
  item: string;
  /** Amount – Amount of the item. */
  amount: number;
  /** Quantity – Quantity. */
  quantity?: number;
  /** Unit price – Price of one. */
  unit_price?: number;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** A cost estimate was drawn up and sent for appraisal. */
export interface BudgetEstimatedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Estimate – Identifier of the cost estimate. */
  estimate: string;
  /** Items – Items of the estimate. */
  items?: BudgetEstimatedV1BudgetItem[];
  /** Total amount – Total amount; when absent it is the sum of the items. */
  total?: number;
  /** Currency – ISO 4217 currency code; usually VND. */
  currency?: string;
  /** Unit – Unit that drew it up. */
  unit?: string;
  /** Funding – Where the money comes from. */
  funding?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A task is given to a unit; sent again it is reassigned or its day moved. */
export interface CommitmentAssignedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Commitment – Identifier of the task assigned after the conclusion. */
  commitment: string;
  /** Conclusion – Identifier of the chair's conclusion. */
  conclusion?: string;
  /** Unit – Unit that is responsible. */
  unit: string;
  /** Task – What is to be done. */
  task: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Target – Value or aim to be reached. */
  target?: string | number;
  /** Baseline – Value at the time of assignment. */
  baseline?: string | number;
  /** Due day – The day by which it must be done. */
  due?: string;
  /** Supporting units – Units that support. */
  supporting?: string[];
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The task is reported as done. */
export interface CommitmentCompletedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Commitment – Identifier of the task assigned after the conclusion. */
  commitment: string;
  /** Unit – Unit that is responsible. */
  unit?: string;
  /** Completed on – Day of completion; when absent, the day of the event. */
  completed_on?: string;
  /** Result – What was reached. */
  result?: string;
  /** Value – Value reached. */
  value?: string | number;
  /** Evidence – Address of the evidence. */
  evidence?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** Progress of the task. */
export interface CommitmentProgressedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Commitment – Identifier of the task assigned after the conclusion. */
  commitment: string;
  /** Unit – Unit that is responsible. */
  unit?: string;
  /** Percent – Percentage done. */
  percent?: number;
  /** Value – Value reached. */
  value?: string | number;
  /** Text – The text itself. */
  text?: string;
  /** Due day – New day, if extended. */
  due?: string;
  /** Evidence – Address of the evidence. */
  evidence?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The chair's conclusion. */
export interface ConclusionIssuedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Conclusion – Identifier of the chair's conclusion. */
  conclusion: string;
  /** Text – The text itself. */
  text: string;
  /** Title – Title. */
  title?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Number – Number and notation of the notice, when given. */
  number?: string;
  /** Signer – Name of the signer. */
  signer?: string;
  /** Position of the signer – Position of the signer. */
  signer_position?: string;
  /** Due day – The day by which it must be done. */
  due?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A unit answers the feedback; meeting or unit stay as submitted. */
export interface FeedbackAnsweredV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting?: string;
  /** Feedback – Identifier of the opinion, report or proposal. */
  feedback: string;
  /** Unit – Unit that the feedback concerns; the home key when no meeting is named. */
  unit?: string;
  /** Answered by – Unit that answers. */
  by?: string;
  /** Text – The text itself. */
  text: string;
  /** Answerer – Name of the person who answers. */
  answerer?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The feedback goes to the unit that must answer; meeting or unit stay as submitted. */
export interface FeedbackRoutedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting?: string;
  /** Feedback – Identifier of the opinion, report or proposal. */
  feedback: string;
  /** Unit – Unit that the feedback concerns; the home key when no meeting is named. */
  unit?: string;
  /** Routed to – Unit that receives it and must answer. */
  to: string;
  /** Due day – The day by which it must be done. */
  due?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A citizen, business, expert or delegate sends an opinion. */
export interface FeedbackSubmittedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting?: string;
  /** Feedback – Identifier of the opinion, report or proposal. */
  feedback: string;
  /** Unit – Unit that the feedback concerns; the home key when no meeting is named. */
  unit?: string;
  /** From – Group of the author: nguoi_dan, doanh_nghiep, chuyen_gia, dai_bieu, co_quan… */
  from?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Topic – Topic asked for or presented. */
  topic?: string;
  /** Text – The text itself. */
  text: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Author – Name of the author. */
  author?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** Channel – Channel: in person, portal, phone… */
  channel?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface FeedbackSurveyAnsweredV1Factor {
  /** Factor – Code of the factor, see indices.json (SIPAS), e.g. s1. */
  factor: string;
  /** Score – Score that the respondent gave. */
  score: number;
  /** Scale – Top of the scale; 5 when absent. */
  scale?: number;
  /** Comment – Comment in words. */
  comment?: string;
}

/** One satisfaction questionnaire was answered. */
export interface FeedbackSurveyAnsweredV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting?: string;
  /** Unit – Unit that the feedback concerns; the home key when no meeting is named. */
  unit?: string;
  /** Survey – Identifier of the survey. */
  survey: string;
  /** Response – Identifier of the response. */
  response?: string;
  /** From – Group of the author: nguoi_dan, doanh_nghiep, chuyen_gia, dai_bieu, co_quan… */
  from?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Service – Service or procedure asked about. */
  service?: string;
  /** Factors – Scores by factor. */
  factors: FeedbackSurveyAnsweredV1Factor[];
  /** Text – The text itself. */
  text?: string;
  /** Respondent – Name of the respondent, if given. */
  author?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface IndexCorrectedV1EventReference {
  /** Source – The source attribute of the event referred to. */
  source: string;
  /** Event id – The id attribute of the event referred to. */
  id: string;
}

/** A published figure is corrected; the old one is kept. */
export interface IndexCorrectedV1 {
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index: string;
  /** Year – The year that the index measures. */
  year: number;
  /** Method version – Version of the method; years compare only within one version. */
  method: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Name of the component – Name of the component as in the source. */
  component_name?: string;
  /** Score – The score as a decimal string (preferred, keeps the digits) or a number. */
  score?: string | number;
  /** Maximum – Maximum of the component, only where the source states it. */
  max?: string | number;
  /** Rank – Rank within the population. */
  rank?: number;
  /** Best possible rank – Best rank of the band when only a band is known. */
  rank_min?: number;
  /** Worst possible rank – Worst rank of the band when only a band is known. */
  rank_max?: number;
  /** Population of the rank – Number of units that were ranked. */
  population?: number;
  /** Result group – Group of results as the source names it (A, B, C; cao, trung bình cao…). */
  group?: string;
  /** Quality – stated by the source; derived from stated numbers; computed from a data file; ordered: read from the order … */
  quality?: Open<"stated" | "derived" | "computed" | "ordered" | "band" | "estimated">;
  /** Origin of the figure – Document, page or file that the figure comes from. */
  origin?: string;
  /** Published – Day or moment at which the figure was published. */
  published_at?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Corrects – The event that is corrected or revoked. */
  corrects?: IndexCorrectedV1EventReference;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** One figure of an index: index, year, unit and component or total. */
export interface IndexPublishedV1 {
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index: string;
  /** Year – The year that the index measures. */
  year: number;
  /** Method version – Version of the method; years compare only within one version. */
  method: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Name of the component – Name of the component as in the source. */
  component_name?: string;
  /** Score – The score as a decimal string (preferred, keeps the digits) or a number. */
  score?: string | number;
  /** Maximum – Maximum of the component, only where the source states it. */
  max?: string | number;
  /** Rank – Rank within the population. */
  rank?: number;
  /** Best possible rank – Best rank of the band when only a band is known. */
  rank_min?: number;
  /** Worst possible rank – Worst rank of the band when only a band is known. */
  rank_max?: number;
  /** Population of the rank – Number of units that were ranked. */
  population?: number;
  /** Result group – Group of results as the source names it (A, B, C; cao, trung bình cao…). */
  group?: string;
  /** Quality – stated by the source; derived from stated numbers; computed from a data file; ordered: read from the order … */
  quality?: Open<"stated" | "derived" | "computed" | "ordered" | "band" | "estimated">;
  /** Origin of the figure – Document, page or file that the figure comes from. */
  origin?: string;
  /** Published – Day or moment at which the figure was published. */
  published_at?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** Invites one delegate (with identifier) or a number of people of a group to a point. */
export interface InvitationIssuedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Invitation – Identifier of the invitation. */
  invitation: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** Headcount – Number of people counted or invited by number, kept apart from named lists. */
  headcount?: number;
  /** Inviter – Unit that invites. */
  inviter?: string;
  /** Seat – Where the delegate sits. */
  seat?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The invitation ceases at the time of the event; a person who comes all the same is shown. */
export interface InvitationWithdrawnV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Invitation – Identifier of the invitation. */
  invitation: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface MeetingAgendaSetV1AgendaItem {
  /** Item – Identifier of the item. */
  item?: string;
  /** Order – Order; when absent the place in the list. */
  order?: number;
  /** Title – What the item is about. */
  title: string;
  /** Starts at – Planned start. */
  starts_at?: string;
  /** Ends at – Planned end. */
  ends_at?: string;
  /** Minutes – Duration in minutes. */
  minutes?: number;
  /** Unit – Unit that presents. */
  unit?: string;
  /** Presenter – Name of the presenter. */
  presenter?: string;
  /** Position – Position of the presenter. */
  position?: string;
  /** Paper – Identifier of the paper. */
  paper?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** The whole agenda; it replaces the one before. */
export interface MeetingAgendaSetV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Items – Items of the agenda in order. */
  items: MeetingAgendaSetV1AgendaItem[];
  /** Revision – Revision of the agenda. */
  revision?: number;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The meeting will not take place. */
export interface MeetingCancelledV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The meeting closed at the time of the event; absence without leave counts from here. */
export interface MeetingClosedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Chair – The post that chairs (not a person's name). */
  chair?: string;
  /** Name of the chair – Name of the person who chairs. */
  chair_name?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The meeting opened at the time of the event. */
export interface MeetingOpenedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Chair – The post that chairs (not a person's name). */
  chair?: string;
  /** Name of the chair – Name of the person who chairs. */
  chair_name?: string;
  /** Actor – The person who did it (name or account). */
  actor?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The plan of the meeting was issued. */
export interface MeetingPlannedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Title – Title of the meeting. */
  title: string;
  /** Organiser – Identifier of the unit that organises it. */
  organiser?: string;
  /** Chair – The post that chairs (not a person's name). */
  chair?: string;
  /** Name of the chair – Name of the person who chairs. */
  chair_name?: string;
  /** Day – Planned day. */
  day: string;
  /** Starts at – Planned start. */
  starts_at?: string;
  /** Ends at – Planned end. */
  ends_at?: string;
  /** Mode – How it is held: online, in person, hybrid. */
  mode?: Open<"online" | "in_person" | "hybrid">;
  /** Place – Where it is held. */
  place?: string;
  /** Basis – Documents it rests on. */
  basis?: string[];
  /** Indexes – Indexes to be discussed. */
  indexes?: string[];
  /** Purpose – Purpose and requirements. */
  purpose?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A meeting point is part of the plan. */
export interface MeetingPointPlannedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point: string;
  /** Level – Level of the point. */
  level?: Open<"central" | "province" | "district" | "commune" | "agency" | "other">;
  /** Unit – Unit responsible for the point. */
  unit?: string;
  /** Name of the point – Name of the meeting point. */
  name?: string;
  /** Place – Where it is held. */
  place?: string;
  /** Capacity – Number of seats. */
  capacity?: number;
  /** Order – Order of display. */
  order?: number;
  /** Composition groups – Groups expected at the point. */
  compositions?: string[];
  /** Contact – Name of the contact at the point. */
  contact_name?: string;
  /** Contact phone – Phone of the contact at the point. */
  contact_phone?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** Day, hour or place of the meeting changed. */
export interface MeetingRescheduledV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** New day – The new day. */
  day: string;
  /** Previous day – The day before the change. */
  previous_day?: string;
  /** Starts at – Planned start. */
  starts_at?: string;
  /** Ends at – Planned end. */
  ends_at?: string;
  /** Place – Where it is held. */
  place?: string;
  /** Mode – How it is held: online, in person, hybrid. */
  mode?: Open<"online" | "in_person" | "hybrid">;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The paper was approved for the agenda. */
export interface PaperApprovedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Paper – Identifier of the paper. */
  paper: string;
  /** Unit – Unit asked for or giving the paper. */
  unit?: string;
  /** Order – Order of presentation. */
  order?: number;
  /** Minutes – Duration in minutes. */
  minutes?: number;
  /** Approver – Name of the approver. */
  approver?: string;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The paper was presented at the meeting. */
export interface PaperPresentedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Paper – Identifier of the paper. */
  paper: string;
  /** Unit – Unit asked for or giving the paper. */
  unit?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate?: string;
  /** Speaker – Name of the speaker. */
  speaker?: string;
  /** Position – Position of the speaker. */
  position?: string;
  /** Minutes – Duration in minutes. */
  minutes?: number;
  /** Started – When it began. */
  started_at?: string;
  /** Ended – When it ended. */
  ended_at?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** A unit is asked to prepare a paper; sent again it is a reminder. */
export interface PaperRequestedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Paper – Identifier of the paper. */
  paper: string;
  /** Unit – Unit asked for or giving the paper. */
  unit: string;
  /** Topic – Topic asked for or presented. */
  topic?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Due day – The day by which it must be done. */
  due?: string;
  /** Minutes – Duration in minutes. */
  minutes?: number;
  /** Reminder – True when this is a reminder. */
  reminder?: boolean;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The paper was handed in; sent again it is a revision. */
export interface PaperSubmittedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Paper – Identifier of the paper. */
  paper: string;
  /** Unit – Unit asked for or giving the paper. */
  unit?: string;
  /** Title – Title of the paper. */
  title?: string;
  /** Topic – Topic asked for or presented. */
  topic?: string;
  /** Index – Name of the index, see indices.json, e.g. PAR INDEX, SIPAS, PAPI. */
  index?: string;
  /** Index component – Code of the area, dimension or criterion of the index; absent means the total. */
  component?: string;
  /** Speaker – Name of the speaker. */
  speaker?: string;
  /** Position – Position of the speaker. */
  position?: string;
  /** Pages – Number of pages. */
  pages?: number;
  /** Revision – Revision. */
  revision?: number;
  /** Document – Address of the document; its content is not part of the event. */
  document?: string;
  /** SHA-256 – Digest of the paper's file. */
  sha256?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** State of line, sound, picture and power at a point; only what was checked is given. */
export interface ReadinessReportedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point: string;
  /** Line – connected, connecting or disconnected. */
  line?: Open<"connected" | "connecting" | "disconnected">;
  /** Sound – ok, degraded, failed or unknown. */
  sound?: Open<"ok" | "degraded" | "failed" | "unknown">;
  /** Picture – ok, degraded, failed or unknown. */
  picture?: Open<"ok" | "degraded" | "failed" | "unknown">;
  /** Power – ok, degraded, failed or unknown. */
  power?: Open<"ok" | "degraded" | "failed" | "unknown">;
  /** Backup line – State of the backup line; none: there is none. */
  backup_line?: Open<"connected" | "connecting" | "disconnected" | "none">;
  /** Bandwidth (Mbit/s) – Measured bandwidth. */
  bandwidth_mbps?: number;
  /** Rehearsal – True when reported during a rehearsal. */
  rehearsal?: boolean;
  /** Technician – Name of the technician. */
  technician?: string;
  /** Phone – Phone of the technician. */
  phone?: string;
  /** Origin – scanner: online device; offline: recorded without network and sent later; paper: typed from a paper list; se… */
  origin?: Open<"scanner" | "offline" | "paper" | "self">;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** An earlier registration changes; only what changes is given. */
export interface RegistrationChangedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** State – New state: confirmed, declined or delegated. */
  state?: Open<"confirmed" | "declined" | "delegated">;
  /** With leave – True: absent with leave; false or absent: without leave. */
  leave?: boolean;
  /** Substitute – Delegate identifier of the substitute. */
  substitute?: string;
  /** Name of the substitute – Full name of the substitute. */
  substitute_name?: string;
  /** Position of the substitute – Position of the substitute. */
  substitute_position?: string;
  /** Phone of the substitute – Phone number of the substitute. */
  substitute_phone?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The delegate confirms to come. */
export interface RegistrationConfirmedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The delegate will not come, with or without leave. */
export interface RegistrationDeclinedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** With leave – True: absent with leave; false or absent: without leave. */
  leave?: boolean;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The delegate sends another person in his place (dự thay): same seat, other person. */
export interface RegistrationDelegatedV1 {
  /** Meeting – Identifier of the meeting; everything that belongs to it lives in one shard. */
  meeting: string;
  /** Delegate – Identifier of the delegate within the meeting; one person keeps one identifier in all groups and points. */
  delegate: string;
  /** Invitation – Identifier of the invitation. */
  invitation?: string;
  /** Meeting point – Identifier of the meeting point; a point nobody planned is stored and flagged. */
  point?: string;
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit?: string;
  /** Composition group – Code of the composition group, see compositions.json; an unknown group is stored and flagged. */
  composition?: string;
  /** Full name – Full name of the delegate. */
  name?: string;
  /** Position – Position of the person named. */
  position?: string;
  /** Phone – Phone number for contact. */
  phone?: string;
  /** E-mail – E-mail address for contact. */
  email?: string;
  /** Substitute – Delegate identifier of the substitute. */
  substitute: string;
  /** Name of the substitute – Full name of the substitute. */
  substitute_name?: string;
  /** Position of the substitute – Position of the substitute. */
  substitute_position?: string;
  /** Phone of the substitute – Phone number of the substitute. */
  substitute_phone?: string;
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface UnitChangedV1Successor {
  /** Unit – Identifier of the succeeding unit. */
  unit: string;
  /** Kind of succession – rename, merge, split, part, transfer or abolish. */
  kind?: Open<"rename" | "merge" | "split" | "part" | "transfer" | "abolish">;
  /** Share – Share that goes to the successor, only when an act states it; without it amounts cannot be restated. */
  share?: number;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** Name, code, kind or parent of a unit change from a day on; only what changes is given. */
export interface UnitChangedV1 {
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit: string;
  /** Administrative code – Administrative or agency code at that time; it may be reused for another unit. */
  code?: string;
  /** Name – Full Vietnamese name of the unit. */
  name?: string;
  /** Short name – Short name for display. */
  short_name?: string;
  /** English name – English name shown beside the Vietnamese one. */
  name_en?: string;
  /** Level – Level: central, province, district, commune, agency, other. */
  level?: Open<"central" | "province" | "district" | "commune" | "agency" | "other">;
  /** Kind – Kind as named in Vietnamese: tỉnh, huyện, thị xã, thành phố, xã, phường, thị trấn, đặc khu, sở… */
  kind?: string;
  /** Parent unit – Identifier of the unit directly above; null when there is none. */
  parent?: string | null;
  /** Valid from – Day on which the change takes effect; when absent, the day of the event. */
  valid_from?: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Kind of change – rename, merge, split, part, transfer or abolish. */
  change?: Open<"rename" | "merge" | "split" | "part" | "transfer" | "abolish">;
  /** Predecessors – Identifiers of the units it comes from. */
  predecessors?: string[];
  /** Successors – Succeeding units, possibly several; an empty list means none. */
  successors?: UnitChangedV1Successor[];
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

export interface UnitDissolvedV1Successor {
  /** Unit – Identifier of the succeeding unit. */
  unit: string;
  /** Kind of succession – rename, merge, split, part, transfer or abolish. */
  kind?: Open<"rename" | "merge" | "split" | "part" | "transfer" | "abolish">;
  /** Share – Share that goes to the successor, only when an act states it; without it amounts cannot be restated. */
  share?: number;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
}

/** The unit ceases from a day on; it may have successors. */
export interface UnitDissolvedV1 {
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit: string;
  /** Administrative code – Administrative or agency code at that time; it may be reused for another unit. */
  code?: string;
  /** Valid until – Day from which it is no longer valid (exclusive). */
  valid_until: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Successors – Succeeding units, possibly several; an empty list means none. */
  successors?: UnitDissolvedV1Successor[];
  /** Reason – The reason; expected with every change, correction or revocation. */
  reason?: string;
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** An administrative unit or agency enters the registry, valid from a day. */
export interface UnitEstablishedV1 {
  /** Unit – Lasting identifier of the unit (not its administrative code); an unknown unit is stored and flagged. */
  unit: string;
  /** Administrative code – Administrative or agency code at that time; it may be reused for another unit. */
  code?: string;
  /** Name – Full Vietnamese name of the unit. */
  name: string;
  /** Short name – Short name for display. */
  short_name?: string;
  /** English name – English name shown beside the Vietnamese one. */
  name_en?: string;
  /** Level – Level: central, province, district, commune, agency, other. */
  level: Open<"central" | "province" | "district" | "commune" | "agency" | "other">;
  /** Kind – Kind as named in Vietnamese: tỉnh, huyện, thị xã, thành phố, xã, phường, thị trấn, đặc khu, sở… */
  kind?: string;
  /** Parent unit – Identifier of the unit directly above; null when there is none. */
  parent?: string | null;
  /** Valid from – First day of validity (inclusive). */
  valid_from: string;
  /** Legal act – Number, notation and date of the document it rests on. */
  legal_act?: string;
  /** Predecessors – Identifiers of the units it comes from. */
  predecessors?: string[];
  /** Note – Free note; no personal data belongs here. */
  note?: string;
  /** Simulated – True when the data is simulated rather than real. */
  simulated?: boolean;
}

/** The data of every type of event. */
export interface EventData {
  'vn.dongbo.attendance.checked_in.v1': AttendanceCheckedInV1;
  'vn.dongbo.attendance.checked_out.v1': AttendanceCheckedOutV1;
  'vn.dongbo.attendance.corrected.v1': AttendanceCorrectedV1;
  'vn.dongbo.attendance.counted.v1': AttendanceCountedV1;
  'vn.dongbo.attendance.revoked.v1': AttendanceRevokedV1;
  'vn.dongbo.budget.appraised.v1': BudgetAppraisedV1;
  'vn.dongbo.budget.approved.v1': BudgetApprovedV1;
  'vn.dongbo.budget.estimated.v1': BudgetEstimatedV1;
  'vn.dongbo.commitment.assigned.v1': CommitmentAssignedV1;
  'vn.dongbo.commitment.completed.v1': CommitmentCompletedV1;
  'vn.dongbo.commitment.progressed.v1': CommitmentProgressedV1;
  'vn.dongbo.conclusion.issued.v1': ConclusionIssuedV1;
  'vn.dongbo.feedback.answered.v1': FeedbackAnsweredV1;
  'vn.dongbo.feedback.routed.v1': FeedbackRoutedV1;
  'vn.dongbo.feedback.submitted.v1': FeedbackSubmittedV1;
  'vn.dongbo.feedback.survey_answered.v1': FeedbackSurveyAnsweredV1;
  'vn.dongbo.index.corrected.v1': IndexCorrectedV1;
  'vn.dongbo.index.published.v1': IndexPublishedV1;
  'vn.dongbo.invitation.issued.v1': InvitationIssuedV1;
  'vn.dongbo.invitation.withdrawn.v1': InvitationWithdrawnV1;
  'vn.dongbo.meeting.agenda_set.v1': MeetingAgendaSetV1;
  'vn.dongbo.meeting.cancelled.v1': MeetingCancelledV1;
  'vn.dongbo.meeting.closed.v1': MeetingClosedV1;
  'vn.dongbo.meeting.opened.v1': MeetingOpenedV1;
  'vn.dongbo.meeting.planned.v1': MeetingPlannedV1;
  'vn.dongbo.meeting.point_planned.v1': MeetingPointPlannedV1;
  'vn.dongbo.meeting.rescheduled.v1': MeetingRescheduledV1;
  'vn.dongbo.paper.approved.v1': PaperApprovedV1;
  'vn.dongbo.paper.presented.v1': PaperPresentedV1;
  'vn.dongbo.paper.requested.v1': PaperRequestedV1;
  'vn.dongbo.paper.submitted.v1': PaperSubmittedV1;
  'vn.dongbo.readiness.reported.v1': ReadinessReportedV1;
  'vn.dongbo.registration.changed.v1': RegistrationChangedV1;
  'vn.dongbo.registration.confirmed.v1': RegistrationConfirmedV1;
  'vn.dongbo.registration.declined.v1': RegistrationDeclinedV1;
  'vn.dongbo.registration.delegated.v1': RegistrationDelegatedV1;
  'vn.dongbo.unit.changed.v1': UnitChangedV1;
  'vn.dongbo.unit.dissolved.v1': UnitDissolvedV1;
  'vn.dongbo.unit.established.v1': UnitEstablishedV1;
}
