// Words of the indices' page.

import { wordsOf } from '../../i18n';

export const t = wordsOf({
  nav: ['Chỉ số', 'Indices'],
  title: ['Chỉ số của tỉnh', 'Indices of the province'],
  year: ['Năm', 'Year'],
  index: ['Chỉ số', 'Index'],
  none: ['Chưa có chỉ số nào được công bố vào hệ thống.', 'No index was published here yet.'],
  reading: ['Đang đọc số liệu…', 'Reading…'],
  absent: ['Năm {year}: chưa có số liệu của tỉnh trong hệ thống', '{year}: no figure of the province here'],
  others_only: [
    'Có số liệu của {count} đơn vị trong tỉnh; bấm để xem xếp hạng.',
    'Units of the province with figures: {count}; choose it to see the ranking.',
  ],
  score_of: ['{score} trên {max}', '{score} of {max}'],
  rank: ['hạng {rank}/{population}', 'rank {rank} of {population}'],
  rank_alone: ['hạng {rank}', 'rank {rank}'],
  rank_band: ['hạng {from}–{to}', 'rank {from}–{to}'],
  rank_none: ['không có thứ hạng', 'no rank'],
  first: ['nhất', 'first'],
  last: ['cuối', 'last'],
  group: ['nhóm {group}', 'group {group}'],

  quality_stated: ['Công bố', 'Published'],
  quality_derived: ['Suy ra', 'Derived'],
  quality_computed: ['Tính toán', 'Computed'],
  quality_ordered: ['Theo thứ tự liệt kê', 'From a list'],
  quality_band: ['Chỉ biết khoảng hạng', 'Band of ranks'],
  quality_estimated: ['Ước lượng', 'Estimated'],
  hint_stated: ['Số do cơ quan công bố nêu', 'Stated by the publishing body'],
  hint_derived: [
    'Suy ra từ số đã công bố khác, không phải số công bố',
    'Derived from other published figures, not itself published',
  ],
  hint_computed: [
    'Tính từ bảng số liệu gốc, không phải thứ hạng chính thức',
    'Computed from source tables, not an official ranking',
  ],
  hint_ordered: ['Đọc theo thứ tự nêu tên trong nguồn', 'Read from the order in which a source names them'],
  hint_band: ['Nguồn chỉ cho biết thuộc nhóm hạng này', 'The source tells only this band of ranks'],
  hint_estimated: ['Ước lượng, không phải số công bố', 'Estimated, not published'],
  corrected: ['Đã đính chính', 'Corrected'],
  simulated: ['MÔ PHỎNG', 'SIMULATED'],

  change_up: ['tăng {score} điểm so với {year}', 'up {score} on {year}'],
  change_down: ['giảm {score} điểm so với {year}', 'down {score} on {year}'],
  change_same: ['không đổi so với {year}', 'the same as in {year}'],
  change_ranks_up: ['lên {count} bậc', 'up {count} places'],
  change_ranks_down: ['xuống {count} bậc', 'down {count} places'],
  change_note: [
    'Hiệu của hai số công bố, cùng phương pháp {method}.',
    'Difference of two published figures of one method, {method}.',
  ],
  not_comparable: ['Không so sánh trực tiếp với {year}', 'Not directly comparable with {year}'],
  not_comparable_why: [
    'Năm {year} theo phương pháp {before}, năm nay theo {now}.',
    '{year} was measured by {before}, this year by {now}.',
  ],
  no_previous: ['Chưa có năm trước để so sánh', 'No earlier year to compare with'],
  previous: ['{year}: {score}', '{year}: {score}'],

  source: ['Nguồn', 'Source'],
  source_of: ['Nguồn của {what}', 'Source of {what}'],
  source_unknown: ['Sự kiện công bố không nêu nguồn.', 'The published event names no source.'],
  published_on: ['Công bố ngày {day}', 'Published on {day}'],
  method: ['Phương pháp: {method}', 'Method: {method}'],
  legal_act: ['Văn bản: {act}', 'Document: {act}'],
  correction: ['Đính chính {time}: {reason}', 'Corrected {time}: {reason}'],
  opens_outside: ['mở trang ngoài', 'opens another site'],

  components: ['Các thành phần, % điểm tối đa', 'Components, % of the maximum'],
  components_none: ['Chưa có số liệu thành phần của {unit} trong hệ thống.', 'No component figures of {unit} here.'],
  component: ['Thành phần', 'Component'],
  score: ['Điểm', 'Score'],
  maximum: ['Tối đa', 'Max'],
  share: ['% tối đa', '% of max'],
  rank_head: ['Hạng', 'Rank'],
  quality: ['Tính chất', 'Quality'],
  max_unknown: ['chưa rõ', 'unknown'],
  max_unknown_note: [
    'Trục nét đứt: nguồn không nêu điểm tối đa nên không tính được %; điểm vẫn có trong bảng.',
    'Dashed axis: no source states the maximum, so there is no percentage; the score is in the table.',
  ],
  radar_label: [
    'Biểu đồ mạng các thành phần {index} {year} của {units}: {values}',
    'Radar of the components of {index} {year} of {units}: {values}',
  ],
  radar_value: ['{component} {percent}', '{component} {percent}'],
  sub_components: ['Tiêu chí thành phần ({count})', 'Sub-components ({count})'],
  compared_with: ['So với', 'Compared with'],
  compare_nobody: ['không so sánh', 'nobody'],

  ranking: ['Xếp hạng', 'Ranking'],
  ranking_of: ['Xếp hạng {index} {year}', 'Ranking of {index} {year}'],
  ranking_known: [
    'Có số liệu của {known} trên {population} đơn vị được xếp hạng',
    'Units with figures here: {known} of {population} ranked',
  ],
  ranking_known_alone: ['Có số liệu của {known} đơn vị', 'Units with figures: {known}'],
  unit: ['Đơn vị', 'Unit'],
  search_unit: ['Tìm đơn vị', 'Search units'],
  own: ['tỉnh mình', 'own province'],
  to_own: ['Đến {unit}', 'Go to {unit}'],
  no_score: ['không có điểm', 'no score'],

  years: ['Qua các năm', 'Over the years'],
  years_note: [
    'Chỉ nối các năm trong cùng một phiên bản phương pháp; khác phiên bản thì không so sánh trực tiếp.',
    'Only years of one method version are joined; across versions they do not compare directly.',
  ],
  ranking_label: [
    'Điểm theo thứ hạng {index} {year}: {values}',
    'Scores in the order of ranks, {index} {year}: {values}',
  ],
  years_label: ['{index} của {unit} qua các năm: {values}', '{index} of {unit} over the years: {values}'],
  years_value: ['{year} {score} ({method})', '{year} {score} ({method})'],
  method_change: ['đổi phương pháp', 'method changed'],
  method_head: ['Phương pháp', 'Method'],
  table: ['Bảng số liệu', 'Table of figures'],
});

export type IndexWord = Parameters<typeof t>[0];
