// Codes of the contract in words: composition groups, states, event types, sources, point names. A code that is not
// known here is shown as it is, never hidden: the hub takes in facts with codes nobody registered.

import agencies from '../../../schemas/catalogues/agencies.json';
import compositions from '../../../schemas/catalogues/compositions.json';
import indices from '../../../schemas/catalogues/indices.json';
import lists from '../../../schemas/catalogues/labels.json';
import readiness from '../../../schemas/catalogues/readiness.json';
import { language, t } from './i18n';
import type { CloudEvent, PointRow } from './types';

type Pair = readonly [vi: string, en: string];

function pick(pair: Pair): string {
  return language() === 'vi' ? pair[0] : pair[1];
}

interface Named {
  name: string;
  name_en: string;
}

function nameOf(entry: Named): string {
  return pick([entry.name, entry.name_en]);
}

// The groups that the plan names, in the plan's order (schemas/catalogues/compositions.json).
const kCompositions = new Map<string, Named & { order: number }>(
  compositions.compositions.map((entry, order) => [entry.code, { ...entry, order }]),
);

/** The catalogue's name, else what the hub calls it (its catalogue may be newer), else the code. */
export function compositionName(code: string, name = '', nameEn = ''): string {
  const entry = kCompositions.get(code);
  return entry ? nameOf(entry) : pick([name, nameEn]) || code;
}

/** Place in the plan; unknown groups come after all known ones. */
export function compositionOrder(code: string): number {
  return kCompositions.get(code)?.order ?? Number.MAX_SAFE_INTEGER;
}

const kAgencies = new Map<string, Named>(agencies.agencies.map((entry) => [entry.code, entry]));

/** The name of a provincial agency by its code; "" when the catalogue has none. */
export function agencyName(code: string): string {
  const entry = kAgencies.get(code);
  return entry ? nameOf(entry) : '';
}

const kAbbreviations: readonly (readonly [RegExp, string])[] = [
  [/Ủy ban Mặt trận [Tt]ổ quốc Việt Nam/gu, 'UBMTTQ'],
  [/Ủy ban nhân dân/giu, 'UBND'],
  [/Hội đồng nhân dân/giu, 'HĐND'],
  [/Đoàn đại biểu Quốc hội/giu, 'Đoàn ĐBQH'],
  [/Văn phòng/gu, 'VP'],
  [/Trung tâm Hành chính công/giu, 'TTHCC'],
  [/các huyện, thị xã, thành phố/giu, 'cấp huyện'],
  [/các xã, phường, thị trấn/giu, 'cấp xã'],
  [/People's Committee(s?)/gu, 'PC'],
  [/People's Council(s?)/gu, "People's Council"],
  [/Viet ?Nam Fatherland Front/gu, 'Fatherland Front'],
  [/Department of Administrative Reform/gu, 'Dept. of Administrative Reform'],
  [/Ministry of Home Affairs/gu, 'MoHA'],
];

/** The usual abbreviations of administrative writing, for where a name has one line; the full name stays as title. */
export function abbreviate(name: string): string {
  return kAbbreviations.reduce((text, [pattern, short]) => text.replace(pattern, short), name);
}

/** A unit's name: the agency's of the catalogue, the place of the unit's own meeting point, else its code. */
export function unitName(unit: string, points: readonly PointRow[]): string {
  const agency = agencyName(unit);
  if (agency) return agency;
  const point = points.find((row) => row.unit === unit);
  return point ? pointLabel(point.name, point.level, point.point).title : unit;
}

const kFeedbackGroups = new Map<string, Named>(lists.lists.from.values.map((entry) => [entry.code, entry]));

/** Who an opinion comes from: citizens, businesses, experts … */
export function feedbackGroup(from: string): string {
  const entry = kFeedbackGroups.get(from);
  return entry ? nameOf(entry) : from;
}

export type Health = 'good' | 'warn' | 'bad' | 'unknown';
export type Aspect = 'line' | 'sound' | 'picture' | 'power';

function stateEntry(aspect: Aspect, state: string): (Named & { severity: string }) | undefined {
  return readiness.aspects
    .find((entry) => entry.aspect === aspect)
    ?.states.find((entry) => entry.code === state.toLowerCase());
}

/** What a readiness state means for the eye (schemas/catalogues/readiness.json). */
export function healthOf(aspect: Aspect, state: string | null | undefined): Health {
  switch (stateEntry(aspect, state ?? '')?.severity) {
    case 'good':
      return 'good';
    case 'warning':
      return 'warn';
    case 'bad':
      return 'bad';
    default:
      return 'unknown';
  }
}

export function stateName(aspect: Aspect, state: string | null | undefined): string {
  if (!state) return t('not_reported');
  const entry = stateEntry(aspect, state);
  return entry ? nameOf(entry) : state;
}

export interface IndexLabel {
  name: string;
  publisher: string;
  /** "percent" or "point". */
  unit: string;
  max: string;
}

export function indexLabel(index: string): IndexLabel {
  const entry = indices.indices.find((candidate) => candidate.index === index);
  if (!entry) return { name: index, publisher: '', unit: '', max: '' };
  return { name: nameOf(entry), publisher: entry.publisher, unit: entry.unit, max: entry.max ?? '' };
}

interface ComponentEntry {
  code: string;
  name: string | null; // null: only the English name was found
  name_en: string;
  max?: string | null; // null: no source states it
  view?: string; // another division of the same score, e.g. by_method
}

interface MethodEntry {
  method: string;
  name?: string;
  components?: readonly ComponentEntry[];
}

function methodsOf(index: string): readonly MethodEntry[] {
  return indices.indices.find((candidate) => candidate.index === index)?.methods ?? [];
}

function componentOf(index: string, method: string, code: string): ComponentEntry | undefined {
  return methodsOf(index)
    .find((candidate) => candidate.method === method)
    ?.components?.find((component) => component.code === code);
}

/** The document that a method version rests on, else its code. */
export function methodName(index: string, method: string): string {
  return methodsOf(index).find((candidate) => candidate.method === method)?.name || method;
}

/** The maximum as a source states it for this very method; "" where none does: it is never guessed from another one. */
export function componentMax(index: string, method: string, code: string): string {
  return componentOf(index, method, code)?.max ?? '';
}

/** "" for an area of the index, else the name of the other division that the component belongs to. */
export function componentView(index: string, method: string, code: string): string {
  return componentOf(index, method, code)?.view ?? '';
}

/** The name of a component of an index in one method; in any method of that index where this one is not listed. */
export function componentName(index: string, method: string | undefined, code: string): string {
  const ordered = [...methodsOf(index)].sort((a, b) => Number(b.method === method) - Number(a.method === method));
  for (const candidate of ordered) {
    const entry = candidate.components?.find((component) => component.code === code);
    if (entry) return pick([entry.name ?? entry.name_en, entry.name_en]);
  }
  return code;
}

const kUnitKinds: Record<string, Pair> = {
  tỉnh: ['tỉnh', 'province'],
  'thành phố': ['thành phố', 'city'],
  'thị xã': ['thị xã', 'town'],
  huyện: ['huyện', 'district'],
  xã: ['xã', 'commune'],
  phường: ['phường', 'ward'],
  'thị trấn': ['thị trấn', 'township'],
};

export interface PointLabel {
  title: string;
  kind: string;
}

/** "Điểm cầu huyện Bắc Trà My" → "Bắc Trà My" with "huyện" beside it; a name of any other form stays whole. */
export function pointLabel(name: string | undefined, level: string | undefined, point: string): PointLabel {
  const whole = (name ?? '').normalize('NFC').trim();
  if (whole === '') return { title: point, kind: '' };
  const match = /^điểm cầu\s+(?:(tỉnh|thành phố|thị xã|huyện|xã|phường|thị trấn)\s+)?(.+)$/iu.exec(whole);
  if (!match || !match[2]) return { title: whole, kind: '' };
  const kindWord = (match[1] ?? '').toLowerCase();
  if (level === 'province' || /^tỉnh$/iu.test(match[2])) {
    const title = /^tỉnh$/iu.test(match[2]) ? t('point_province') : match[2];
    return { title, kind: title === t('point_province') ? '' : t('point_province') };
  }
  const pair = kUnitKinds[kindWord];
  return { title: upperFirst(match[2]), kind: pair ? pick(pair) : kindWord };
}

function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

const kFacts: Record<string, Pair> = {
  'meeting.planned': ['Kế hoạch cuộc họp được ban hành', 'Meeting planned'],
  'meeting.rescheduled': ['Cuộc họp đổi lịch', 'Meeting rescheduled'],
  'meeting.cancelled': ['Cuộc họp bị hủy', 'Meeting cancelled'],
  'meeting.opened': ['Khai mạc', 'Meeting opened'],
  'meeting.closed': ['Bế mạc', 'Meeting closed'],
  'meeting.point_planned': ['Lập điểm cầu', 'Point planned'],
  'meeting.agenda_set': ['Chương trình được xếp', 'Agenda set'],
  'readiness.reported': ['Báo tình trạng kỹ thuật', 'Readiness reported'],
  'budget.estimated': ['Lập dự toán kinh phí', 'Budget estimated'],
  'budget.appraised': ['Thẩm định kinh phí', 'Budget appraised'],
  'budget.approved': ['Duyệt kinh phí', 'Budget approved'],
  'paper.requested': ['Đề nghị tham luận', 'Paper requested'],
  'paper.submitted': ['Nộp tham luận', 'Paper submitted'],
  'paper.approved': ['Duyệt tham luận', 'Paper approved'],
  'paper.presented': ['Trình bày tham luận', 'Paper presented'],
  'invitation.issued': ['Phát giấy mời', 'Invitation issued'],
  'invitation.withdrawn': ['Thu hồi giấy mời', 'Invitation withdrawn'],
  'registration.confirmed': ['Đăng ký dự', 'Registration confirmed'],
  'registration.declined': ['Báo vắng', 'Registration declined'],
  'registration.delegated': ['Cử người dự thay', 'Substitute named'],
  'registration.changed': ['Đổi đăng ký', 'Registration changed'],
  'attendance.checked_in': ['Điểm danh vào', 'Checked in'],
  'attendance.checked_out': ['Ra về', 'Checked out'],
  'attendance.counted': ['Đếm theo nhóm', 'Headcount'],
  'attendance.corrected': ['Đính chính điểm danh', 'Attendance corrected'],
  'attendance.revoked': ['Thu hồi điểm danh', 'Attendance revoked'],
  'feedback.submitted': ['Nhận ý kiến góp ý', 'Feedback submitted'],
  'feedback.routed': ['Chuyển ý kiến góp ý', 'Feedback routed'],
  'feedback.answered': ['Trả lời ý kiến góp ý', 'Feedback answered'],
  'feedback.survey_answered': ['Trả lời phiếu khảo sát', 'Survey answered'],
  'index.published': ['Công bố chỉ số', 'Index published'],
  'index.corrected': ['Đính chính chỉ số', 'Index corrected'],
  'conclusion.issued': ['Kết luận của chủ trì', 'Conclusion issued'],
  'commitment.assigned': ['Giao nhiệm vụ', 'Commitment assigned'],
  'commitment.progressed': ['Tiến độ nhiệm vụ', 'Commitment progressed'],
  'commitment.completed': ['Hoàn thành nhiệm vụ', 'Commitment completed'],
};

/** Every known fact with its name, in the order of the contract. */
export function factNames(): [fact: string, name: string][] {
  return Object.entries(kFacts).map(([fact, pair]) => [fact, pick(pair)]);
}

/** "attendance.checked_in" of "vn.dongbo.attendance.checked_in.v1". */
export function factOf(type: string): string {
  return type.replace(/^vn\.dongbo\./, '').replace(/\.v\d+$/, '');
}

export function factName(type: string): string {
  const fact = factOf(type);
  const pair = kFacts[fact];
  return pair ? pick(pair) : fact;
}

/**
 * What an event says beyond its name, without naming a person: a wall is read by everybody in the room, so delegates
 * appear by their number only.
 */
export function factDetail(event: CloudEvent): string {
  const data = event.data ?? {};
  const text = (name: string): string => {
    const value = data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const parts: string[] = [];
  const delegate = text('delegate');
  if (delegate) parts.push(language() === 'vi' ? `đại biểu ${delegate}` : `delegate ${delegate}`);
  const composition = text('composition');
  if (text('headcount')) {
    parts.push(language() === 'vi' ? `${text('headcount')} người` : `${text('headcount')} people`);
    if (composition) parts.push(compositionName(composition));
  }
  if (event.type.includes('.readiness.')) {
    for (const word of ['line', 'sound', 'picture', 'power'] as const) {
      const value = text(word);
      if (value && healthOf(word, value) !== 'good') {
        parts.push(`${t(word)}: ${stateName(word, value)}`.toLocaleLowerCase(language()));
      }
    }
    if (parts.length === 0) parts.push(t('all_good'));
  }
  for (const name of ['topic', 'task'] as const) if (text(name)) parts.push(text(name));
  return parts.join(', ');
}

/** A source path without what everybody knows: "/simulated/districts/502/checkin" → "districts/502/checkin". */
export function sourceName(source: string): string {
  return source.replace(/^\/(simulated\/)?/, '');
}

export function isSimulatedSource(source: string | undefined): boolean {
  return /^\/simulated(\/|$)/.test(source ?? '');
}

export function saysSimulated(text: string | undefined): boolean {
  return (text ?? '').normalize('NFC').toLowerCase().includes('mô phỏng');
}
