#include "hub/projection/meetings.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more = "") {
  return event(fmt::format("meeting.{}", what), id, time, fmt::format(R"({{"meeting":"M"{}}})", more),
               {"/provinces/49/ubnd", ""});
}
std::string planned() {
  return fact(
      "planned", "plan", "2023-05-16T00:00:00+07:00",
      R"(,"title":"Hội nghị","organiser":"49","chair":"Lãnh đạo UBND tỉnh","day":"2023-05-30","starts_at":"2023-05-30T08:00:00+07:00","mode":"online","basis":["Quyết định số 3532/QĐ-UBND"])");
}

TEST(Meetings, AMeetingIsPlannedThenOpenedThenClosed) {
  FoldFixture fixture(make_meetings());
  fixture.fold(planned());
  EXPECT_EQ(fixture.row(kMeetings, "M")->state, "planned");
  EXPECT_FALSE(fixture.row(kMeetings, "M")->simulated);
  fixture.fold(fact("opened", "o", "2023-05-30T08:00:00+07:00", R"(,"simulated":true)"));
  EXPECT_EQ(fixture.row(kMeetings, "M")->state, "opened");
  EXPECT_TRUE(fixture.row(kMeetings, "M")->simulated);
  fixture.fold(fact("closed", "c", "2023-05-30T11:30:00+07:00"));
  const auto shown = fixture.shown(kMeetings, "M");
  EXPECT_EQ(shown["state"], "closed");
  EXPECT_EQ(shown["opened_at"], "2023-05-30T08:00:00+07:00");
  EXPECT_EQ(shown["closed_at"], "2023-05-30T11:30:00+07:00");
  EXPECT_EQ(shown["basis"][0], "Quyết định số 3532/QĐ-UBND");
  EXPECT_EQ(shown["history"].size(), 3U);
}

TEST(Meetings, TheStateIsThatOfTheLatestEventTimeWhateverArrivesLast) {
  FoldFixture fixture(make_meetings());
  fixture.fold(fact("closed", "c", "2023-05-30T11:30:00+07:00"));
  EXPECT_FALSE(fixture.row(kMeetings, "M")->known) << "its plan has not arrived";
  fixture.fold(fact("opened", "o", "2023-05-30T08:00:00+07:00"));
  fixture.fold(planned());
  EXPECT_EQ(fixture.row(kMeetings, "M")->state, "closed");
  EXPECT_TRUE(fixture.row(kMeetings, "M")->known);
}

TEST(Meetings, OpenedAgainAfterItsClosingItIsOpen) {
  FoldFixture fixture(make_meetings());
  fixture.fold(fact("opened", "o1", "2023-05-30T08:00:00+07:00"));
  fixture.fold(fact("closed", "c1", "2023-05-30T11:30:00+07:00"));
  fixture.fold(fact("opened", "o2", "2023-05-30T13:30:00+07:00"));
  const auto shown = fixture.shown(kMeetings, "M");
  EXPECT_EQ(shown["state"], "opened");
  EXPECT_EQ(shown["opened_at"], "2023-05-30T08:00:00+07:00");
  EXPECT_EQ(shown["closed_at"], "");
}

TEST(Meetings, AnotherDayDropsTheHoursOfTheOldOneAndRevivesACancelledMeeting) {
  FoldFixture fixture(make_meetings());
  fixture.fold(planned());
  fixture.fold(fact("cancelled", "x", "2023-05-20T00:00:00+07:00", R"(,"reason":"trùng lịch")"));
  EXPECT_EQ(fixture.row(kMeetings, "M")->state, "cancelled");
  EXPECT_TRUE(fixture.row(kMeetings, "M")->cancelled_at);
  fixture.fold(fact("rescheduled", "r", "2023-05-21T00:00:00+07:00", R"(,"day":"2023-06-01","previous_day":"2023-05-30")"));
  const auto* row = fixture.row(kMeetings, "M");
  EXPECT_EQ(row->state, "planned");
  EXPECT_FALSE(row->cancelled_at);
  EXPECT_EQ(row->day, "2023-06-01");
  EXPECT_EQ(row->starts_at, "");
  EXPECT_EQ(row->title, "Hội nghị");
  EXPECT_EQ(row->history.items[1].reason, "trùng lịch");
}

TEST(Meetings, AnAgendaReplacesTheOneBeforeAsAWhole) {
  FoldFixture fixture(make_meetings());
  fixture.fold(fact(
      "agenda_set", "a2", "2023-05-25T00:00:00+07:00",
      R"(,"items":[{"order":1,"title":"Báo cáo","minutes":45,"presenter":"Người mô phỏng"},{"title":"Tham luận","paper":"tl-01"}])"));
  fixture.fold(fact("agenda_set", "a1", "2023-05-20T00:00:00+07:00", R"(,"items":[{"title":"Dự thảo"}],"document":"d.pdf")"));
  const auto* row = fixture.row(kMeetings, "M");
  ASSERT_EQ(row->agenda.size(), 2U);
  EXPECT_EQ(row->agenda[0].minutes, 45);
  EXPECT_EQ(row->agenda[1].paper, "tl-01");
  EXPECT_EQ(row->agenda_document, "") << "the later agenda has none";
}

TEST(Meetings, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_meetings,
      {planned(), fact("opened", "o1", "2023-05-30T08:00:00+07:00", R"(,"chair":"Phó Chủ tịch")"),
       fact("closed", "c1", "2023-05-30T11:30:00+07:00"), fact("opened", "o2", "2023-05-30T13:30:00+07:00"),
       fact("cancelled", "x", "2023-05-20T00:00:00+07:00"),
       fact("rescheduled", "r", "2023-05-21T00:00:00+07:00", R"(,"day":"2023-06-01","place":"Hội trường")"),
       fact("rescheduled", "r2", "2023-05-21T00:00:00+07:00", R"(,"day":"2023-06-02")"),
       fact("agenda_set", "a1", "2023-05-20T00:00:00+07:00", R"(,"items":[{"title":"Dự thảo"}])"),
       fact("agenda_set", "a2", "2023-05-25T00:00:00+07:00", R"(,"items":[{"title":"Chính thức"}],"revision":2)")});
}

}  // namespace
}  // namespace dongbo::projection
