#include "hub/projection/sequence_intervals.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dongbo::projection {
namespace {

using Interval = SequenceIntervals::Interval;

SequenceIntervals seen(std::initializer_list<std::string_view> numbers) {
  SequenceIntervals out;
  for (const auto number : numbers) EXPECT_TRUE(out.add(number));
  return out;
}

TEST(SequenceIntervals, NumbersInAnyOrderBecomeTheFewestIntervals) {
  const auto numbers = seen({"05", "01", "03", "02", "09", "05", "04"});
  EXPECT_EQ(numbers.intervals(), (std::vector<Interval>{{1, 5}, {9, 9}}));
}

TEST(SequenceIntervals, WhatIsMissingIsWrittenAsThePublisherWould) {
  const auto padded = seen({"0000000042", "0000000044", "0000000047"});
  EXPECT_EQ(padded.missing(10), (std::vector<std::string>{"0000000043", "0000000045", "0000000046"}));
  EXPECT_EQ(padded.missing(1), std::vector<std::string>{"0000000043"});
  EXPECT_EQ(padded.missing_count(), 3U);
  EXPECT_EQ(seen({"8", "11"}).missing(10), (std::vector<std::string>{"9", "10"}));
}

TEST(SequenceIntervals, WhatIsNoNumberIsNotTaken) {
  SequenceIntervals numbers;
  for (const char* text : {"", "a1", "1.5", "-1", "+1", " 1", "1234567890123456789"}) EXPECT_FALSE(numbers.add(text)) << text;
  EXPECT_TRUE(numbers.empty());
  EXPECT_TRUE(numbers.add("999999999999999999"));
}

TEST(SequenceIntervals, TwoShardsTogetherMissOnlyWhatNeitherSaw) {
  auto one = seen({"01", "03", "05"});
  one.merge(seen({"02", "06", "09"}));
  EXPECT_EQ(one.intervals(), (std::vector<Interval>{{1, 3}, {5, 6}, {9, 9}}));
  EXPECT_EQ(one.missing(10), (std::vector<std::string>{"04", "07", "08"}));
}

TEST(SequenceIntervals, BeyondTheLimitTheLowestIsForgottenAndSaidSo) {
  SequenceIntervals numbers;
  for (std::size_t i = 0; i <= SequenceIntervals::kMax; ++i) numbers.add(std::to_string(10 + 2 * i));
  EXPECT_EQ(numbers.intervals().size(), SequenceIntervals::kMax);
  EXPECT_EQ(numbers.forgotten_to(), 10U);
  EXPECT_EQ(numbers.intervals().front(), (Interval{12, 12}));
  EXPECT_TRUE(numbers.add("7")) << "taken";
  EXPECT_EQ(numbers.intervals().front(), (Interval{12, 12})) << "and not kept";
  EXPECT_TRUE(numbers.add("11"));
  EXPECT_EQ(numbers.intervals().front(), (Interval{11, 12}));
}

TEST(SequenceIntervals, AMergeKeepsWhatEitherForgot) {
  SequenceIntervals full;
  for (std::size_t i = 0; i <= SequenceIntervals::kMax; ++i) full.add(std::to_string(10 + 2 * i));
  auto other = seen({"3", "11", "13"});
  other.merge(full);
  EXPECT_EQ(other.forgotten_to(), 10U);
  EXPECT_EQ(other.intervals().front(), (Interval{11, 14}));
}

}  // namespace
}  // namespace dongbo::projection
