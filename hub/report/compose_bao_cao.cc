#include <algorithm>

#include "hub/base/assert.h"
#include "hub/report/compose.h"
#include "hub/report/sections.h"
#include "hub/report/words.h"

// Báo cáo kết quả tổ chức hội nghị, mẫu 1.4 of Nghị định 30/2020/NĐ-CP.
namespace dongbo::report {
namespace {

std::vector<ReportAnnex> annexes_of(const Facts& facts) {
  if (!facts.held()) return {ReportAnnex::kQuality};
  std::vector<ReportAnnex> out = {ReportAnnex::kPoints, ReportAnnex::kAbsent, ReportAnnex::kGroups};
  if (!facts.meeting.indexes.empty()) out.push_back(ReportAnnex::kIndexes);
  out.insert(out.end(), {ReportAnnex::kCommitments, ReportAnnex::kQuality});
  return out;
}

void write_annex(const Page& page, ReportAnnex annex) {
  switch (annex) {
    case ReportAnnex::kPoints:
      return annex_points(page);
    case ReportAnnex::kAbsent:
      return annex_absent(page);
    case ReportAnnex::kGroups:
      return annex_groups(page);
    case ReportAnnex::kIndexes:
      return annex_indexes(page);
    case ReportAnnex::kCommitments:
      return annex_commitments(page);
    case ReportAnnex::kQuality:
      return annex_quality(page);
  }
}

// "Kết quả tổ chức", "Tình hình chuẩn bị" or "Việc hủy", and the title.
std::string subject_of(const Facts& facts) {
  const auto course = facts.course();
  return (course == Course::kHeld      ? "Kết quả tổ chức "
          : course == Course::kAwaited ? "Tình hình chuẩn bị "
                                       : "Việc hủy ") +
         title_of(facts);
}

void write_general(const Page& page) {
  auto& out = page.out;
  out.section("Thông tin chung");
  out.part("Thời gian, hình thức, địa điểm");
  write_time_and_place(page);
  out.part("Điểm cầu và điều kiện kỹ thuật");
  write_points(page);
  out.part("Kinh phí");
  write_budget(page);
}

void write_held(const Page& page) {
  auto& out = page.out;
  out.section("Thành phần và số lượng đại biểu");
  out.part("Kết quả chung");
  write_attendance(page);
  out.part("Theo điểm cầu");
  write_attendance_by_point(page);
  out.part("Theo thành phần");
  write_attendance_by_group(page);
  out.part("Trường hợp cần đối chiếu");
  write_attention(page);

  out.section("Diễn biến hội nghị");
  out.part("Chương trình");
  write_agenda(page);
  out.part("Tham luận");
  write_papers(page);

  out.section("Ý kiến, phản ánh, kiến nghị");
  write_feedback(page);
  write_surveys(page);

  if (!page.facts.meeting.indexes.empty()) {
    out.section("Kết quả các chỉ số được phân tích tại hội nghị");
    write_indexes(page);
  }

  out.section("Kết luận và nhiệm vụ");
  out.part("Kết luận của chủ trì");
  write_conclusions(page);
  out.part("Nhiệm vụ được giao");
  write_commitments(page);

  out.section("Đánh giá công tác tổ chức");
  out.part("Số liệu đánh giá");
  write_assessment(page);
  out.part("Ưu điểm, tồn tại và nguyên nhân");
  out.to_write("Đơn vị soạn thảo bổ sung nhận định về ưu điểm, tồn tại và nguyên nhân, căn cứ số liệu nêu trên");
}

void write_prepared(const Page& page) {
  auto& out = page.out;
  out.section("Thành phần được mời");
  write_attendance(page);
  out.section("Chương trình, tham luận");
  out.part("Chương trình");
  write_agenda(page);
  out.part("Tham luận");
  write_papers(page);
  out.section("Ý kiến, phản ánh, kiến nghị");
  write_feedback(page);
}

void write_body(const Page& page, const std::string& addressee) {
  auto& out = page.out;
  const auto subject = lower_first(subject_of(page.facts));
  write_basis(page, "ban hành báo cáo");
  out.body(runs(page.issuer.name, " báo cáo ", subject, " như sau:"));
  write_marks(page);
  write_general(page);
  if (page.facts.held()) {
    write_held(page);
  } else {
    write_prepared(page);
  }
  out.section("Đề xuất, kiến nghị");
  out.to_write("Đơn vị soạn thảo bổ sung đề xuất, kiến nghị");

  auto end = runs("Trên đây là báo cáo ", subject);
  if (!addressee.empty()) append_runs(end, "; ", page.issuer.name, " kính báo cáo ", addressee, " xem xét, chỉ đạo");
  append_runs(end, "./.");
  out.body(std::move(end));
}

}  // namespace

std::string annex_name(const Page& page, ReportAnnex annex) {
  const auto& annexes = page.annexes;
  const auto found = std::find(annexes.begin(), annexes.end(), annex);
  DONGBO_ASSERT(found != annexes.end());
  if (annexes.size() == 1) return "Phụ lục";
  return "Phụ lục " + roman(static_cast<int>(found - annexes.begin()) + 1);
}

Document compose_bao_cao(const Facts& facts, const Reference& reference) {
  Document document;
  const auto issuer = issuer_of(facts, reference);
  document.letterhead = letterhead_of(issuer, "BC", "BÁO CÁO", subject_of(facts));
  document.letterhead.addressee = issuer.addressee;
  Writer out(document);
  const Page page{out, facts, reference, issuer, true, annexes_of(facts)};
  write_body(page, issuer.addressee);
  document.recipients = {bodies_of(facts)};
  if (!issuer.addressee.empty()) document.recipients.insert(document.recipients.begin(), "Như trên");
  document.recipients.push_back(filing_of(issuer));
  document.signatures = {issuer.signature};
  for (const auto annex : page.annexes) write_annex(page, annex);
  out.finish();
  return document;
}

}  // namespace dongbo::report
