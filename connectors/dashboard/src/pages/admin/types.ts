// What the operations part of the API answers, as far as the administrator's page reads it (GET /openapi.yaml).

import type * as contract from '@dongbo/feed';
import type { Instant, Loose, Position } from '../../types';

export type ShardStatus = Loose<contract.Status['shards'][number], 'shard' | 'position' | 'folded' | 'lag'>;
export type KafkaStatus = Loose<NonNullable<contract.Status['kafka']>, 'connected'>;
export type Partition = NonNullable<KafkaStatus['partitions']>[number];
export type Status = Omit<Loose<contract.Status, 'version'>, 'shards' | 'kafka'> & {
  shards: ShardStatus[];
  kafka?: KafkaStatus | null;
};

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
  ahead?: number;
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
