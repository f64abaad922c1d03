#include <algorithm>

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string state_text(const DelegateFacts& delegate) {
  if (delegate.state == "absent_with_leave") return "Vắng có phép";
  if (delegate.state == "absent_without_leave")
    return delegate.substitute.empty() ? "Vắng không phép" : "Vắng không phép; cử người dự thay nhưng chưa điểm danh";
  if (delegate.state == "replaced") return "Có người dự thay";
  return delegate.state;
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string points_text(const Facts& facts, const DelegateFacts& delegate) {
  std::vector<std::string> names;
  for (const auto& code : delegate.points) {
    const auto found =
        std::find_if(facts.points.begin(), facts.points.end(), [&](const PointFacts& point) { return point.point == code; });
    names.push_back(found == facts.points.end() ? code : found->name);
  }
  return joined(names);
}

// A number that is no figure of the report: what other meetings send changes it.
Cell count_cell(std::int64_t count) {
  return {number_text(count), std::to_string(count), {}};
}

std::string substitute_text(const DelegateFacts& delegate) {
  if (delegate.substitute_name.empty()) return delegate.substitute;
  return delegate.substitute_name + " (" + delegate.substitute + ")";
}

}  // namespace

void annex_absent(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  out.annex("Danh sách đại biểu vắng và được dự thay", true);
  if (!facts.closed()) out.note(runs("Hội nghị chưa bế mạc: chưa liệt kê đại biểu vắng không phép."));
  if (!facts.with_names)
    out.note(runs("Danh sách ghi theo mã số đại biểu để bảo vệ dữ liệu cá nhân; không ghi họ tên, chức vụ, lý do vắng."));
  using Align = Column::Align;
  std::vector<Column> columns{{"STT", 0.8, Align::kCentre}, {"Mã số", 1.2, Align::kLeft}};
  if (facts.with_names) {
    columns.push_back({"Họ và tên", 2.4, Align::kLeft});
    columns.push_back({"Chức vụ", 2.2, Align::kLeft});
  }
  columns.push_back({"Đơn vị", 2.2, Align::kLeft});
  columns.push_back({"Điểm cầu", 2, Align::kLeft});
  columns.push_back({"Thành phần", 2.6, Align::kLeft});
  columns.push_back({"Tình trạng", 1.6, Align::kLeft});
  if (facts.with_names) columns.push_back({"Lý do", 1.8, Align::kLeft});
  columns.push_back({"Người dự thay", 1.8, Align::kLeft});
  std::vector<Row> rows;
  for (const auto& delegate : facts.absent) {
    Row row;
    const auto add = [&row](std::string_view text) { row.cells.push_back(Writer::text_cell(text)); };
    add(std::to_string(rows.size() + 1));
    add(delegate.delegate);
    if (facts.with_names) {
      add(delegate.name);
      add(delegate.position);
    }
    add(joined(delegate.units));
    add(points_text(facts, delegate));
    add(joined(delegate.compositions));
    add(state_text(delegate));
    if (facts.with_names) add(delegate.reason);
    add(substitute_text(delegate));
    rows.push_back(std::move(row));
  }
  out.table("vang", "Đại biểu vắng và được dự thay", std::move(columns), std::move(rows), "Không ghi nhận đại biểu vắng.");
}

void annex_quality(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  using Align = Column::Align;
  out.annex("Chất lượng số liệu", true);
  const auto recorded = event::parse_timestamp(facts.as_of);
  out.body(runs("Số liệu chốt tại vị trí ", facts.position.empty() ? "(chưa có sự kiện)" : facts.position,
                recorded ? ", sự kiện cuối được ghi nhận lúc " + moment_text(*recorded) + "." : std::string(".")));
  std::vector<Row> rows;
  for (const auto& source : facts.sources) {
    const auto id = "source." + id_part(source.source);
    std::string missing = fmt::format(
        "{}",
        fmt::join(source.missing.begin(),
                  source.missing.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(source.missing.size(), 10)), ", "));
    if (source.missing.size() > 10) missing += ", …";
    rows.push_back(
        {{Writer::text_cell(source.source), count_cell(source.events), count_cell(source.late), count_cell(source.ahead),
          out.number_cell(id + ".missing", "Số bản ghi còn thiếu của nguồn " + source.source, source.missing_count),
          Writer::text_cell(missing),
          Writer::text_cell(source.last_event_time ? moment_text(*source.last_event_time) : std::string()),
          Writer::text_cell(source.simulated ? "mô phỏng" : "")},
         false});
  }
  out.table("nguon", "Nguồn số liệu của hội nghị",
            {{"Nguồn", 3, Align::kLeft},
             {"Sự kiện", 1, Align::kRight},
             {"Đến muộn", 1, Align::kRight},
             {"Sai giờ", 1, Align::kRight},
             {"Còn thiếu", 1, Align::kRight},
             {"Số thứ tự còn thiếu", 2, Align::kLeft},
             {"Sự kiện cuối xảy ra lúc", 2.4, Align::kLeft},
             {"Ghi chú", 1, Align::kLeft}},
            std::move(rows), "Hệ thống chưa ghi nhận nguồn số liệu nào.");
  out.note(runs(
      "Số sự kiện, số đến muộn và số sai giờ tính trên mọi hội nghị của nguồn; đến muộn là được ghi nhận sau khi xảy ra hơn 10 "
      "phút; sai giờ là ghi giờ xảy ra sau lúc được ghi nhận hơn 10 phút, không tính vào sự kiện cuối."));
  rows.clear();
  for (const auto& delegate : facts.attention) {
    std::vector<std::string> why;
    for (const auto& flag : delegate.flags) {
      if (flag == "at_two_points") why.emplace_back("điểm danh ở hai điểm cầu");
      if (flag == "not_invited") why.emplace_back("không có trong danh sách mời");
      if (flag == "withdrawn_but_present") why.emplace_back("giấy mời đã rút");
    }
    rows.push_back({{Writer::text_cell(std::to_string(rows.size() + 1)), Writer::text_cell(delegate.delegate),
                     Writer::text_cell(delegate.name), Writer::text_cell(joined(delegate.units)),
                     Writer::text_cell(points_text(facts, delegate)), Writer::text_cell(joined(why))},
                    false});
    if (!facts.with_names) rows.back().cells.erase(rows.back().cells.begin() + 2);
  }
  std::vector<Column> columns{{"STT", 0.8, Align::kCentre}, {"Mã số", 1.4, Align::kLeft}};
  if (facts.with_names) columns.push_back({"Họ và tên", 2.4, Align::kLeft});
  columns.push_back({"Đơn vị", 2.4, Align::kLeft});
  columns.push_back({"Điểm cầu", 2.6, Align::kLeft});
  columns.push_back({"Cần đối chiếu", 3, Align::kLeft});
  out.table("doi_chieu", "Trường hợp cần đối chiếu", std::move(columns), std::move(rows), "Không có trường hợp cần đối chiếu.");
  rows.clear();
  for (const auto& correction : facts.corrections)
    rows.push_back({{Writer::text_cell(correction.position), Writer::text_cell(moment_text(correction.time)),
                     Writer::text_cell(correction.kind == "attendance.revoked" ? "Hủy lượt điểm danh" : "Sửa lượt điểm danh"),
                     Writer::text_cell(correction.reason)},
                    false});
  out.table(
      "dinh_chinh", "Số liệu điểm danh được đính chính",
      {{"Vị trí", 1, Align::kLeft}, {"Thời điểm", 2.4, Align::kLeft}, {"Việc", 2, Align::kLeft}, {"Lý do", 4, Align::kLeft}},
      std::move(rows), "Không ghi nhận đính chính.");
  std::int64_t all = 0;
  for (const auto& [kind, count] : facts.corrections_by_kind) all += count;
  if (all > static_cast<std::int64_t>(facts.corrections.size()))
    out.note(runs("Bảng liệt kê ", number_text(static_cast<std::int64_t>(facts.corrections.size())), "/", number_text(all),
                  " đính chính đầu tiên."));
  out.note(
      runs("Sự kiện bị giữ ở khu cách ly (xung đột nội dung, không hợp lệ) không thuộc vị trí đã chốt, vì vậy không nêu ở đây."));
}

}  // namespace dongbo::report
