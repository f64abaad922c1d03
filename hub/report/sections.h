#pragma once
#include "hub/report/facts.h"
#include "hub/report/issuer.h"
#include "hub/report/reference.h"
#include "hub/report/writer.h"

// The parts that papers are put together from. Each writes its blocks at the writer's place; headings of sections are the
// caller's, headings of parts are theirs where they have several.
namespace dongbo::report {

enum class ReportAnnex { kPoints, kAbsent, kGroups, kIndexes, kCommitments, kQuality };

struct Page {
  Writer& out;
  const Facts& facts;
  const Reference& reference;
  const Issuer& issuer;
  bool full = false;                      // with pictures, and with annexes to refer to: the report
  std::vector<ReportAnnex> annexes = {};  // of the report, in their order
};

// "Phụ lục IV", "Phụ lục" when it is the only one: as the report numbers its annexes. REQUIRES that it has it.
std::string annex_name(const Page& page, ReportAnnex annex);

void write_basis(const Page& page, std::string_view act);  // căn cứ; `act`: what is issued on these grounds
void write_marks(const Page& page);                        // simulated and provisional figures, said at the beginning

void write_time_and_place(const Page& page);  // planned and, as far as it went, held
void write_points(const Page& page);
void write_budget(const Page& page);
void write_attendance(const Page& page);  // general figures
void write_attendance_by_point(const Page& page);
void write_attendance_by_group(const Page& page);
void write_attention(const Page& page);
void write_agenda(const Page& page);
void write_papers(const Page& page);
void write_feedback(const Page& page);
void write_opinions(const Page& page);  // one by one, without authors: for minutes
void write_surveys(const Page& page);
void write_indexes(const Page& page);        // one part an index
void write_indexes_brief(const Page& page);  // a paragraph an index
void write_weak_components(const Page& page);
void write_conclusions(const Page& page);
void write_commitments(const Page& page);  // a sentence and what is due first
void write_commitments_table(const Page& page, std::string_view caption);
void write_assessment(const Page& page);

void annex_points(const Page& page);
void annex_absent(const Page& page);
void annex_groups(const Page& page);
void annex_indexes(const Page& page);
void annex_commitments(const Page& page);
void annex_quality(const Page& page);

inline constexpr std::int64_t kSmallGroup = 5;  // groups of fewer people are not told apart

// "Hội nghị thử (đã hủy)": the title with what it came to, when it was not held.
std::string title_with_course(const Facts& facts);
// Of Nơi nhận: those who were, or were to be, at the meeting.
std::string bodies_of(const Facts& facts);
// "A, B và C", at most `listed` names and then "… và n nơi khác".
std::string enumerated(const std::vector<std::string>& names, std::size_t listed, std::string_view others);
// The unit that a score is written with: "%", " điểm".
std::string_view score_unit(const IndexFacts& index);
// Minutes without line at a point while the meeting was on; a failure whose end nobody reported lasts until the closing.
std::int64_t minutes_without_line(const PointFacts& point, const MeetingFacts& meeting);

}  // namespace dongbo::report
