#include "hub/report/table_widths.h"

#include <gtest/gtest.h>

#include <numeric>

#include "hub/report/text_measure.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

Cell cell(std::string text) {
  return {std::move(text), {}, {}};
}

double sum(const std::vector<double>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0.0);
}

TEST(TableWidths, AreSharedAsAskedWhenEveryWordFits) {
  const Table table{"t", "", {{"Một", 1}, {"Hai", 3}}, {{{cell("a"), cell("b")}}}, ""};
  EXPECT_EQ(table_widths(table, 160), (std::vector<double>{40, 120}));
}

TEST(TableWidths, NoColumnIsNarrowerThanItsLongestWord) {
  const Table table{
      "t", "", {{"STT", 0.1}, {"Nội dung", 100}, {"Thời hạn", 0.1}}, {{{cell("1"), cell("x"), cell("trước 30/6/2023")}}}, ""};
  const auto widths = table_widths(table, 160);
  EXPECT_GT(widths[0], text_width_mm("STT", {12, true}));
  EXPECT_GT(widths[2], text_width_mm("30/6/2023", {12}));
  EXPECT_LT(widths[2], text_width_mm("trước 30/6/2023", {12}));
  EXPECT_NEAR(sum(widths), 160, 0.001);
}

TEST(TableWidths, TooManyLongWordsGiveWayAlike) {
  Table table{"t", "", {}, {}, ""};
  for (int i = 0; i < 12; ++i) table.columns.push_back({std::string(60, 'W'), 1});
  const auto widths = table_widths(table, 160);
  EXPECT_NEAR(sum(widths), 160, 0.001);
  EXPECT_NEAR(widths.front(), widths.back(), 0.001);
}

TEST(TableWidths, EmptyTablesAndColumnsThatAskForNothingHaveWidths) {
  EXPECT_TRUE(table_widths(Table{"t", "", {}, {}, ""}, 160).empty());
  EXPECT_NEAR(sum(table_widths(Table{"t", "", {{"a", 0}, {"b", 0}}, {}, ""}, 160)), 160, 0.001);
}

}  // namespace
}  // namespace dongbo::report
