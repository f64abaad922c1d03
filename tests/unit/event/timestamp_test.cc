#include "hub/event/timestamp.h"

#include <gtest/gtest.h>

namespace dongbo::event {
namespace {

std::int64_t millis_of(std::string_view text) {
  const auto moment = parse_timestamp(text);
  EXPECT_TRUE(moment.has_value()) << text;
  return moment ? moment->value() : -1;
}

TEST(Timestamp, ReadsMomentsInAnyZone) {
  EXPECT_EQ(millis_of("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(millis_of("1970-01-01T07:00:00+07:00"), 0);
  EXPECT_EQ(millis_of("1969-12-31T23:59:59.999Z"), -1);
  EXPECT_EQ(millis_of("2023-05-30T07:41:09+07:00"), 1'685'407'269'000);
  EXPECT_EQ(millis_of("2023-05-29T19:11:09-05:30"), 1'685'407'269'000);
  EXPECT_EQ(millis_of("2023-05-30t00:41:09z"), 1'685'407'269'000);
  EXPECT_EQ(millis_of("2023-05-30T00:41:09-00:00"), 1'685'407'269'000);
}

TEST(Timestamp, CutsFractionsToMilliseconds) {
  EXPECT_EQ(millis_of("1970-01-01T00:00:00.1Z"), 100);
  EXPECT_EQ(millis_of("1970-01-01T00:00:00.0019999999999999999999Z"), 1);
  EXPECT_EQ(millis_of("1970-01-01T00:00:00.999999+00:00"), 999);
}

TEST(Timestamp, KnowsWhichYearsLeap) {
  EXPECT_TRUE(parse_timestamp("2024-02-29T00:00:00Z"));
  EXPECT_TRUE(parse_timestamp("2000-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_timestamp("2023-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_timestamp("1900-02-29T00:00:00Z"));
  EXPECT_EQ(millis_of("2024-03-01T00:00:00Z") - millis_of("2024-02-29T00:00:00Z"), 86'400'000);
}

TEST(Timestamp, TakesLeapSecondsWhereTheyCanBe) {
  EXPECT_EQ(millis_of("2016-12-31T23:59:60Z"), millis_of("2017-01-01T00:00:00Z"));
  EXPECT_EQ(millis_of("2017-01-01T06:59:60.5+07:00"), millis_of("2017-01-01T00:00:00Z"));
  EXPECT_EQ(millis_of("2015-06-30T23:59:60Z"), millis_of("2015-07-01T00:00:00Z"));
  EXPECT_FALSE(parse_timestamp("2016-12-31T23:59:60+07:00"));
  EXPECT_FALSE(parse_timestamp("2016-12-30T23:59:60Z"));
  EXPECT_FALSE(parse_timestamp("2016-12-31T22:59:60Z"));
  EXPECT_FALSE(parse_timestamp("2016-12-31T23:59:61Z"));
}

TEST(Timestamp, ReachesFromYear1To9999) {
  EXPECT_EQ(millis_of("0001-01-01T00:00:00Z"), -62'135'596'800'000);
  EXPECT_EQ(millis_of("9999-12-31T23:59:59.999Z"), 253'402'300'799'999);
  EXPECT_FALSE(parse_timestamp("0000-12-31T23:59:59Z"));
  EXPECT_FALSE(parse_timestamp("10000-01-01T00:00:00Z"));
}

TEST(Timestamp, RefusesWhatIsNoMoment) {
  for (const std::string_view text : {"",
                                      "now",
                                      "2023-05-30",
                                      "2023-05-30T07:41:09",
                                      "2023-05-30T07:41Z",
                                      "2023-05-30 07:41:09Z",
                                      "2023-5-30T07:41:09Z",
                                      "2023-05-30T07:41:09.Z",
                                      "2023-05-30T07:41:09,5Z",
                                      "2023-05-30T24:00:00Z",
                                      "2023-05-30T07:60:00Z",
                                      "2023-13-01T00:00:00Z",
                                      "2023-00-01T00:00:00Z",
                                      "2023-04-31T00:00:00Z",
                                      "2023-05-00T00:00:00Z",
                                      "2023-05-30T07:41:09+0700",
                                      "2023-05-30T07:41:09+7:00",
                                      "2023-05-30T07:41:09+24:00",
                                      "2023-05-30T07:41:09+07:60",
                                      "2023-05-30T07:41:09Z ",
                                      " 2023-05-30T07:41:09Z",
                                      "+023-05-30T07:41:09Z",
                                      "2023-05-30T07:41:09ZZ",
                                      "-001-05-30T07:41:09Z"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(Timestamp, IsWrittenInVietnamsZone) {
  EXPECT_EQ(format_timestamp(Millis(0)), "1970-01-01T07:00:00+07:00");
  EXPECT_EQ(format_timestamp(Millis(1'685'407'269'000)), "2023-05-30T07:41:09+07:00");
  EXPECT_EQ(format_timestamp(Millis(1'685'407'269'007)), "2023-05-30T07:41:09.007+07:00");
  EXPECT_EQ(format_timestamp(Millis(-1)), "1970-01-01T06:59:59.999+07:00");
  EXPECT_EQ(format_minute(Millis(1'685'407'269'007)), "2023-05-30T07:41+07:00");
}

TEST(Timestamp, WhatIsWrittenReadsBackTheSame) {
  for (const std::string_view text :
       {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999-23:59",
        "2024-02-29T23:59:59.001+07:00", "1600-02-29T12:00:00Z", "1969-12-31T16:59:59.999Z"}) {
    const auto moment = parse_timestamp(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(parse_timestamp(format_timestamp(*moment)), moment) << format_timestamp(*moment);
  }
}

TEST(Timestamp, EveryDayOfFourCenturiesFollowsTheOneBefore) {
  constexpr std::int64_t kDay = 86'400'000;
  const std::int64_t first = millis_of("1800-01-01T00:00:00+07:00");
  std::string before;
  for (std::int64_t day = 0; day < 146'097; ++day) {
    const std::string text = format_timestamp(Millis(first + day * kDay));
    ASSERT_GT(text, before);
    ASSERT_EQ(parse_timestamp(text), Millis(first + day * kDay)) << text;
    before = text;
  }
  EXPECT_EQ(before, "2199-12-31T00:00:00+07:00");
}

TEST(Timestamp, DatesAreRealDays) {
  EXPECT_TRUE(is_date("2023-05-30"));
  EXPECT_TRUE(is_date("2024-02-29"));
  for (const std::string_view text : {"2023-02-29", "2023-05-32", "2023-5-30", "2023-05-30T", "0000-01-01", "", "20230530"}) {
    EXPECT_FALSE(is_date(text)) << text;
  }
}

}  // namespace
}  // namespace dongbo::event
