#include "hub/projection/sources.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string checked_in(std::string_view id, std::string_view time, std::string sequence = "", std::string_view meeting = "M") {
  return event("attendance.checked_in", id, time, fmt::format(R"({{"meeting":"{}","point":"p","delegate":"7"}})", meeting),
               {"/simulated/districts/502/checkin", std::move(sequence)});
}
constexpr const char* kSource = "/simulated/districts/502/checkin";

TEST(Sources, ASourceShowsHowFarItHasComeAndWhatIsMissing) {
  FoldFixture fixture(make_sources());
  fixture.recorded_at("2023-05-30T00:41:10Z");
  fixture.fold(checked_in("a", "2023-05-30T07:41:09+07:00", "0000000042"));
  fixture.recorded_at("2023-05-30T00:45:00Z");
  fixture.fold(checked_in("b", "2023-05-30T07:40:00+07:00", "0000000045"));
  const auto* row = fixture.row(kSources, kSource);
  EXPECT_EQ(row->events, 2);
  EXPECT_EQ(dongbo::event::format_timestamp(*row->last_event_time), "2023-05-30T07:41:09+07:00");
  EXPECT_EQ(dongbo::event::format_timestamp(*row->first_event_time), "2023-05-30T07:40:00+07:00");
  EXPECT_EQ(dongbo::event::format_timestamp(*row->last_seen), "2023-05-30T07:45:00+07:00");
  EXPECT_EQ(row->seen.missing(10), (std::vector<std::string>{"0000000043", "0000000044"}));
  EXPECT_EQ(row->late, 0);
  EXPECT_TRUE(row->simulated);
}

TEST(Sources, EachMeetingHasItsOwnFreshness) {
  FoldFixture fixture(make_sources());
  fixture.fold(checked_in("a", "2023-05-30T07:41:09+07:00", "", "M"));
  fixture.fold(checked_in("b", "2023-05-31T08:00:00+07:00", "", "N"));
  EXPECT_EQ(fixture.shown(kMeetingSources, "M", kSource)["last_event_time"], "2023-05-30T07:41:09+07:00");
  EXPECT_EQ(fixture.shown(kMeetingSources, "N", kSource)["last_event_time"], "2023-05-31T08:00:00+07:00");
  EXPECT_EQ(fixture.row(kSources, kSource)->events, 2);
}

TEST(Sources, AnEventOutsideAMeetingHasNoMeetingRow) {
  FoldFixture fixture(make_sources());
  fixture.fold(event("unit.established", "u", "2023-04-10T00:00:00+07:00",
                     R"({"unit":"502","name":"x","level":"district","valid_from":"2023-04-10"})",
                     {"/provinces/49/so-noi-vu", ""}));
  EXPECT_EQ(fixture.row(kSources, "/provinces/49/so-noi-vu")->events, 1);
  EXPECT_TRUE(fixture.rows(kMeetingSources).empty());
}

TEST(Sources, WhatIsJournaledMoreThanTenMinutesAfterItHappenedIsLate) {
  FoldFixture fixture(make_sources());
  fixture.recorded_at("2023-05-30T08:00:00+07:00");
  fixture.fold(checked_in("in-time", "2023-05-30T07:50:00+07:00"));
  fixture.fold(checked_in("late", "2023-05-30T07:49:59+07:00"));
  EXPECT_EQ(fixture.row(kSources, kSource)->late, 1);
  EXPECT_EQ(fixture.row(kMeetingSources, "M", kSource)->late, 1);
}

TEST(Sources, AWrongClockThatRunsAheadDoesNotLeadTheFreshness) {
  FoldFixture fixture(make_sources());
  fixture.recorded_at("2023-05-30T08:00:00+07:00");
  fixture.fold(checked_in("sound", "2023-05-30T07:59:00+07:00"));
  fixture.fold(checked_in("within-what-clocks-differ", "2023-05-30T08:10:00+07:00"));
  fixture.fold(checked_in("ahead", "2023-05-30T08:10:01+07:00"));
  fixture.fold(checked_in("far-ahead", "9999-12-31T23:59:59+07:00"));
  EXPECT_EQ(fixture.row(kSources, kSource)->ahead, 2);
  EXPECT_EQ(fixture.row(kSources, kSource)->events, 4);
  EXPECT_EQ(fixture.shown(kSources, kSource)["last_event_time"], "2023-05-30T08:10:00+07:00");
  EXPECT_EQ(fixture.shown(kMeetingSources, "M", kSource)["last_event_time"], "2023-05-30T08:10:00+07:00");
}

TEST(Sources, ASequenceThatIsNoNumberIsCountedAsUnreadable) {
  FoldFixture fixture(make_sources());
  fixture.fold(checked_in("a", "2023-05-30T07:41:09+07:00", "abc"));
  EXPECT_EQ(fixture.row(kSources, kSource)->sequence_unreadable, 1);
  EXPECT_TRUE(fixture.row(kSources, kSource)->seen.empty());
}

TEST(Sources, TheOrderOfArrivalDoesNotMatter) {
  std::vector<std::string> events;
  for (int i = 0; i < 30; ++i) {
    events.push_back(checked_in(fmt::format("e{}", i), fmt::format("2023-05-30T07:{:02}:00+07:00", (i * 7) % 60),
                                fmt::format("{:06}", i * i), i % 3 == 0 ? "M" : "N"));
  }
  testing::expect_same_rows_in_any_order(make_sources, events);
}

}  // namespace
}  // namespace dongbo::projection
