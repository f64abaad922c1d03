#include <algorithm>

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/compose.h"
#include "hub/report/sections.h"
#include "hub/report/words.h"

// Thông báo ý kiến kết luận, due within five working days after the meeting (Quyết định 45/2018/QĐ-TTg).
namespace dongbo::report {
namespace {

constexpr int kWorkingDays = 5;

std::string chair_of(const Facts& facts) {
  return facts.meeting.chair.empty() ? "[Người chủ trì]" : facts.meeting.chair;
}

// The day the meeting ended; the planned one when it was not closed. "": not known.
std::string last_day(const Facts& facts) {
  if (facts.meeting.closed_at) return day_of(*facts.meeting.closed_at);
  return event::is_date(facts.meeting.day) ? facts.meeting.day : std::string();
}

void write_deadline(const Page& page) {
  auto& out = page.out;
  const auto day = last_day(page.facts);
  if (day.empty()) {
    out.note(runs(
        "Theo Quyết định số 45/2018/QĐ-TTg, thông báo kết luận được ban hành trong 5 ngày làm việc kể từ khi hội nghị kết thúc; "
        "hệ thống chưa ghi nhận ngày kết thúc nên chưa tính được thời hạn."));
    return;
  }
  const auto deadline = page.reference.working_days.after(day, kWorkingDays);
  out.note(runs(
      "Theo Quyết định số 45/2018/QĐ-TTg, thông báo kết luận được ban hành trong 5 ngày làm việc kể từ khi hội nghị kết thúc (",
      day_text(day), "), tức chậm nhất ", out.said("notice.due", "Thời hạn ban hành thông báo kết luận", day_text(deadline.day)),
      deadline.certain ? "."
                       : "; chưa trừ ngày nghỉ lễ, tết vì chưa có bảng ngày nghỉ của năm này, đơn vị soạn thảo kiểm tra lại."));
}

std::string subject_of(const Facts& facts) {
  if (facts.held()) return "Ý kiến kết luận của " + chair_of(facts) + " tại " + title_of(facts);
  return facts.course() == Course::kCancelled ? "Việc hủy " + title_of(facts) : "Ý kiến kết luận tại " + title_with_course(facts);
}

void write_not_held(const Page& page) {
  auto& out = page.out;
  write_time_and_place(page);
  write_marks(page);
  if (page.facts.course() == Course::kCancelled) {
    out.body(
        runs(page.issuer.name, " thông báo việc hủy ", title_of(page.facts), " đến các cơ quan, đơn vị, địa phương biết./."));
  } else {
    out.body(runs("Chưa có kết luận của chủ trì để thông báo./."));
  }
}

void write_opening(const Page& page) {
  const auto& facts = page.facts;
  auto& out = page.out;
  auto text = runs(
      facts.meeting.day.empty() ? "[Ngày họp]" : "Ngày" + day_text(facts.meeting.day).substr(std::string("ngày").size()), ", ");
  if (!facts.meeting.place.empty()) append_runs(text, "tại ", facts.meeting.place, ", ");
  append_runs(text, chair_of(facts), facts.meeting.opened_at ? " đã chủ trì " : " chủ trì (theo kế hoạch) ", title_of(facts),
              ".");
  out.body(std::move(text));
  if (facts.total.checked_in > 0) {
    const std::int64_t points = std::count_if(facts.points.begin(), facts.points.end(),
                                              [](const PointFacts& point) { return point.counts.checked_in > 0; });
    out.body(runs("Dự hội nghị có ", out.number("attendance.checked_in", "Số đại biểu đã điểm danh", facts.total.checked_in),
                  " đại biểu điểm danh tại ", out.number("points.attended", "Số điểm cầu có đại biểu điểm danh", points),
                  " điểm cầu."));
  } else {
    out.body(runs("Hệ thống chưa ghi nhận đại biểu điểm danh tại hội nghị."));
  }
  // What was heard, as far as it is known.
  std::vector<std::string> heard;
  const auto& papers = facts.papers;
  if (std::any_of(papers.begin(), papers.end(), [](const PaperFacts& paper) { return paper.state == "presented"; }))
    heard.emplace_back("tham luận");
  if (!facts.feedback.empty()) heard.emplace_back("ý kiến của đại biểu, người dân, doanh nghiệp");
  out.body(runs(heard.empty() ? "" : "Sau khi nghe " + enumerated(heard, 2, "") + ", ", chair_of(facts), " kết luận như sau:"));
}

void write_tasks(const Page& page) {
  auto& out = page.out;
  if (page.facts.commitments.empty()) {
    out.body(runs("Hệ thống chưa ghi nhận nhiệm vụ nào được giao sau hội nghị."));
    return;
  }
  for (const auto& each : page.facts.commitments) {
    auto text = runs("Giao ", each.unit.empty() ? "[đơn vị chủ trì]" : each.unit, " chủ trì");
    if (!each.supporting.empty()) append_runs(text, ", phối hợp với ", fmt::format("{}", fmt::join(each.supporting, ", ")));
    append_runs(text, ": ", each.task.empty() ? each.commitment : each.task, "; thời gian hoàn thành: ",
                each.due.empty() ? Run{"chưa nêu", false, false, {}}
                                 : out.said("commitment." + id_part(each.commitment) + ".due",
                                            "Thời hạn nhiệm vụ " + each.commitment, day_text(each.due)),
                ".");
    out.item(std::move(text));
  }
}

void write_held(const Page& page) {
  auto& out = page.out;
  write_opening(page);
  write_marks(page);
  const bool with_indexes = !page.facts.meeting.indexes.empty();
  out.section("Đánh giá kết quả");
  if (with_indexes) {
    write_indexes_brief(page);
  } else {
    out.to_write("Đơn vị soạn thảo bổ sung đánh giá của chủ trì về kết quả đạt được");
  }
  out.section("Tồn tại, hạn chế");
  if (with_indexes) write_weak_components(page);
  out.to_write("Đơn vị soạn thảo bổ sung nhận định của chủ trì về tồn tại, hạn chế và nguyên nhân");
  out.section("Kết luận và nhiệm vụ");
  out.part("Kết luận");
  write_conclusions(page);
  out.part("Nhiệm vụ");
  write_tasks(page);
  write_deadline(page);
  out.body(runs(page.issuer.name, " thông báo ý kiến kết luận của ", chair_of(page.facts),
                " đến các cơ quan, đơn vị, địa phương biết, thực hiện./."));
}

}  // namespace

Document compose_thong_bao(const Facts& facts, const Reference& reference) {
  Document document;
  const auto issuer = issuer_of(facts, reference);
  document.letterhead = letterhead_of(issuer, "TB", "THÔNG BÁO", subject_of(facts));
  Writer out(document);
  const Page page{out, facts, reference, issuer, false};
  if (facts.held()) {
    write_held(page);
  } else {
    write_not_held(page);
  }
  document.recipients = {bodies_of(facts), filing_of(issuer)};
  document.signatures = {issuer.signature};
  if (facts.held()) annex_commitments(page);
  out.finish();
  return document;
}

}  // namespace dongbo::report
