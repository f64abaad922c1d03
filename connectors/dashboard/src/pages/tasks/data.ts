// The commitments of one meeting as the hub tells them, and the names of the bodies that they name.

import { read, readAll } from '../../api';
import { language } from '../../i18n';
import { agencyName } from '../../labels';
import type { Freshness, Instant, Position } from '../../types';
import { daysBetween } from './workdays';

export interface CommitmentFact {
  time: Instant;
  fact: 'assigned' | 'progressed' | 'completed';
  unit?: string;
  due?: string;
  percent?: string;
  value?: string;
  text?: string;
  evidence?: string;
  note?: string;
}

export interface Commitment {
  commitment: string;
  conclusion?: string;
  unit: string;
  task: string;
  index?: string;
  component?: string;
  target?: string;
  baseline?: string;
  due?: string;
  supporting?: string[];
  legal_act?: string;
  state: string;
  percent?: string;
  value?: string;
  progress?: string;
  progressed_at?: Instant;
  completed_on?: string;
  result?: string;
  evidence?: string;
  history?: CommitmentFact[];
  history_total?: number;
  flags?: string[];
  simulated?: boolean;
}

export interface Conclusion {
  conclusion: string;
  text: string;
  simulated?: boolean;
}

export interface Commitments {
  items: Commitment[];
  conclusions: Conclusion[];
  freshness: Freshness | undefined;
}

interface Page {
  items: Commitment[];
  conclusions?: Conclusion[];
  next_page_token?: string;
  freshness?: Freshness;
}

/** With `until`, what had happened by then (RFC 3339); without, all that is known. */
export async function readCommitments(meeting: string, until: string, atLeast: Position): Promise<Commitments> {
  const then = until === '' ? '' : `&until=${encodeURIComponent(until)}`;
  const path = `/v1/meetings/${encodeURIComponent(meeting)}/commitments?page_size=1000${then}`;
  const first = await read<Page>(path, atLeast);
  const items = [...first.items];
  let token = first.next_page_token ?? '';
  while (token !== '') {
    const next = await read<Page>(`${path}&page_token=${encodeURIComponent(token)}`);
    items.push(...next.items);
    token = next.next_page_token ?? '';
  }
  return { items, conclusions: first.conclusions ?? [], freshness: first.freshness };
}

interface UnitRow {
  unit: string;
  code?: string;
  name: string;
  valid_from?: string;
  valid_until?: string;
  versions?: { name: string; valid_from?: string; valid_to?: string }[];
}

/** The levels that answer for tasks, the few first; communes are asked for only when one of them is meant. */
const kLevels = [['agency', 'district', 'province'], ['commune']] as const;

/** Names of bodies: the registry's on the day of the meeting, else the catalogue's, else the code. */
export class UnitNames {
  private readonly names = new Map<string, string>();

  constructor(private readonly day: string) {}

  of(unit: string): string {
    // The registry knows the Vietnamese names; the catalogue of agencies has English ones too.
    const english = language() === 'en' ? agencyName(unit) : '';
    return english || this.names.get(unit) || agencyName(unit) || unit;
  }

  /** Reads the registry for those not known yet. One it does not know is no failure: it is not asked for again. */
  async learn(units: readonly string[]): Promise<void> {
    const unknown = (): string[] => units.filter((unit) => unit !== '' && !this.names.has(unit));
    for (const levels of kLevels) {
      if (unknown().length === 0) return;
      const lists = await Promise.all(levels.map((level) => readAll<UnitRow>(`/v1/units?level=${level}`)));
      for (const row of lists.flatMap((list) => list.items)) this.note(row);
    }
    for (const unit of unknown()) this.names.set(unit, '');
  }

  private note(row: UnitRow): void {
    const version = row.versions?.find((one) => this.valid(one.valid_from, one.valid_to));
    const name = version?.name ?? row.name;
    this.names.set(row.unit, name);
    // A code may have been given to another unit since: only the one that bore it on the day is called by it.
    if (row.code && !this.names.has(row.code) && this.valid(row.valid_from, row.valid_until)) this.names.set(row.code, name);
  }

  private valid(from: string | undefined, until: string | undefined): boolean {
    return (from ?? '') <= this.day && (!until || this.day < until);
  }
}

export type Standing = 'completed' | 'overdue' | 'soon' | 'open';

/** Days before the due day from which a task is called due soon. */
const kSoonDays = 14;

/** How a commitment stands on a day. A completed one is never overdue; what was late is said beside it. */
export function standing(item: Commitment, on: string): Standing {
  if (item.state === 'completed') return 'completed';
  const left = item.due ? daysBetween(on, item.due) : null;
  if (left === null) return 'open';
  return left < 0 ? 'overdue' : left <= kSoonDays ? 'soon' : 'open';
}
