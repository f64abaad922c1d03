#include "hub/report/text_measure.h"

#include <gtest/gtest.h>

namespace dongbo::report {
namespace {

TEST(TextMeasure, WidthsAreThoseOfTimesNewRoman) {
  // Times New Roman: digits are half as wide as the letters are high.
  EXPECT_NEAR(text_width_mm("0000000000", {12}), 10 * 12 * 0.5 * 25.4 / 72, 0.1);
  EXPECT_GT(text_width_mm("SỞ NỘI VỤ", {12, true}), text_width_mm("SỞ NỘI VỤ", {12}));
}

TEST(BalancedLines, AShortTextStaysOnOneLine) {
  EXPECT_EQ(balanced_lines("SỞ NỘI VỤ", 67, {12, true}), std::vector<std::string>{"SỞ NỘI VỤ"});
  EXPECT_TRUE(balanced_lines("", 67, {}).empty());
}

TEST(BalancedLines, LinesOfALongTextAreAlikeAndLoseNoWord) {
  const std::string text = "ỦY BAN NHÂN DÂN THÀNH PHỐ TAM KỲ, TỈNH QUẢNG NAM";
  const auto lines = balanced_lines(text, 67, {12});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0] + " " + lines[1], text);
  EXPECT_NEAR(text_width_mm(lines[0], {12}), text_width_mm(lines[1], {12}), 25);
}

TEST(BalancedLines, BreaksAfterACommaWhereThatIsPossible) {
  EXPECT_EQ(
      balanced_lines(
          "Kết quả tổ chức Hội nghị trực tuyến phân tích, đánh giá kết quả Chỉ số SIPAS, Chỉ số PAR INDEX, Chỉ số PAPI "
          "năm 2022 của tỉnh Quảng Nam",
          140, {14, true}),
      (std::vector<std::string>{"Kết quả tổ chức Hội nghị trực tuyến phân tích,",
                                "đánh giá kết quả Chỉ số SIPAS, Chỉ số PAR INDEX,", "Chỉ số PAPI năm 2022 của tỉnh Quảng Nam"}));
}

TEST(BalancedLines, AWordWiderThanTheLineStandsAlone) {
  const std::string word(200, 'W');
  EXPECT_EQ(balanced_lines("a " + word + " b", 20, {14}), (std::vector<std::string>{"a", word, "b"}));
}

}  // namespace
}  // namespace dongbo::report
