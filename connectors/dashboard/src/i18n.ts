// Words of the pages: Vietnamese first, English beside it. One table, so that a missing half is a type error.

export type Language = 'vi' | 'en';

const kWords = {
  app: ['Đồng bộ', 'Dongbo'],
  app_claim: ['Trung tâm đồng bộ dữ liệu hành chính', 'Public administration data synchronisation hub'],
  page_title: ['Hội nghị trực tuyến', 'Online conference'],
  nav: ['Các trang', 'Pages'],
  nav_conference: ['Hội nghị', 'Conference'],
  skip: ['Đến phần số liệu', 'Skip to the figures'],
  language_switch: ['English', 'Tiếng Việt'],
  language_switch_hint: ['Xem trang bằng tiếng Anh', 'Show this page in Vietnamese'],
  theme: ['Giao diện', 'Theme'],
  theme_auto: ['Tự động', 'Automatic'],
  theme_dark: ['Tối', 'Dark'],
  theme_light: ['Sáng', 'Light'],
  choose_meeting: ['Chọn cuộc họp', 'Choose a meeting'],
  no_meeting: ['Chưa có cuộc họp nào. Trang sẽ tự hiện khi kế hoạch được gửi đến.', 'No meeting yet. The page fills by itself once a plan arrives.'],
  unknown_meeting: ['Không có cuộc họp “{meeting}” trong hệ thống.', 'There is no meeting “{meeting}” here.'],
  other_meetings: ['Các cuộc họp hiện có', 'Meetings held here'],
  simulated: ['MÔ PHỎNG', 'SIMULATED'],
  simulated_hint: [
    'Đại biểu, đăng ký và điểm danh trên trang này là dữ liệu mô phỏng, không phải dữ liệu thật của hội nghị.',
    'Delegates, registrations and attendance on this page are simulated, not real records of the conference.',
  ],
  state_planned: ['Chưa khai mạc', 'Not yet opened'],
  state_opened: ['Đang họp', 'In session'],
  state_closed: ['Đã bế mạc', 'Closed'],
  state_cancelled: ['Đã hủy', 'Cancelled'],
  chair: ['Chủ trì: {chair}', 'Chair: {chair}'],
  mode_online: ['họp trực tuyến', 'online'],
  mode_hybrid: ['trực tiếp và trực tuyến', 'hybrid'],
  mode_in_person: ['họp trực tiếp', 'in person'],
  planned_from: ['dự kiến {from}', 'planned for {from}'],
  planned_hours: ['dự kiến {from}–{to}', 'planned for {from}–{to}'],
  moved: ['Đổi lịch', 'Moved'],
  moved_from: ['từ {day}', 'from {day}'],
  moved_to: ['sang {day}', 'to {day}'],
  cancelled: ['Hủy cuộc họp', 'Cancelled'],
  reason: ['lý do: {reason}', 'reason: {reason}'],
  legal_act: ['văn bản: {act}', 'document: {act}'],
  opened_at: ['khai mạc {time}', 'opened {time}'],
  closed_at: ['bế mạc {time}', 'closed {time}'],
  feed_reading: ['Đang đọc số liệu', 'Reading'],
  feed_connecting: ['Đang kết nối', 'Connecting'],
  feed_live: ['Trực tiếp', 'Live'],
  feed_broken: ['Mất kết nối, đang thử lại', 'Connection lost, retrying'],
  feed_closed: ['Đã dừng', 'Stopped'],
  feed_history: ['Xem lại lịch sử', 'Looking back'],
  unreachable: ['không liên lạc được với trung tâm', 'the hub cannot be reached'],
  no_answer: ['trung tâm không trả lời kịp', 'the hub did not answer in time'],
  unreadable_answer: ['không đọc được câu trả lời của trung tâm', 'the answer of the hub cannot be read'],
  part_reading: ['đang đọc…', 'reading…'],
  part_failed: ['chưa đọc được, đang thử lại', 'could not be read yet, trying again'],
  read_failed: ['Chưa đọc được số liệu mới: {detail}', 'The latest figures could not be read: {detail}'],
  as_of: ['Số liệu đến {time}', 'Figures as of {time}'],
  as_of_none: ['Chưa có số liệu', 'No figures yet'],
  on_day: ['ngày {day}', 'on {day}'],
  position: ['Vị trí {position}', 'Position {position}'],
  provisional: ['Số liệu tạm tính', 'Provisional figures'],
  provisional_until: ['Số liệu tạm tính đến {time}', 'Provisional figures as of {time}'],
  provisional_why: ['{provisional} · {gap}', '{provisional} · {gap}'],
  missing_from: ['{source}: còn thiếu {sequences}', '{source}: missing {sequences}'],
  and_more: ['và {count} số nữa', 'and {count} more'],
  invited: ['Được mời', 'Invited'],
  registered: ['Đã đăng ký', 'Registered'],
  present: ['Có mặt', 'Present'],
  checked_in: ['Đã điểm danh', 'Checked in'],
  attended: ['Đã dự', 'Attended'],
  still_present: ['Còn có mặt', 'Still present'],
  checked_out: ['Đã ra về', 'Left'],
  absent_with_leave: ['Vắng có phép', 'Absent with leave'],
  absent_without_leave: ['Vắng không phép', 'Absent without leave'],
  headcount: ['Đếm theo nhóm', 'Headcount'],
  headcount_hint: [
    'Số người đếm tại điểm cầu, tính riêng với điểm danh theo tên',
    'People counted at the points, kept apart from attendance by name',
  ],
  of_count: ['trên {count}', 'of {count}'],
  substitutes: ['Dự thay', 'Substitutes'],
  at_two_points: ['Ở hai điểm cầu', 'At two points'],
  not_invited: ['Ngoài danh sách mời', 'Not invited'],
  totals: ['Tổng hợp', 'Totals'],
  totals_spoken: [
    '{word} {present} trên {invited} người được mời; vắng có phép {leave}; đếm theo nhóm {headcount} trên {invited_headcount}.',
    '{word} {present} of {invited} invited; {leave} absent with leave; headcount {headcount} of {invited_headcount}.',
  ],
  points: ['Điểm cầu', 'Meeting points'],
  points_connected: ['{connected}/{count} đã kết nối', '{connected} of {count} connected'],
  point_province: ['Điểm cầu tỉnh', 'Provincial point'],
  point_unplanned: ['ngoài kế hoạch', 'not planned'],
  point_full: ['Đủ người', 'All present'],
  line: ['Đường truyền', 'Line'],
  sound: ['Âm thanh', 'Sound'],
  picture: ['Hình ảnh', 'Picture'],
  power: ['Nguồn điện', 'Power'],
  line_short: ['đường truyền {state}', 'line {state}'],
  all_good: ['sẵn sàng', 'ready'],
  not_reported: ['chưa báo', 'not reported'],
  unknown_group: ['ngoài danh mục', 'not in the catalogue'],
  leave_short: ['phép {count}', 'leave {count}'],
  substitutes_short: ['thay {count}', 'sub {count}'],
  headcount_short: ['đếm {count}', 'count {count}'],
  headcount_of_short: ['đếm {count}/{of}', 'count {count}/{of}'],
  last_event: ['Sự kiện gần nhất lúc {time}', 'Latest event at {time}'],
  compositions: ['Thành phần', 'Composition'],
  composition: ['Thành phần đại biểu', 'Group of delegates'],
  total: ['Tổng số', 'Total'],
  total_note: [
    'Người thuộc hai thành phần được tính một lần ở dòng Tổng số.',
    'A person of two groups counts once in the total.',
  ],
  short_invited: ['Mời', 'Inv.'],
  short_registered: ['ĐK', 'Reg.'],
  short_present: ['Có mặt', 'Present'],
  short_attended: ['Đã dự', 'Came'],
  short_leave: ['Phép', 'Leave'],
  short_headcount: ['Đếm', 'Count'],
  arrivals: ['Đến dự theo phút', 'Arrivals by minute'],
  arrivals_summary: ['Đông nhất {count} người lúc {time}', 'Peak: {count} people at {time}'],
  arrivals_none: ['Chưa có ai điểm danh', 'Nobody has checked in yet'],
  arrivals_binned: ['mỗi cột {minutes} phút', '{minutes} minutes a bar'],
  arrivals_outside: ['{count} lượt ngoài khung giờ này', '{count} outside these hours'],
  arrivals_cumulative: ['cộng dồn', 'running total'],
  opening: ['Khai mạc', 'Opening'],
  closing: ['Bế mạc', 'Closing'],
  table_of_figures: ['Bảng số liệu', 'Table of figures'],
  minute: ['Phút', 'Minute'],
  people: ['Người', 'People'],
  indexes: ['Chỉ số năm 2022, tỉnh Quảng Nam', 'Indices 2022, Quảng Nam province'],
  index_none: ['chưa công bố vào hệ thống', 'not published here yet'],
  rank: ['hạng {rank}/{population}', 'rank {rank} of {population}'],
  rank_alone: ['hạng {rank}', 'rank {rank}'],
  rank_strip: ['Hạng {rank} trong {population} tỉnh, thành phố', 'Rank {rank} among {population} provinces'],
  first_place: ['nhất', 'first'],
  last_place: ['cuối', 'last'],
  stated: ['Công bố', 'Published'],
  derived: ['Suy ra', 'Derived'],
  computed: ['Tính toán', 'Computed'],
  stated_hint: ['Số do cơ quan công bố', 'Stated by the publishing body'],
  derived_hint: ['Suy ra từ số đã công bố khác, không phải số công bố', 'Derived from other published figures, not itself published'],
  computed_hint: ['Tính từ bảng số liệu gốc, không phải thứ hạng chính thức', 'Computed from source tables, not an official ranking'],
  corrected: ['đã đính chính', 'corrected'],
  source: ['Nguồn: {origin}', 'Source: {origin}'],
  method: ['phương pháp {method}', 'method {method}'],
  components_of: ['Chỉ số thành phần của {index}', 'Components of {index}'],
  component_ranks: ['Hạng từng thành phần', 'Rank by component'],
  component_rank: ['{component}: {score}, hạng {rank}', '{component}: {score}, rank {rank}'],
  component_score: ['{component}: {score}', '{component}: {score}'],
  attention: ['Cần xem lại', 'Needs attention'],
  attention_none: ['Không có trường hợp cần xem lại', 'Nothing needs attention'],
  two_points_item: ['ở hai điểm cầu', 'at two points'],
  withdrawn_item: ['có mặt, giấy mời đã thu hồi', 'present, invitation withdrawn'],
  not_invited_item: ['ngoài danh sách mời', 'not invited'],
  conflict_item: ['Cùng mã sự kiện, khác nội dung', 'Same event id, other content'],
  decide: ['xử lý', 'decide'],
  delegate: ['Đại biểu', 'Delegate'],
  more_items: ['và {count} trường hợp nữa', 'and {count} more'],
  latest: ['Diễn biến', 'Latest events'],
  latest_none: ['Chưa có diễn biến', 'No events yet'],
  at_point: ['tại {point}', 'at {point}'],
  footer: [
    'Nguồn: sự kiện do các đơn vị gửi về; trang tự cập nhật theo luồng sự kiện, không gửi yêu cầu ra ngoài máy chủ này.',
    'Source: events published by the bodies; the page follows the feed and asks nothing of any other machine.',
  ],
} as const;

// Fails to compile when a word lacks one of its two languages.
const kChecked: Record<string, readonly [string, string]> = kWords;
void kChecked;

export type Word = keyof typeof kWords;

const kLanguageKey = 'dongbo.language';
let current: Language = 'vi';

/** The remembered choice, else the first of the browser's languages (its Accept-Language) that the pages speak. */
export function initialLanguage(): Language {
  const remembered = remember.get(kLanguageKey);
  if (remembered === 'vi' || remembered === 'en') return remembered;
  for (const tag of navigator.languages ?? []) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'vi' || primary === 'en') return primary;
  }
  return 'vi';
}

export function language(): Language {
  return current;
}

export function useLanguage(value: Language, keep: boolean): void {
  current = value;
  document.documentElement.lang = value;
  if (keep) remember.set(kLanguageKey, value);
}

/** The word in the language in use; `{name}` is replaced by the parameter of that name. */
export function t(word: Word, parameters: Record<string, string | number> = {}): string {
  return fill(kWords[word][current === 'vi' ? 0 : 1], parameters);
}

/** Words of one page, in its own table: `const w = wordsOf({…})`, then `w('key', {…})` as with t(). */
export function wordsOf<K extends string>(
  table: Readonly<Record<K, readonly [vi: string, en: string]>>,
): (word: K, parameters?: Record<string, string | number>) => string {
  return (word, parameters = {}) => fill(table[word][current === 'vi' ? 0 : 1], parameters);
}

function fill(pattern: string, parameters: Record<string, string | number>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined ? whole : typeof value === 'number' ? formatCount(value) : value;
  });
}

const kLocale: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const kZone = 'Asia/Ho_Chi_Minh';

// Making a formatter costs a hundred times what using it does, and a matrix of 241 points has thousands of counts.
const kCounts: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat(kLocale.vi),
  en: new Intl.NumberFormat(kLocale.en),
};
const kPercents: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat(kLocale.vi, { style: 'percent', maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat(kLocale.en, { style: 'percent', maximumFractionDigits: 0 }),
};

export function formatCount(value: number): string {
  return kCounts[current].format(value);
}

/** A score as published: its decimals are kept, with the decimal comma in Vietnamese. */
export function formatScore(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return '–';
  const text = String(value);
  const decimals = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return new Intl.NumberFormat(kLocale[current], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.min(decimals, 20),
  }).format(number);
}

export function formatPercent(ratio: number): string {
  return kPercents[current].format(ratio);
}

const kTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: kZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** HH:mm:ss in Vietnam, whatever the zone of the machine that shows the page; "" when there is no time. */
export function formatTime(instant: string | null | undefined, withSeconds = true): string {
  const date = new Date(instant ?? '');
  if (!instant || Number.isNaN(date.getTime())) return '';
  const text = kTime.format(date);
  return withSeconds ? text : text.slice(0, 5);
}

const kDayKey = new Intl.DateTimeFormat('en-CA', { timeZone: kZone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day in Vietnam as "25/5" when the instant is not on `day` ("2023-05-30"), else "". */
export function otherDay(instant: string | null | undefined, day: string | null | undefined): string {
  const date = new Date(instant ?? '');
  if (!instant || !day || Number.isNaN(date.getTime())) return '';
  const key = kDayKey.format(date);
  if (key === day) return '';
  const [year, month, dayOfMonth] = key.split('-').map(Number);
  return key.slice(0, 4) === day.slice(0, 4) ? `${dayOfMonth}/${month}` : `${dayOfMonth}/${month}/${year}`;
}

/** The day of a meeting ("2023-05-30") in words. */
export function formatDay(day: string | null | undefined): string {
  const date = new Date(`${day ?? ''}T12:00:00+07:00`);
  if (!day || Number.isNaN(date.getTime())) return day ?? '';
  return new Intl.DateTimeFormat(kLocale[current], {
    timeZone: kZone,
    weekday: 'long',
    day: 'numeric',
    month: current === 'vi' ? 'numeric' : 'long',
    year: 'numeric',
  }).format(date);
}

/** "25/05/2023", or "2023-05-25" as it came when it is no day. */
export function formatShortDay(day: string | null | undefined): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  return match ? `${match[3]}/${match[2]}/${match[1]}` : day ?? '';
}

/** "HH:mm:ss dd/MM/yyyy" in Vietnam; "" when there is no time. */
export function formatInstant(instant: string | null | undefined): string {
  const time = formatTime(instant);
  return time === '' ? '' : `${time} ${formatShortDay(dayOf(instant ?? ''))}`;
}

/** The day in Vietnam ("2023-05-30") of an instant; "" when it is none. */
export function dayOf(instant: string | Date): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : kDayKey.format(date);
}

/** Vietnamese collation for every sorted list. */
export const collate = new Intl.Collator('vi', { numeric: true }).compare;

/** What the reader chose, kept in this browser; a browser that refuses storage only forgets. */
export const remember = {
  get(key: string): string | null {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      window.localStorage.setItem(key, value);
    } catch {
      // Nothing to do: the choice holds until the page is left.
    }
  },
};
