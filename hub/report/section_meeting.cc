#include <algorithm>

#include <fmt/format.h>

#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string mode_text(const std::string& mode) {
  if (mode == "online") return "trực tuyến";
  if (mode == "in_person") return "trực tiếp";
  return mode == "hybrid" ? "trực tiếp kết hợp trực tuyến" : mode;
}

std::string level_text(const std::string& level) {
  if (level == "central") return "trung ương";
  if (level == "province") return "cấp tỉnh";
  if (level == "district") return "cấp huyện";
  return level == "commune" ? "cấp xã" : "khác";
}

std::string budget_state(const std::string& state) {
  if (state == "estimated") return "đã lập, chưa thẩm định";
  if (state == "appraised") return "đã thẩm định";
  if (state == "returned") return "bị trả lại để lập lại";
  return state == "approved" ? "đã phê duyệt" : state;
}

// " (lý do: …; văn bản: …)", as far as they are said.
std::string on_grounds(const std::string& reason, const std::string& legal_act) {
  std::vector<std::string> said;
  if (!reason.empty()) said.push_back("lý do: " + reason);
  if (!legal_act.empty()) said.push_back("văn bản: " + legal_act);
  return said.empty() ? std::string() : fmt::format(" ({})", fmt::join(said, "; "));
}

void write_not_held(const Page& page) {
  const auto& facts = page.facts;
  const auto& meeting = facts.meeting;
  auto& out = page.out;
  const auto state = [&](std::string_view text) { return out.said("meeting.course", "Tình trạng hội nghị", text); };
  if (facts.course() == Course::kAwaited) {
    out.body(
        runs("Hội nghị ", state("chưa tổ chức"), ": hệ thống chưa ghi nhận sự kiện khai mạc, bế mạc hoặc đại biểu điểm danh."));
    return;
  }
  out.body(runs("Hội nghị ", state("đã hủy"), on_grounds(meeting.cancel_reason, meeting.cancel_legal_act), "."));
  const auto concluded = static_cast<std::int64_t>(facts.conclusions.size() + facts.commitments.size());
  if (facts.total.checked_in > 0 || concluded > 0)
    out.body(runs("Hệ thống vẫn ghi nhận của hội nghị đã hủy này ",
                  out.number("attendance.checked_in", "Số đại biểu đã điểm danh", facts.total.checked_in),
                  " đại biểu điểm danh, ", out.number("meeting.concluded", "Số kết luận và nhiệm vụ", concluded),
                  " kết luận, nhiệm vụ; đơn vị soạn thảo đối chiếu lại."));
}

void write_opening(const Page& page) {
  const auto& meeting = page.facts.meeting;
  auto& out = page.out;
  if (!page.facts.held()) return write_not_held(page);
  if (!meeting.opened_at) {
    out.body(runs("Hệ thống chưa ghi nhận sự kiện khai mạc."));
    return;
  }
  auto text = runs("Hội nghị khai mạc lúc ", out.said("meeting.opened_at", "Khai mạc", moment_text(*meeting.opened_at)));
  if (meeting.closed_at) {
    append_runs(text, ", bế mạc lúc ", out.said("meeting.closed_at", "Bế mạc", moment_text(*meeting.closed_at)));
    const auto minutes = (meeting.closed_at->value() - meeting.opened_at->value()) / 60'000;
    if (minutes > 0)
      append_runs(text, "; thời lượng ", out.said("meeting.duration", "Thời lượng hội nghị", duration_text(minutes)));
    append_runs(text, ".");
  } else {
    append_runs(
        text, ". Tại thời điểm chốt số liệu, hệ thống chưa ghi nhận sự kiện bế mạc, vì vậy chưa tính đại biểu vắng không phép.");
  }
  out.body(std::move(text));
}

void write_failures(const Page& page) {
  auto& out = page.out;
  const auto& meeting = page.facts.meeting;
  std::int64_t failures = 0, points = 0, minutes = 0;
  for (const auto& point : page.facts.points) {
    if (point.failures.empty()) continue;
    ++points;
    failures += static_cast<std::int64_t>(point.failures.size());
    minutes += minutes_without_line(point, meeting);
  }
  if (!meeting.opened_at) return;
  if (failures == 0) {
    out.body(runs("Trong thời gian họp, các báo cáo kỹ thuật không ghi nhận lần mất đường truyền nào."));
    return;
  }
  out.body(runs("Trong thời gian họp ghi nhận ", out.number("line.failures", "Số lần mất đường truyền", failures),
                " lần mất đường truyền tại ", out.number("line.points_failed", "Số điểm cầu mất đường truyền", points),
                " điểm cầu, tổng cộng ", out.number("line.minutes_lost", "Tổng số phút mất đường truyền", minutes), " phút:"));
  for (const auto& point : page.facts.points) {
    for (const auto& failure : point.failures) {
      const auto until = failure.until ? "đến " + time_text(*failure.until) : std::string("chưa có báo cáo nối lại");
      const auto end = failure.until ? failure.until : meeting.closed_at;
      const auto lost = end ? end->value() / 60'000 - failure.from.value() / 60'000 : 0;
      out.item(runs(point.name, ": từ ", time_text(failure.from), " ", until,
                    !end        ? ""
                    : lost == 0 ? " (dưới 1 phút)"
                                : " (" + duration_text(lost) + ")",
                    "."));
    }
  }
}

}  // namespace

std::string title_with_course(const Facts& facts) {
  const auto title = title_of(facts);
  if (facts.held()) return title;
  return title + (facts.course() == Course::kCancelled ? " (đã hủy)" : " (chưa tổ chức)");
}

std::string bodies_of(const Facts& facts) {
  return facts.held() ? "Các cơ quan, đơn vị, địa phương dự hội nghị" : "Các cơ quan, đơn vị, địa phương được mời dự hội nghị";
}

std::string enumerated(const std::vector<std::string>& names, std::size_t listed, std::string_view others) {
  std::string out;
  const auto shown = std::min(names.size(), listed);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == shown && shown == names.size() ? " và " : ", ";
    out += names[i];
  }
  if (shown < names.size())
    out += fmt::format(" và {} {} khác", number_text(static_cast<std::int64_t>(names.size() - shown)), others);
  return out;
}

std::int64_t minutes_without_line(const PointFacts& point, const MeetingFacts& meeting) {
  std::int64_t out = 0;
  for (const auto& failure : point.failures) {
    const auto until = failure.until ? failure.until : meeting.closed_at;
    // By the clock, as the text tells it: from 09:04 to 09:13 are 9 minutes.
    if (until && *until > failure.from) out += until->value() / 60'000 - failure.from.value() / 60'000;
  }
  return out;
}

void write_basis(const Page& page, std::string_view act) {
  const auto& meeting = page.facts.meeting;
  auto& out = page.out;
  for (const auto& basis : meeting.basis) {
    const bool complete = lower(basis).starts_with(lower("căn cứ"));
    out.basis((complete ? basis : "Căn cứ " + basis) + ";");
  }
  if (meeting.basis.empty()) out.to_write(fmt::format("Hệ thống chưa ghi nhận căn cứ {}: đơn vị soạn thảo bổ sung", act));
}

void write_marks(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  if (facts.simulated)
    out.note(
        runs("Văn bản này có số liệu mô phỏng (từ các nguồn bắt đầu bằng /simulated/), chỉ dùng để chạy thử, không có giá trị "
             "báo cáo chính thức."));
  std::vector<std::string> missing;
  for (const auto& source : facts.sources)
    if (source.missing_count > 0)
      missing.push_back(fmt::format("{} ({} bản ghi)", source.source, number_text(source.missing_count)));
  if (!missing.empty())
    out.note(runs("Số liệu tạm tính: còn thiếu bản ghi theo số thứ tự của nguồn ", enumerated(missing, 5, "nguồn"),
                  page.full ? "; chi tiết tại " + annex_name(page, ReportAnnex::kQuality) + "." : "."));
}

void write_time_and_place(const Page& page) {
  auto& out = page.out;
  const auto& meeting = page.facts.meeting;
  if (!meeting.planned) {
    out.body(runs("Hệ thống chưa ghi nhận kế hoạch tổ chức hội nghị (ngày, hình thức, chủ trì)."));
  } else {
    auto text = runs(page.facts.held() ? "Hội nghị được tổ chức" : "Theo kế hoạch, hội nghị được tổ chức");
    if (!meeting.day.empty()) append_runs(text, " ", out.said("meeting.day", "Ngày tổ chức", day_text(meeting.day)));
    if (!meeting.mode.empty())
      append_runs(text, " theo hình thức ", out.said("meeting.mode", "Hình thức", mode_text(meeting.mode)));
    if (!meeting.chair.empty()) append_runs(text, ", do ", meeting.chair, " chủ trì");
    append_runs(text, ".");
    if (!meeting.place.empty()) append_runs(text, " Địa điểm: ", meeting.place, ".");
    out.body(std::move(text));
  }
  for (const auto& moved : meeting.rescheduled)
    out.item(runs("Hội nghị được đổi lịch", moved.from.empty() ? "" : " từ " + day_text(moved.from),
                  moved.to.empty() ? "" : " sang " + day_text(moved.to), on_grounds(moved.reason, moved.legal_act), "."));
  write_opening(page);
}

void write_points(const Page& page) {
  auto& out = page.out;
  const auto& points = page.facts.points;
  if (points.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận điểm cầu nào của hội nghị."));
    return;
  }
  std::map<std::string, std::int64_t> by_level, by_line;
  std::vector<std::string> unplanned, not_reported;
  std::int64_t planned = 0;
  for (const auto& point : points) {
    if (point.planned) {
      ++planned;
      ++by_level[point.level];
    } else {
      unplanned.push_back(point.name);
    }
    if (point.line.empty()) {
      not_reported.push_back(point.name);
    } else {
      ++by_line[point.line];
    }
  }
  auto text =
      runs("Theo kế hoạch, hội nghị có ", out.number("points.planned", "Số điểm cầu theo kế hoạch", planned), " điểm cầu");
  bool first = true;
  for (const auto* level : {"central", "province", "district", "commune", "agency", "other", ""}) {
    if (by_level[level] == 0) continue;
    append_runs(text, std::exchange(first, false) ? ", gồm " : ", ",
                out.number(fmt::format("points.level.{}", *level == '\0' ? "unknown" : level), "Số điểm cầu " + level_text(level),
                           by_level[level]),
                " điểm cầu " + level_text(level));
  }
  append_runs(text, ".");
  if (!unplanned.empty())
    append_runs(text, " Ngoài kế hoạch có ",
                out.number("points.unplanned", "Số điểm cầu ngoài kế hoạch", static_cast<std::int64_t>(unplanned.size())),
                " điểm cầu phát sinh số liệu: ", enumerated(unplanned, 5, "điểm cầu"), ".");
  out.body(std::move(text));
  text = runs("Theo báo cáo kỹ thuật gần nhất, ", out.number("points.connected", "Số điểm cầu đã kết nối", by_line["connected"]),
              " điểm cầu đã kết nối");
  if (by_line["connecting"] > 0)
    append_runs(text, ", ", out.number("points.connecting", "Số điểm cầu đang kết nối", by_line["connecting"]), " đang kết nối");
  if (by_line["disconnected"] > 0)
    append_runs(text, ", ", out.number("points.disconnected", "Số điểm cầu mất kết nối", by_line["disconnected"]),
                " mất kết nối");
  append_runs(text, not_reported.empty() ? "." : "; chưa có báo cáo kỹ thuật: " + enumerated(not_reported, 5, "điểm cầu") + ".");
  out.body(std::move(text));
  write_failures(page);
}

void write_budget(const Page& page) {
  auto& out = page.out;
  if (page.facts.budget.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận dự toán kinh phí của hội nghị."));
    return;
  }
  for (const auto& budget : page.facts.budget) {
    const auto id = "budget." + id_part(budget.estimate);
    const std::string currency = budget.currency == "VND" || budget.currency.empty() ? "đồng" : budget.currency;
    auto text = runs("Dự toán ", budget.estimate, budget.unit.empty() ? "" : " do " + budget.unit + " lập", ": ");
    if (budget.total.empty()) {
      append_runs(text, "chưa nêu tổng số");
    } else {
      append_runs(text, "tổng số ", out.decimal(id + ".total", "Kinh phí dự toán " + budget.estimate, budget.total), " ",
                  currency);
    }
    append_runs(text,
                "; trạng thái: ", out.said(id + ".state", "Trạng thái dự toán " + budget.estimate, budget_state(budget.state)),
                budget.legal_act.empty() ? "." : " (" + budget.legal_act + ").");
    out.body(std::move(text));
    for (const auto& item : budget.items)
      if (!item.amount.empty()) out.item(runs(item.item, ": ", decimal_text(item.amount), " ", currency, "."));
  }
}

void write_agenda(const Page& page) {
  auto& out = page.out;
  const auto& agenda = page.facts.meeting.agenda;
  if (agenda.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận chương trình hội nghị."));
    return;
  }
  out.body(runs("Chương trình hội nghị gồm ",
                out.number("agenda.items", "Số nội dung trong chương trình", static_cast<std::int64_t>(agenda.size())),
                " nội dung:"));
  for (const auto& item : agenda) out.item(runs(item.title, item.presenter.empty() ? "" : " (" + item.presenter + ")", "."));
}

}  // namespace dongbo::report
