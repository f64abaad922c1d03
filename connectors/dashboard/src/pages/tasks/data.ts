// The commitments of one meeting as the hub tells them, and the names of the bodies that they name.

import { read, ReadError } from '../../api';
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

export async function readCommitments(meeting: string, atLeast: Position): Promise<Commitments> {
  const path = `/v1/meetings/${encodeURIComponent(meeting)}/commitments?page_size=1000`;
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

interface UnitVersion {
  name: string;
  valid_from?: string;
  valid_until?: string;
}

/** Names of bodies: the registry's on the day of the meeting, else the catalogue's, else the code. */
export class UnitNames {
  private readonly names = new Map<string, string>();

  constructor(private readonly day: string) {}

  of(unit: string): string {
    // The registry knows the Vietnamese names; the catalogue of agencies has English ones too.
    const english = language() === 'en' ? agencyName(unit) : '';
    return english || this.names.get(unit) || agencyName(unit) || unit;
  }

  /** Asks for those not asked for yet; a registry that does not know one is no failure. */
  async learn(units: readonly string[]): Promise<void> {
    const wanted = [...new Set(units)].filter((unit) => unit !== '' && !this.names.has(unit));
    await Promise.all(wanted.map((unit) => this.ask(unit)));
  }

  private async ask(unit: string): Promise<void> {
    try {
      const answer = await read<{ units: UnitVersion[] }>(`/v1/units/${encodeURIComponent(unit)}`);
      const valid = answer.units.find((one) => (one.valid_from ?? '') <= this.day && (!one.valid_until || this.day < one.valid_until));
      this.names.set(unit, (valid ?? answer.units[0])?.name ?? '');
    } catch (error) {
      if (error instanceof ReadError && error.status === 404) this.names.set(unit, '');
      // Anything else: asked again with the next reading.
    }
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
