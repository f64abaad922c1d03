#include "hub/report/markup.h"

#include <gtest/gtest.h>

namespace dongbo::report {
namespace {

TEST(EscapeMarkup, SignsOfMarkupBecomeReferences) {
  EXPECT_EQ(escape_markup("<b a=\"1\" c='2'>A & B</b>"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;A &amp; B&lt;/b&gt;");
}

TEST(CleanText, KeepsEveryVietnameseLetter) {
  EXPECT_EQ(clean_text("Đặng Thị Ngọc Ỷ, \U0001F600 €"), "Đặng Thị Ngọc Ỷ, \U0001F600 €");
}

TEST(CleanText, DropsWhatXmlCannotHold) {
  EXPECT_EQ(clean_text(std::string("a\x01\x00\x7F"
                                   "b\tc\nd\r",
                                   9)),
            "ab c d");
  EXPECT_EQ(clean_text("\xFF\xC0\x80"), "\uFFFD\uFFFD\uFFFD");  // no UTF-8
  EXPECT_EQ(clean_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(clean_text("\xEF\xBF\xBF"
                       "a\xE1\xBB"),
            "\uFFFD\uFFFD\uFFFD"
            "a\uFFFD\uFFFD");  // U+FFFF; cut off
}

TEST(Base64, PadsAsTheStandardSays) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("M"), "TQ==");
  EXPECT_EQ(base64("Ma"), "TWE=");
  EXPECT_EQ(base64("Man"), "TWFu");
  EXPECT_EQ(base64("\xFF\xFE"), "//4=");
}

TEST(FirstLetters, CountLettersNotBytes) {
  EXPECT_EQ(first_letters("Điện Bàn", 4), "Điện");
  EXPECT_EQ(first_letters("Điện", 9), "Điện");
  EXPECT_EQ(count_letters("Điện"), 4U);
}

}  // namespace
}  // namespace dongbo::report
