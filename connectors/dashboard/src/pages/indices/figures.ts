// What the indices' page knows: which indices, years and methods the hub holds, the own figures of all years and the
// figures of everybody for the index and year on show. Reads only; every figure is the hub's.

import { readAll } from '../../api';
import { kHomeUnit, kIndexes } from '../../live';
import { earliestOf } from '@dongbo/feed';
import type { Freshness, Instant, Position } from '../../types';

export interface Figure {
  unit: string;
  unit_name?: string;
  method: string;
  component: string;
  component_name?: string;
  component_name_en?: string;
  score: string | number | null;
  max: string | number | null;
  rank: number | null;
  rank_min?: number | null;
  rank_max?: number | null;
  population: number | null;
  group?: string;
  quality: string;
  origin: string;
  published_at: string;
  legal_act?: string;
  corrected?: boolean;
  corrections?: { time: Instant; reason?: string; applied?: boolean }[];
  simulated?: boolean;
}

/** One index in one year by one method. */
export interface Edition {
  index: string;
  year: number;
  method: string;
  /** Of how many units the hub holds figures. */
  units: number;
  name?: string;
  name_en?: string;
  simulated?: boolean;
}

export interface OwnFigure extends Edition {
  figure: Figure;
}

export interface Indices {
  editions: Edition[];
  /** The own overall figures, by year. */
  own: OwnFigure[];
  freshness: Freshness | undefined;
}

export function keyOf(edition: Edition): string {
  return `${edition.index}\n${edition.year}\n${edition.method}`;
}

export function isOverall(figure: Figure): boolean {
  return figure.component === '' || figure.component === 'total';
}

/** The three indices of the plan first, in its order; then others by name; each by year, the newest first. */
export function orderEditions(editions: Edition[]): Edition[] {
  const place = (index: string): number => {
    const at = (kIndexes as readonly string[]).indexOf(index);
    return at < 0 ? kIndexes.length : at;
  };
  return [...editions].sort((a, b) => place(a.index) - place(b.index) || a.index.localeCompare(b.index, 'vi') || b.year - a.year);
}

function pathOf(edition: { index: string; year: number }): string {
  return `/v1/indexes/${encodeURIComponent(edition.index)}/${edition.year}`;
}

/** The list first: its position is the least that what is read after it has reached. */
export async function readIndices(atLeast: Position): Promise<Indices> {
  const list = await readAll<Edition>('/v1/indexes', atLeast);
  const editions = orderEditions(list.items);
  const years = new Map(editions.map((edition) => [`${edition.index}/${edition.year}`, edition] as const));
  const answers = await Promise.all(
    [...years.values()].map(async (edition) => ({
      edition,
      answer: await readAll<Figure>(`${pathOf(edition)}?unit=${encodeURIComponent(kHomeUnit)}`, atLeast),
    })),
  );
  let freshness = list.freshness;
  const own: OwnFigure[] = [];
  for (const { edition, answer } of answers) {
    if (freshness && answer.freshness)
      freshness = { ...freshness, position: earliestOf(freshness.position, answer.freshness.position) };
    for (const figure of answer.items) {
      if (figure.unit !== kHomeUnit || !isOverall(figure)) continue;
      const named = editions.find(
        (one) => one.index === edition.index && one.year === edition.year && one.method === figure.method,
      );
      own.push({ ...(named ?? edition), method: figure.method, figure });
    }
  }
  return { editions, own, freshness };
}

/** Every figure of one edition. */
export async function readEdition(edition: Edition, atLeast: Position): Promise<Figure[]> {
  const answer = await readAll<Figure>(pathOf(edition), atLeast);
  return answer.items.filter((figure) => figure.method === edition.method);
}

/** The difference of two decimals as they are written, digit for digit; null when one is no decimal. */
export function difference(a: string | number | null, b: string | number | null): string | null {
  const left = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(a ?? ''));
  const right = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(b ?? ''));
  if (!left || !right) return null;
  const decimals = Math.max(left[3]?.length ?? 0, right[3]?.length ?? 0);
  const whole = (match: RegExpExecArray): bigint => BigInt(`${match[1]}${match[2]}${(match[3] ?? '').padEnd(decimals, '0')}`);
  const value = whole(left) - whole(right);
  const digits = (value < BigInt(0) ? -value : value).toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return value < BigInt(0) ? `-${text}` : text;
}

/** A decimal as a number for drawing; null when there is none. */
export function numberOf(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
