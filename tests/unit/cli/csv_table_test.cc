#include "hub/cli/csv_table.h"

#include <gtest/gtest.h>

namespace dongbo::cli {
namespace {

std::string error_of(std::string_view text) {
  const auto table = CsvTable::parse(text, "t.csv");
  return table ? "" : table.error().message;
}

TEST(CsvTable, GivesCellsByTheNameOfTheirColumn) {
  const auto table = CsvTable::parse("code,name\n502,Thành phố Tam Kỳ\n503,Thành phố Hội An\n", "t.csv");
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->size(), 2u);
  EXPECT_EQ(table->cell(1, "code"), "503");
  EXPECT_EQ(table->cell(0, "name"), "Thành phố Tam Kỳ");
  EXPECT_EQ(table->cell(0, "no such column"), "");
  EXPECT_TRUE(table->has("code"));
  EXPECT_FALSE(table->has("no such column"));
}

TEST(CsvTable, TakesCommasQuotesAndLineBreaksInsideQuotes) {
  const auto table = CsvTable::parse("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n", "t.csv");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->cell(0, "a"), "x, \"y\"");
  EXPECT_EQ(table->cell(0, "b"), "two\nlines");
}

TEST(CsvTable, TakesCarriageReturnsAMarkAndALastLineWithoutEnd) {
  const auto table = CsvTable::parse(
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n\r\n3,",
      "t.csv");
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->size(), 2u);
  EXPECT_EQ(table->cell(0, "a"), "1");
  EXPECT_EQ(table->cell(1, "b"), "");
}

TEST(CsvTable, NamesTheLineOfARowWithTooFewOrTooManyCells) {
  EXPECT_NE(error_of("a,b\n\"1\n\",2\n3\n").find("t.csv:4: 1 cells where the head has 2"), std::string::npos);
  EXPECT_NE(error_of("a,b\n1,2,3\n").find("t.csv:2: 3 cells"), std::string::npos);
}

TEST(CsvTable, RefusesAQuoteThatDoesNotEndAndTextAfterOne) {
  EXPECT_NE(error_of("a,b\n1,\"2\n").find("t.csv:2: a quoted cell does not end"), std::string::npos);
  EXPECT_NE(error_of("a,b\n\"1\"x,2\n").find("after the closing quote"), std::string::npos);
}

TEST(CsvTable, RefusesAnEmptyFileAndTwoColumnsOfOneName) {
  EXPECT_NE(error_of("").find("empty"), std::string::npos);
  EXPECT_NE(error_of("a,a\n").find("two columns are called a"), std::string::npos);
}

TEST(CsvTable, SaysWhichFileItCannotRead) {
  const auto table = CsvTable::read("/nowhere/at/all.csv");
  ASSERT_FALSE(table.has_value());
  EXPECT_NE(table.error().message.find("/nowhere/at/all.csv"), std::string::npos);
}

}  // namespace
}  // namespace dongbo::cli
