#include "hub/service/feed_segment.h"

#include <gtest/gtest.h>

namespace dongbo::service {
namespace {

constexpr std::size_t kRoom = 1u << 20;

// Shard 1, sequences 11..14: a check-in that changes two rows, one of another meeting that changes a row, one that
// changes nothing, an index figure.
std::shared_ptr<const FeedSegment> segment() {
  FeedSegmentBuilder builder(1, 10);
  builder.changed(11, "attendance", "M1", R"("projection":"attendance","row":1)");
  builder.changed(11, "points", "M1", R"("projection":"points","row":2)");
  builder.accepted(11, "vn.dongbo.attendance.checked_in.v1", "M1", R"({"id":"a"})");
  builder.changed(12, "attendance", "M2", R"("projection":"attendance","row":3)");
  builder.accepted(12, "vn.dongbo.attendance.checked_in.v1", "M2", R"({"id":"b"})");
  builder.accepted(13, "vn.dongbo.attendance.checked_in.v1", "M1", R"({"id":"c"})");
  builder.changed(14, "indexes", "", R"("projection":"indexes","row":4)");
  builder.accepted(14, "vn.dongbo.index.published.v1", "", R"({"id":"d"})");
  return builder.finish(14);
}

std::string frames(FeedFilter filter, std::uint64_t from = 10, std::size_t room = kRoom) {
  FeedCursor cursor({3, from, 0, 9});
  std::string out;
  cursor.append(*segment(), filter, out, room);
  return out;
}

TEST(FeedSegment, ChangedRowsComeBeforeTheirEventWhichCarriesTheId) {
  EXPECT_EQ(frames({.type = {}, .meeting = "M1", .projection = {}}),
            "event: changed\ndata: {\"projection\":\"attendance\",\"row\":1,\"position\":\"1:11\"}\n\n"
            "event: changed\ndata: {\"projection\":\"points\",\"row\":2,\"position\":\"1:11\"}\n\n"
            "event: accepted\ndata: {\"event\":{\"id\":\"a\"},\"position\":\"1:11\"}\nid: 0:3,1:11,3:9\n\n"
            "event: accepted\ndata: {\"event\":{\"id\":\"c\"},\"position\":\"1:13\"}\nid: 0:3,1:13,3:9\n\n");
}

TEST(FeedSegment, WithoutTheEventTheLastRowCarriesTheId) {
  EXPECT_EQ(frames({.type = {}, .meeting = {}, .projection = "attendance"}),
            "event: changed\ndata: {\"projection\":\"attendance\",\"row\":1,\"position\":\"1:11\"}\nid: 0:3,1:11,3:9\n\n"
            "event: changed\ndata: {\"projection\":\"attendance\",\"row\":3,\"position\":\"1:12\"}\nid: 0:3,1:12,3:9\n\n");
}

TEST(FeedSegment, ATypeAloneWantsEventsOnly) {
  EXPECT_EQ(frames({.type = "vn.dongbo.index.", .meeting = {}, .projection = {}}),
            "event: accepted\ndata: {\"event\":{\"id\":\"d\"},\"position\":\"1:14\"}\nid: 0:3,1:14,3:9\n\n");
}

TEST(FeedSegment, TypeAndProjectionTogetherWantBoth) {
  EXPECT_EQ(frames({.type = "vn.dongbo.index.", .meeting = {}, .projection = "attendance"}),
            "event: changed\ndata: {\"projection\":\"attendance\",\"row\":1,\"position\":\"1:11\"}\nid: 0:3,1:11,3:9\n\n"
            "event: changed\ndata: {\"projection\":\"attendance\",\"row\":3,\"position\":\"1:12\"}\nid: 0:3,1:12,3:9\n\n"
            "event: accepted\ndata: {\"event\":{\"id\":\"d\"},\"position\":\"1:14\"}\nid: 0:3,1:14,3:9\n\n");
}

TEST(FeedSegment, ResumingFromAnyIdGivesExactlyTheRest) {
  const auto whole = frames({});
  for (std::uint64_t from = 10; from <= 14; ++from) {
    const auto rest = frames({}, from);
    EXPECT_TRUE(whole.ends_with(rest)) << from;
    const auto start = whole.size() - rest.size();
    EXPECT_TRUE(start == 0 || whole.substr(0, start).ends_with("id: 0:3,1:" + std::to_string(from) + ",3:9\n\n")) << from;
  }
  EXPECT_EQ(frames({}, 14), "");
}

TEST(FeedSegment, WhatIsFilteredOutMovesTheCursor) {
  FeedCursor cursor({0, 10});
  std::string out;
  EXPECT_EQ(cursor.append(*segment(), {.type = "nothing", .meeting = {}, .projection = {}}, out, kRoom), 0U);
  EXPECT_EQ(out, "");
  EXPECT_EQ(cursor.text(), "1:14");
}

TEST(FeedSegment, TheVeryBeginningHasAnIdThatIsNotEmpty) {
  EXPECT_EQ(FeedCursor({0, 0}).text(), "0:0");
  EXPECT_EQ(FeedCursor({0, 7}).text(), "1:7");
}

TEST(FeedSegment, FullRoomStopsBetweenSequencesOnly) {
  std::string all;
  FeedCursor cursor({0, 10});
  std::size_t steps = 0;
  while (cursor.at(1) < 14) {
    std::string out;
    const auto before = cursor.at(1);
    cursor.append(*segment(), {}, out, 1);
    ASSERT_GT(cursor.at(1), before);
    all += out;
    ++steps;
  }
  EXPECT_EQ(steps, 4U);
  std::string whole;
  FeedCursor other({0, 10});
  other.append(*segment(), {}, whole, kRoom);
  EXPECT_EQ(all, whole);
}

TEST(FeedSegment, AnUnreadableStretchIsToldToEveryReader) {
  FeedSegmentBuilder builder(0, 0);
  builder.damaged(5, "block of 1 to 5 is damaged");
  const auto made = builder.finish(5);
  FeedCursor cursor({0});
  std::string out;
  cursor.append(*made, {.type = "x", .meeting = "M", .projection = "y"}, out, kRoom);
  EXPECT_EQ(out, "event: reset\ndata: {\"position\":\"0:5\",\"reason\":\"block of 1 to 5 is damaged\"}\nid: 0:5\n\n");
}

TEST(FeedSegment, AReaderOfOneMeetingLooksAtItsFramesAndAtDamageInTheirOrder) {
  FeedSegmentBuilder builder(0, 0);
  builder.accepted(1, "t", "M1", "1");
  builder.accepted(2, "t", "M2", "2");
  builder.damaged(3, "lost");
  builder.accepted(4, "t", "M1", "4");
  builder.accepted(5, "t", "", "5");
  const auto made = builder.finish(6);
  const auto numbers = [&](std::string_view meeting) {
    const auto found = made->of_meeting(meeting);
    return std::vector<std::uint32_t>(found.begin(), found.end());
  };
  EXPECT_EQ(numbers("M1"), (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_EQ(numbers("M2"), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(numbers("M3"), (std::vector<std::uint32_t>{2}));
  EXPECT_TRUE(made->concerns_everybody());
  EXPECT_FALSE(segment()->concerns_everybody());
  for (const std::uint64_t from : {0, 1, 2, 3, 4, 5, 6}) {
    FeedCursor cursor({from});
    std::string out;
    EXPECT_EQ(cursor.append(*made, {.type = {}, .meeting = "M1", .projection = {}}, out, kRoom),
              (from < 1) + (from < 3) + (from < 4) + 0U);
    EXPECT_EQ(cursor.at(0), 6U);
  }
}

}  // namespace
}  // namespace dongbo::service
