// What the operations part of the API answers, as far as the administrator's page reads it (GET /openapi.yaml).

import type { Instant, Position } from '../../types';

export interface ShardStatus {
  shard: number;
  position: number;
  folded: number;
  lag: number;
  queue?: number;
  accepted?: number;
  duplicates?: number;
  conflicts?: number;
  quarantined?: number;
  disk_bytes?: number;
  failure?: string;
}

export interface KafkaStatus {
  connected: boolean;
  last_error?: string;
  passed_on?: number;
  partitions?: { partition: number; next_offset: number; end_offset: number; paused: boolean }[];
  out?: { topic: string; shard: number; waiting: number }[];
}

export interface Status {
  version: string;
  hub?: string;
  started_at_unix?: number;
  position?: Position;
  shards: ShardStatus[];
  kafka?: KafkaStatus | null;
  ready?: boolean;
  connections?: number;
  feed_sessions?: number;
  resident_bytes?: number;
  json_kernel?: string;
}

export interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

export interface SourceRow {
  source: string;
  last_event_time?: Instant;
  last_seen?: Instant;
  events: number;
  late?: number;
  missing?: string[];
  missing_count?: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  simulated?: boolean;
}

export interface ProjectionShard {
  shard: number;
  position: number;
  head: number;
  lag: number;
  state: 'live' | 'rebuilding';
  rebuild: { progress: number; position: number; head: number; running?: boolean } | null;
  set_aside: { position: Position; reason: string }[];
  set_aside_count?: number;
}

export interface Projection {
  projection: string;
  version: number | string;
  shards: ProjectionShard[];
}

export interface Quarantined {
  id: string;
  reason: string;
  detail: string;
  errors: { pointer: string; detail: string }[];
  origin: { door: string; topic?: string; partition?: number; offset?: number; file?: string; line?: number };
  received_at: Instant;
  state: 'held' | 'redriven' | 'discarded';
  state_note?: string;
  source: string;
  event_id: string;
  subject?: string;
  content_type?: string;
  attributes?: Record<string, string>;
  raw_base64: string;
}

export interface Redriven {
  tried: number;
  accepted: number;
  duplicate: number;
  still_refused: number;
  held_back: number;
}
