#include <algorithm>

#include <fmt/format.h>

#include "hub/report/sections.h"
#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string state_text(const CommitmentFacts& commitment) {
  if (commitment.state == "completed") return "Đã hoàn thành";
  if (commitment.state == "progressing")
    return commitment.percent.empty() ? "Đang thực hiện" : "Đang thực hiện (" + decimal_text(commitment.percent) + "%)";
  return "Mới giao";
}

std::string about(const std::string& index, const std::string& component) {
  if (component.empty()) return index;
  return index.empty() ? component : index + ", " + component;
}

// How many of the invited came by the planned start (or, without one, the opening).
void write_punctuality(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  const auto start = facts.meeting.starts_at ? facts.meeting.starts_at : facts.meeting.opened_at;
  if (!start || facts.arrivals.empty()) {
    out.item(runs("Về thời gian: chưa có đủ số liệu điểm danh và giờ khai mạc để đánh giá."));
    return;
  }
  std::int64_t in_time = 0, all = 0;
  for (const auto& arrival : facts.arrivals) {
    all += arrival.checked_in;
    if (arrival.minute <= *start) in_time += arrival.checked_in;
  }
  out.item(runs("Về thời gian: ", out.number("assessment.in_time", "Số đại biểu điểm danh trước giờ bắt đầu", in_time), "/",
                out.number("assessment.arrivals", "Số đại biểu điểm danh lần đầu", all), " đại biểu (",
                out.percent("assessment.in_time_share", "Tỷ lệ điểm danh trước giờ bắt đầu", in_time, all), ") điểm danh đến ",
                time_text(*start), facts.meeting.starts_at ? " (giờ dự kiến bắt đầu)." : " (giờ khai mạc)."));
}

void write_lines(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  if (!facts.meeting.opened_at || facts.points.empty()) return;
  const PointFacts* worst = nullptr;
  std::int64_t minutes = 0;
  for (const auto& point : facts.points) {
    const auto lost = minutes_without_line(point, facts.meeting);
    minutes += lost;
    if (lost > 0 && (worst == nullptr || lost > minutes_without_line(*worst, facts.meeting))) worst = &point;
  }
  if (worst == nullptr) {
    out.item(runs("Về đường truyền: không ghi nhận thời gian mất đường truyền trong phiên họp."));
  } else {
    out.item(runs("Về đường truyền: tổng thời gian mất đường truyền ",
                  out.number("line.minutes_lost", "Tổng số phút mất đường truyền", minutes), " phút; dài nhất tại ", worst->name,
                  " (",
                  out.number("line.minutes_lost_most", "Số phút mất đường truyền dài nhất của một điểm cầu",
                             minutes_without_line(*worst, facts.meeting)),
                  " phút)."));
  }
}

// Points that the plan names and of which nothing came, and sources with gaps.
void write_behind(const Page& page) {
  auto& out = page.out;
  const auto& facts = page.facts;
  std::vector<std::string> silent;
  for (const auto& point : facts.points)
    if (point.planned && point.counts.checked_in == 0 && point.counts.headcount == 0) silent.push_back(point.name);
  const auto gaps =
      std::count_if(facts.sources.begin(), facts.sources.end(), [](const auto& each) { return each.missing_count > 0; });
  auto text = runs(
      "Về đồng bộ số liệu: ",
      out.number("assessment.points_silent", "Số điểm cầu chưa có số liệu điểm danh", static_cast<std::int64_t>(silent.size())),
      " điểm cầu trong kế hoạch chưa có số liệu điểm danh");
  if (!silent.empty()) append_runs(text, " (", enumerated(silent, 5, "điểm cầu"), ")");
  append_runs(text, "; ", out.number("assessment.sources_with_gaps", "Số nguồn còn thiếu bản ghi", gaps), "/",
              out.number("assessment.sources", "Số nguồn số liệu", static_cast<std::int64_t>(facts.sources.size())),
              " nguồn còn thiếu bản ghi.");
  out.item(std::move(text));
}

}  // namespace

void write_conclusions(const Page& page) {
  auto& out = page.out;
  if (page.facts.conclusions.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận kết luận nào của chủ trì."));
    return;
  }
  for (const auto& conclusion : page.facts.conclusions) {
    const auto subject = about(conclusion.index, conclusion.component);
    const auto text = conclusion.text.empty() ? std::string("(chưa có nội dung)") : conclusion.text;
    const auto end = subject.empty() ? std::string() : " (" + subject + ").";
    out.item(runs(conclusion.title.empty() ? "" : conclusion.title + ": ", text, end.empty() ? full_stop(text) : end));
  }
}

void write_commitments(const Page& page) {
  auto& out = page.out;
  const auto& commitments = page.facts.commitments;
  if (commitments.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận nhiệm vụ nào được giao sau hội nghị."));
    return;
  }
  const auto in_state = [&](std::string_view state) {
    return std::count_if(commitments.begin(), commitments.end(), [&](const auto& each) { return each.state == state; });
  };
  out.body(runs("Có ", out.number("commitments.all", "Số nhiệm vụ được giao", static_cast<std::int64_t>(commitments.size())),
                " nhiệm vụ được giao: đã hoàn thành ",
                out.number("commitments.completed", "Số nhiệm vụ đã hoàn thành", in_state("completed")), ", đang thực hiện ",
                out.number("commitments.progressing", "Số nhiệm vụ đang thực hiện", in_state("progressing")), ", mới giao ",
                out.number("commitments.assigned", "Số nhiệm vụ mới giao", in_state("assigned")), "."));
  std::string first, last;
  std::int64_t without = 0;
  for (const auto& each : commitments) {
    if (each.due.empty()) {
      ++without;
    } else {
      if (first.empty() || each.due < first) first = each.due;
      if (last.empty() || each.due > last) last = each.due;
    }
  }
  if (!first.empty())
    out.body(runs("Thời hạn hoàn thành: ",
                  first == last
                      ? out.said("commitments.due", "Thời hạn các nhiệm vụ", day_text(first))
                      : out.said("commitments.due", "Thời hạn các nhiệm vụ", "từ " + day_text(first) + " đến " + day_text(last)),
                  "."));
  if (without > 0)
    out.body(
        runs(out.number("commitments.without_due", "Số nhiệm vụ chưa nêu thời hạn", without), " nhiệm vụ chưa nêu thời hạn."));
}

void write_commitments_table(const Page& page, std::string_view caption) {
  auto& out = page.out;
  std::vector<Row> rows;
  for (const auto& each : page.facts.commitments) {
    const auto id = "commitment." + id_part(each.commitment);
    std::string unit = each.unit;
    if (!each.supporting.empty()) unit += fmt::format(" (phối hợp: {})", fmt::join(each.supporting, ", "));
    rows.push_back({{Writer::text_cell(std::to_string(rows.size() + 1)),
                     Writer::text_cell(each.task.empty() ? each.commitment : each.task), Writer::text_cell(unit),
                     Writer::text_cell(about(each.index, each.component)), Writer::text_cell(decimal_text(each.target)),
                     out.said_cell(id + ".due", "Thời hạn nhiệm vụ " + each.commitment, short_day_text(each.due)),
                     out.said_cell(id + ".state", "Trạng thái nhiệm vụ " + each.commitment, state_text(each))},
                    false});
  }
  using Align = Column::Align;
  out.table("nhiem_vu", caption,
            {{"STT", 0.8, Align::kCentre},
             {"Nội dung", 4, Align::kLeft},
             {"Đơn vị thực hiện", 2.4, Align::kLeft},
             {"Chỉ số, thành phần", 2.6, Align::kLeft},
             {"Mục tiêu", 1.4, Align::kLeft},
             {"Thời hạn", 1.2, Align::kCentre},
             {"Trạng thái", 1.4, Align::kLeft}},
            std::move(rows), "Hệ thống chưa ghi nhận nhiệm vụ nào được giao sau hội nghị.");
}

void write_assessment(const Page& page) {
  auto& out = page.out;
  const auto& total = page.facts.total;
  if (total.invited > 0) {
    out.item(runs("Về tham dự: tỷ lệ điểm danh so với được mời ",
                  out.percent("attendance.share", "Tỷ lệ điểm danh so với được mời", total.checked_in, total.invited),
                  page.facts.closed() ? runs("; vắng không phép ",
                                             out.number("attendance.absent_without_leave", "Số đại biểu vắng không phép",
                                                        total.absent_without_leave),
                                             " đại biểu.")
                                      : runs("; chưa tính vắng không phép vì hội nghị chưa bế mạc.")));
  } else {
    out.item(runs("Về tham dự: chưa có số đại biểu được mời để đánh giá."));
  }
  write_punctuality(page);
  write_lines(page);
  write_behind(page);
}

void annex_commitments(const Page& page) {
  page.out.annex("Nhiệm vụ được giao sau hội nghị", true);
  write_commitments_table(page, "Nhiệm vụ được giao");
}

}  // namespace dongbo::report
