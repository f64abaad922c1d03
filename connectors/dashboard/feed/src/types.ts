// What the feed hands out. Events and answers are typed by the contract (contract.ts); the three kinds of feed items are
// those of GET /v1/feed in schemas/openapi.yaml.

import type { CloudEvent, EventData, Position } from './contract';

/** `event: accepted` of the feed, and the items of GET /v1/journal. */
export interface Accepted {
  event: CloudEvent;
  position: Position;
}

/** `event: changed` of the feed: one row of one projection as it stands at `position`; null when it is gone. */
export interface Changed {
  projection: string;
  table?: string;
  key?: Record<string, string>;
  row?: Record<string, unknown> | null;
  position: Position;
}

/** `event: reset` of the feed: the position asked for is no longer held. */
export interface Reset {
  position: Position;
  reason?: string;
}

export type EventType = keyof EventData;

/** A CloudEvent of one known type, its data typed by the type's schema. */
export type EventOf<T extends EventType> = Omit<CloudEvent, 'type' | 'data'> & { type: T; data: EventData[T] };

/** Narrows an event to its type: `if (isEvent(e, 'vn.dongbo.attendance.checked_in.v1')) e.data.delegate`. */
export function isEvent<T extends EventType>(event: { type: string }, type: T): event is EventOf<T> {
  return event.type === type;
}
