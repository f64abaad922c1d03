// Days between days, as Vietnamese offices count them. Days are texts "2023-12-31"; no clock and no zone is asked here.

/** A day as a count of days, so that differences are plain. null when the text is no day. */
export function dayNumber(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(at).toISOString().slice(0, 10) === day ? at / 86_400_000 : null;
}

export function dayText(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** From `from` to `to`: positive when `to` is later. */
export function daysBetween(from: string, to: string): number | null {
  const start = dayNumber(from);
  const end = dayNumber(to);
  return start === null || end === null ? null : end - start;
}

/** The days off and the Saturdays worked instead, of the years that are known. */
export interface OfficeYear {
  year: number;
  off: readonly string[];
  /** Days of a weekend that were worked in exchange. */
  worked: readonly string[];
}

export type Counted = { days: number } | { unknownYear: number };

export class OfficeCalendar {
  private readonly years = new Set<number>();
  private readonly off = new Set<string>();
  private readonly worked = new Set<string>();

  constructor(years: readonly OfficeYear[]) {
    for (const year of years) {
      this.years.add(year.year);
      for (const day of year.off) this.off.add(day);
      for (const day of year.worked) this.worked.add(day);
    }
  }

  isWorkingDay(number: number): boolean {
    const day = dayText(number);
    if (this.worked.has(day)) return true;
    const weekday = new Date(number * 86_400_000).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.off.has(day);
  }

  /**
   * Working days after `from` up to and with `to` (the day of the beginning does not count, the last day does); as many,
   * negative, when `to` is past. A year whose holidays are not known gives no number instead of a wrong one.
   */
  between(from: string, to: string): Counted | null {
    const start = dayNumber(from);
    const end = dayNumber(to);
    if (start === null || end === null) return null;
    const [low, high] = start <= end ? [start, end] : [end, start];
    for (let year = Number(dayText(low).slice(0, 4)); year <= Number(dayText(high).slice(0, 4)); year += 1) {
      if (!this.years.has(year)) return { unknownYear: year };
    }
    let days = 0;
    for (let number = low + 1; number <= high; number += 1) if (this.isWorkingDay(number)) days += 1;
    return { days: start <= end ? days : -days };
  }
}
