// Meeting points in words and in order, as every view shows them.

import { collate } from '../i18n';
import { pointLabel } from '../labels';
import type { Model } from '../model';
import type { PointRow } from '../types';

const kUnordered = Number.MAX_SAFE_INTEGER;

/** Short names by point: "Bắc Trà My" for "Điểm cầu huyện Bắc Trà My". */
export function pointTitles(model: Model): Map<string, string> {
  return new Map(model.points.map((row) => [row.point, pointLabel(row.name, row.level, row.point).title]));
}

/** The provincial point first, then as the plan orders them, else by code; points nobody planned come last. */
export function comparePoints(a: PointRow, b: PointRow): number {
  const rank = (row: PointRow): number => (row.planned === false ? 2 : row.level === 'province' ? 0 : 1);
  return (
    rank(a) - rank(b) ||
    (a.order ?? kUnordered) - (b.order ?? kUnordered) ||
    collate(a.unit ?? '', b.unit ?? '') ||
    collate(a.point, b.point)
  );
}

export function pointOrder(model: Model, points: Iterable<string>): string[] {
  const rows = new Map(model.points.map((row) => [row.point, row]));
  return [...points]
    .map((point) => rows.get(point) ?? { point, planned: false })
    .sort(comparePoints)
    .map((row) => row.point);
}
