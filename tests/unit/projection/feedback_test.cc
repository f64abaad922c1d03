#include "hub/projection/feedback.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more) {
  return event(fmt::format("feedback.{}", what), id, time, fmt::format(R"({{"feedback":"gy-001",{}}})", more));
}
const std::string kSubmitted = fact(
    "submitted", "s", "2023-05-30T09:12:00+07:00",
    R"("meeting":"M","from":"doanh_nghiep","unit":"502","index":"SIPAS","text":"Ý kiến mô phỏng","author":"Người mô phỏng")");
const std::string kRouted =
    fact("routed", "r", "2023-05-31T09:00:00+07:00", R"("meeting":"M","unit":"49","to":"so-noi-vu","due":"2023-06-10")");
const std::string kAnswered =
    fact("answered", "a", "2023-06-05T09:00:00+07:00", R"("meeting":"M","by":"so-noi-vu","text":"Trả lời mô phỏng")");

TEST(Feedback, AnAnswerThatArrivesBeforeTheSubmissionIsKept) {
  FoldFixture fixture(make_feedback());
  fixture.fold(kAnswered);
  EXPECT_FALSE(fixture.row(kFeedback, "M", "gy-001")->known);
  EXPECT_EQ(fixture.row(kFeedback, "M", "gy-001")->state, "answered");
  fixture.fold(kSubmitted);
  const auto shown = fixture.shown(kFeedback, "M", "gy-001");
  EXPECT_EQ(shown["known"], true);
  EXPECT_EQ(shown["state"], "answered");
  EXPECT_EQ(shown["text"], "Ý kiến mô phỏng");
  EXPECT_EQ(shown["answer"], "Trả lời mô phỏng");
  EXPECT_EQ(shown["submitted_at"], "2023-05-30T09:12:00+07:00");
}

TEST(Feedback, RoutedAgainAfterAnAnswerItIsOpenAgain) {
  FoldFixture fixture(make_feedback());
  for (const auto& one : {kSubmitted, kRouted, kAnswered}) fixture.fold(one);
  fixture.fold(fact("routed", "r2", "2023-06-07T09:00:00+07:00", R"("meeting":"M","to":"so-tai-chinh")"));
  const auto* row = fixture.row(kFeedback, "M", "gy-001");
  EXPECT_EQ(row->state, "routed");
  EXPECT_EQ(row->to, "so-tai-chinh");
  EXPECT_EQ(row->unit, "502") << "the submission says whom it concerns";
  EXPECT_EQ(row->routes.items.size(), 2U);
  EXPECT_EQ(row->answers.items.size(), 1U);
}

TEST(Feedback, OutsideAMeetingTheSameIdentifierOfTwoUnitsIsTwoThings) {
  FoldFixture fixture(make_feedback());
  fixture.fold(fact("submitted", "s1", "2023-05-30T09:12:00+07:00", R"("unit":"502","text":"một")"));
  fixture.fold(fact("submitted", "s2", "2023-05-30T09:12:00+07:00", R"("unit":"503","text":"hai")"));
  EXPECT_EQ(fixture.row(kUnitFeedback, "502", "gy-001")->text, "một");
  EXPECT_EQ(fixture.row(kUnitFeedback, "503", "gy-001")->text, "hai");
}

TEST(Feedback, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_feedback,
      {kSubmitted, kRouted, kAnswered, fact("routed", "r2", "2023-06-05T09:00:00+07:00", R"("meeting":"M","unit":"1","to":"x")"),
       fact("answered", "a2", "2023-06-05T09:00:00+07:00", R"("meeting":"M","text":"y")"),
       fact("submitted", "s2", "2023-05-30T10:00:00+07:00", R"("meeting":"M","text":"lại")")});
}

}  // namespace
}  // namespace dongbo::projection
