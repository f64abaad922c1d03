#include "hub/projection/commitments.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more = "") {
  return event(fmt::format("commitment.{}", what), id, time, fmt::format(R"({{"meeting":"M","commitment":"nv-01"{}}})", more));
}
const std::string kAssigned = fact(
    "assigned", "a", "2023-05-30T11:25:00+07:00",
    R"(,"unit":"so-noi-vu","task":"Nhiệm vụ mô phỏng","index":"PAR INDEX","component":"c5","due":"2023-12-31","target":12.5)");

TEST(Commitments, ATaskIsAssignedProgressesAndIsCompleted) {
  FoldFixture fixture(make_commitments());
  fixture.fold(kAssigned);
  EXPECT_EQ(fixture.row(kCommitments, "M", "nv-01")->state, "assigned");
  EXPECT_EQ(fixture.row(kCommitments, "M", "nv-01")->target, "12.5");
  fixture.fold(fact("progressed", "p", "2023-09-01T08:00:00+07:00", R"(,"percent":40,"text":"Tiến độ","due":"2024-01-31")"));
  const auto shown = fixture.shown(kCommitments, "M", "nv-01");
  EXPECT_EQ(shown["state"], "progressing");
  EXPECT_EQ(shown["percent"], "40");
  EXPECT_EQ(shown["due"], "2024-01-31");
  fixture.fold(fact("completed", "c", "2023-12-20T23:30:00Z", R"(,"result":"Xong")"));
  const auto* row = fixture.row(kCommitments, "M", "nv-01");
  EXPECT_EQ(row->state, "completed");
  EXPECT_EQ(row->completed_on, "2023-12-21") << "the day in Vietnam";
}

TEST(Commitments, CompletedBeforeTheAssignmentArrivesItIsShownAsUnknown) {
  FoldFixture fixture(make_commitments());
  fixture.fold(fact("completed", "c", "2023-12-20T08:00:00+07:00", R"(,"unit":"ubnd-502","completed_on":"2023-12-18")"));
  EXPECT_FALSE(fixture.row(kCommitments, "M", "nv-01")->known);
  EXPECT_EQ(fixture.row(kCommitments, "M", "nv-01")->unit, "ubnd-502");
  fixture.fold(kAssigned);
  const auto* row = fixture.row(kCommitments, "M", "nv-01");
  EXPECT_TRUE(row->known);
  EXPECT_EQ(row->unit, "so-noi-vu");
  EXPECT_EQ(row->state, "completed");
  EXPECT_EQ(row->completed_on, "2023-12-18");
}

TEST(Commitments, AssignedAnewAfterItsCompletionItIsOpenAgain) {
  FoldFixture fixture(make_commitments());
  fixture.fold(kAssigned);
  fixture.fold(fact("completed", "c", "2023-12-20T08:00:00+07:00"));
  fixture.fold(fact("assigned", "a2", "2024-01-05T08:00:00+07:00", R"(,"unit":"so-tai-chinh","task":"Làm lại")"));
  const auto* row = fixture.row(kCommitments, "M", "nv-01");
  EXPECT_EQ(row->state, "assigned");
  EXPECT_FALSE(row->completed_at);
  EXPECT_EQ(row->due, "") << "the new assignment names no day";
}

TEST(Commitments, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_commitments,
      {kAssigned, fact("progressed", "p1", "2023-09-01T08:00:00+07:00", R"(,"percent":40,"unit":"x")"),
       fact("progressed", "p2", "2023-10-01T08:00:00+07:00", R"(,"value":"80","due":"2024-01-01")"),
       fact("completed", "c1", "2023-12-20T08:00:00+07:00", R"(,"value":90,"unit":"y")"),
       fact("completed", "c2", "2023-12-20T08:00:00+07:00", R"(,"completed_on":"2023-12-18")"),
       fact("assigned", "a2", "2023-06-05T08:00:00+07:00", R"(,"unit":"z","task":"t","supporting":["u","v"])")});
}

}  // namespace
}  // namespace dongbo::projection
