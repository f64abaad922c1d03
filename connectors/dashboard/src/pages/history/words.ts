// The time machine's words.

import { wordsOf } from '../../i18n';

export const w = wordsOf({
  nav: ['Dòng thời gian', 'Time machine'],
  controls: ['Chọn thời điểm', 'Choose a moment'],
  mode: ['Xem theo', 'Go by'],
  known: ['Nhật ký: hub đã biết gì', 'Journal: what the hub knew'],
  happened: ['Giờ: việc gì đã xảy ra', 'Clock: what had happened'],
  range: ['Phạm vi', 'Range'],
  day: ['Ngày họp', 'Day of the meeting'],
  all: ['Từ sự kiện đầu', 'From the first event'],
  slider: ['Thời điểm', 'Moment'],
  play: ['Phát', 'Play'],
  pause: ['Dừng', 'Pause'],
  back: ['Lùi một bước', 'One step back'],
  forward: ['Tiến một bước', 'One step forward'],
  now: ['Đến hiện tại', 'To the present'],
  pace: ['Nhịp', 'Pace'],
  pace_known: ['{count} sự kiện mỗi bước', '{count} events a step'],
  pace_happened: ['{count} phút mỗi bước', '{count} minutes a step'],
  at_known: ['Vị trí {position}', 'Position {position}'],
  at_happened: ['Đến {time}, {day}', 'Until {time}, {day}'],
  event: ['{fact} lúc {time}, hub nhận lúc {recorded}', '{fact} at {time}, recorded at {recorded}'],
  foreign: ['sự kiện của cuộc họp khác trong cùng phân mảnh', 'an event of another meeting in the same shard'],
  not_yet: ['Vào thời điểm này hub chưa biết cuộc họp.', 'At this moment the hub did not know of the meeting.'],
  no_such: ['Địa chỉ nêu thời điểm “{asked}” không có ở đây; đang xem: {shown}', 'The address names a moment that is not here, “{asked}”; shown: {shown}'],
  failed: ['Chưa đọc được thời điểm này: {detail}', 'This moment could not be read: {detail}'],
  reading: ['Đang đọc lịch sử', 'Reading the history'],
});
