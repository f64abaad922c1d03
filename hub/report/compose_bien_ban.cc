#include "hub/report/compose.h"
#include "hub/report/sections.h"
#include "hub/report/words.h"

// Biên bản, mẫu 1.9 of Nghị định 30/2020/NĐ-CP with what Quyết định 45/2018/QĐ-TTg asks of minutes: chair, who was there,
// course, opinions, votes, conclusion.
namespace dongbo::report {
namespace {

void write_head(const Page& page) {
  auto& out = page.out;
  const auto& meeting = page.facts.meeting;
  const auto start = meeting.opened_at     ? moment_text(*meeting.opened_at)
                     : meeting.day.empty() ? std::string("[Thời gian bắt đầu]")
                                           : day_text(meeting.day);
  out.body(runs("Thời gian bắt đầu: ", out.said("meeting.start", "Thời gian bắt đầu", start), "."));
  if (meeting.place.empty()) {
    out.to_write("Địa điểm: thư ký bổ sung");
  } else {
    out.body(runs("Địa điểm: ", meeting.place, "."));
  }
  if (meeting.chair.empty()) {
    out.to_write("Chủ trì: thư ký bổ sung");
  } else {
    out.body(runs("Chủ trì: ", meeting.chair, "."));
  }
  out.to_write("Thư ký (người ghi biên bản): thư ký bổ sung");
}

void write_held(const Page& page) {
  auto& out = page.out;
  write_head(page);
  write_marks(page);
  out.section("Thành phần tham dự");
  write_attendance(page);
  write_attendance_by_point(page);
  write_attention(page);
  out.section("Diễn biến và nội dung");
  out.part("Hình thức và điểm cầu");
  write_time_and_place(page);
  write_points(page);
  out.part("Chương trình");
  write_agenda(page);
  out.part("Tham luận");
  write_papers(page);
  out.part("Ý kiến tại hội nghị");
  write_opinions(page);
  write_surveys(page);
  out.part("Biểu quyết");
  out.to_write("Hệ thống không ghi nhận biểu quyết: thư ký bổ sung kết quả biểu quyết, nếu có");
  out.section("Kết luận");
  write_conclusions(page);
  out.section("Nhiệm vụ được giao");
  write_commitments_table(page, "Nhiệm vụ được giao sau hội nghị");
  const auto& closed = page.facts.meeting.closed_at;
  if (closed) {
    out.body(runs("Hội nghị kết thúc vào ", out.said("meeting.closed_at", "Bế mạc", moment_text(*closed)), "./."));
  } else {
    out.body(runs("Hệ thống chưa ghi nhận sự kiện bế mạc hội nghị./."));
  }
}

void write_not_held(const Page& page) {
  write_time_and_place(page);
  write_marks(page);
  page.out.body(runs(page.facts.course() == Course::kCancelled
                         ? "Hội nghị đã hủy nên không có nội dung để ghi biên bản./."
                         : "Hội nghị chưa tổ chức nên chưa có nội dung để ghi biên bản./."));
}

}  // namespace

Document compose_bien_ban(const Facts& facts, const Reference& reference) {
  Document document;
  const auto issuer = issuer_of(facts, reference);
  document.letterhead = letterhead_of(issuer, "BB", "BIÊN BẢN", title_with_course(facts));
  Writer out(document);
  const Page page{out, facts, reference, issuer, false};
  if (facts.held()) {
    write_held(page);
  } else {
    write_not_held(page);
  }
  document.recipients = {filing_of(issuer)};
  document.signatures = {Signature{{"THƯ KÝ"}}, Signature{{"CHỦ TRÌ"}}};
  if (facts.held()) {
    annex_points(page);
    annex_absent(page);
  }
  out.finish();
  return document;
}

}  // namespace dongbo::report
