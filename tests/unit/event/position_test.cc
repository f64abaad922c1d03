#include "hub/event/position.h"

#include <gtest/gtest.h>

namespace dongbo::event {
namespace {

TEST(Position, IsWrittenWithAscendingShardsAndWithoutZeros) {
  Position position;
  EXPECT_EQ(position.text(), "");
  position.set(ShardId(10), Sequence(7));
  position.set(ShardId(2), Sequence(41));
  position.set(ShardId(3), Sequence(5));
  position.set(ShardId(3), Sequence());
  EXPECT_EQ(position.text(), "2:41,10:7");
  EXPECT_EQ(position.at(ShardId(2)), Sequence(41));
  EXPECT_EQ(position.at(ShardId(3)), Sequence());
}

TEST(Position, ReadsWhatItWrites) {
  const auto position = Position::parse("0:41,1:7,4294967295:18446744073709551615");
  ASSERT_TRUE(position);
  EXPECT_EQ(position->text(), "0:41,1:7,4294967295:18446744073709551615");
  EXPECT_EQ(Position::parse("")->text(), "");
  EXPECT_EQ(Position::parse("0:0")->text(), "");
  EXPECT_EQ(Position::parse("1:7,0:41")->text(), "0:41,1:7");
}

TEST(Position, RefusesOtherTexts) {
  for (const std::string_view text : {"x", "0", "0:", ":1", "0:1,", ",0:1", "0:1,0:2", "0:0,0:2", "-1:1", "0:-1", "0:+1", " 0:1",
                                      "0:1 ", "0:1;1:2", "4294967296:1", "0:18446744073709551616", "0:1:2", "0:1.5"}) {
    EXPECT_FALSE(Position::parse(text)) << text;
  }
}

TEST(Position, CoversWhatEveryShardHasReached) {
  const auto far = *Position::parse("0:41,1:7");
  EXPECT_TRUE(far.covers(*Position::parse("0:41,1:7")));
  EXPECT_TRUE(far.covers(*Position::parse("0:40")));
  EXPECT_TRUE(far.covers(Position()));
  EXPECT_FALSE(far.covers(*Position::parse("0:42")));
  EXPECT_FALSE(far.covers(*Position::parse("2:1")));
}

TEST(Position, OneEventsPlace) {
  EXPECT_EQ(place_text(ShardId(1), Sequence(42)), "1:42");
}

}  // namespace
}  // namespace dongbo::event
