#include "hub/report/words.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "hub/event/timestamp.h"
#include "hub/report/decimals.h"

namespace dongbo::report {
namespace {

Millis at(const char* text) {
  return *event::parse_timestamp(text);
}

TEST(Words, NumbersHaveDotsAndADecimalComma) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(999), "999");
  EXPECT_EQ(number_text(1234567), "1.234.567");
  EXPECT_EQ(number_text(-1234), "-1.234");
  EXPECT_EQ(decimal_text("80.91"), "80,91");
  EXPECT_EQ(decimal_text("139000000"), "139.000.000");
  EXPECT_EQ(decimal_text("-1234.50"), "-1.234,50");
}

TEST(Words, WhatIsNoDecimalStaysAsItIs) {
  for (const char* text : {"", "mục tiêu", "1.", ".5", "1e5", "1,5", "--1", "1.2.3"}) EXPECT_EQ(decimal_text(text), text);
}

TEST(Words, SharesAreRoundedHalfUp) {
  EXPECT_EQ(percent_text(1, 3), "33,3%");
  EXPECT_EQ(percent_text(2, 3), "66,7%");
  EXPECT_EQ(percent_text(1, 2000), "0,1%");  // 0.05
  EXPECT_EQ(percent_text(31, 30), "103,3%");
  EXPECT_EQ(percent_text(5, 0), std::nullopt);
}

TEST(Words, DaysBelowTenAndTheMonthsOneAndTwoHaveALeadingZero) {
  EXPECT_EQ(day_text("2023-05-30"), "ngày 30 tháng 5 năm 2023");
  EXPECT_EQ(day_text("2023-06-05"), "ngày 05 tháng 6 năm 2023");
  EXPECT_EQ(day_text("2023-02-01"), "ngày 01 tháng 02 năm 2023");
  EXPECT_EQ(day_text("2023-12-11"), "ngày 11 tháng 12 năm 2023");
  EXPECT_EQ(short_day_text("2023-01-09"), "09/01/2023");
  EXPECT_EQ(short_day_text("2023-03-09"), "09/3/2023");
  EXPECT_EQ(day_text("2023-02-30"), "2023-02-30");  // no such day
}

TEST(Words, MomentsAreToldInVietnamsZone) {
  EXPECT_EQ(time_text(at("2023-05-30T00:41:09Z")), "07 giờ 41 phút");
  EXPECT_EQ(moment_text(at("2023-05-30T18:05:00Z")), "01 giờ 05 phút, ngày 31 tháng 5 năm 2023");
  EXPECT_EQ(day_of(at("1969-12-31T20:00:00Z")), "1970-01-01");
  EXPECT_EQ(clock_text(at("1969-12-31T16:59:59Z")), "23:59");
  EXPECT_EQ(duration_text(45), "45 phút");
  EXPECT_EQ(duration_text(65), "1 giờ 05 phút");
}

TEST(Words, NumbersOfSectionsAreRoman) {
  EXPECT_EQ(roman(4), "IV");
  EXPECT_EQ(roman(9), "IX");
  EXPECT_EQ(roman(48), "XLVIII");
  EXPECT_EQ(roman(1994), "MCMXCIV");
}

TEST(Words, CapitalsAndFirstLettersKnowVietnamese) {
  EXPECT_EQ(upper("Tổng hợp đại biểu"), "TỔNG HỢP ĐẠI BIỂU");
  EXPECT_EQ(lower_first("Đại biểu Tam Kỳ"), "đại biểu Tam Kỳ");
  EXPECT_EQ(lower_first(""), "");
  EXPECT_EQ(initials("Sở Nội vụ"), "SNV");
  EXPECT_EQ(initials("Ủy ban nhân dân"), "UBND");
  EXPECT_EQ(initials("Ban Điều phối"), "BĐP");
}

TEST(Words, OnlyTheKindOfAUnitIsLowered) {
  EXPECT_EQ(committee_of("Thành phố Hội An"), "Ủy ban nhân dân thành phố Hội An");
  EXPECT_EQ(committee_of("Đặc khu Hoàng Sa"), "Ủy ban nhân dân đặc khu Hoàng Sa");
  EXPECT_EQ(committee_of("Quảng Nam"), "Ủy ban nhân dân Quảng Nam");
  EXPECT_EQ(without_kind("Tỉnh Quảng Nam"), "Quảng Nam");
  EXPECT_EQ(without_kind("Quảng Nam"), "Quảng Nam");
}

TEST(Words, TextsAreOneLineInNfc) {
  EXPECT_EQ(one_line("  a\r\n\tb  "), "a b");
  EXPECT_EQ(one_line("e\xCC\x82\xCC\x81"), "ế");  // e, circumflex, acute: one letter
  EXPECT_EQ(one_line("a\xFFz"), "a\xEF\xBF\xBDz");
}

TEST(Words, LongTextsAreCutAtCharacters) {
  EXPECT_EQ(shortened("Điểm cầu", 8), "Điểm cầu");
  EXPECT_EQ(shortened("Điểm cầu tỉnh", 9), "Điểm cầu…");
  EXPECT_EQ(shortened("Điểm cầu tỉnh", 11), "Điểm cầu…");
  EXPECT_EQ(shortened("Điểmcầutỉnh số 1", 6), "Điểmc…");
}

TEST(Words, NumbersInCodesAreOrderedByTheirValue) {
  std::vector<std::string> codes = {"nv-10", "d2", "nv-2", "d1.1", "nv-1", "nv-11", "d1", "nv-02", "nv-99999999999999999999"};
  std::sort(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return natural_less(a, b); });
  EXPECT_EQ(codes,
            (std::vector<std::string>{"d1", "d1.1", "d2", "nv-1", "nv-02", "nv-2", "nv-10", "nv-11", "nv-99999999999999999999"}));
}

TEST(Words, NamesStandInVietnameseOrder) {
  const Collation collation;
  const std::vector<std::string> ordered{"An", "Ân", "Bình", "Chu Lai", "Duy Xuyên", "Đại Lộc", "Tam Kỳ", "Tân"};
  for (std::size_t i = 0; i + 1 < ordered.size(); ++i) {
    EXPECT_TRUE(collation.less(ordered[i], ordered[i + 1])) << ordered[i] << " before " << ordered[i + 1];
    EXPECT_FALSE(collation.less(ordered[i + 1], ordered[i]));
  }
  EXPECT_FALSE(collation.less("An", "An"));
}

TEST(Decimals, ScoresAreExact) {
  EXPECT_EQ(micros_of("42.2377"), 42'237'700);
  EXPECT_EQ(micros_of("-0.5"), -500'000);
  EXPECT_EQ(micros_of("1.0000001"), std::nullopt);
  EXPECT_EQ(micros_of("1.0000000"), 1'000'000);
  for (const char* text : {"", "a", "1.", ".1", "1234567890123"}) EXPECT_EQ(micros_of(text), std::nullopt) << text;
  EXPECT_EQ(decimal_of(42'237'750, 4), "42.2378");
  EXPECT_EQ(decimal_of(-42'237'750, 4), "-42.2378");
  EXPECT_EQ(decimal_of(5, 2), "0.00");
  EXPECT_EQ(decimal_of(7'000'000, 0), "7");
  EXPECT_EQ(percent_micros(8'820'000, 10'000'000), 88'200'000);
  EXPECT_EQ(percent_micros(1, 0), std::nullopt);
}

}  // namespace
}  // namespace dongbo::report
