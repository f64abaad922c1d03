#include "hub/projection/budget.h"

#include "tests/support/fold_fixture.h"

namespace dongbo::projection {
namespace {

using testing::event;
using testing::FoldFixture;

std::string fact(std::string_view what, std::string_view id, std::string_view time, std::string_view more = "") {
  return event(fmt::format("budget.{}", what), id, time, fmt::format(R"({{"meeting":"M","estimate":"kp"{}}})", more));
}
constexpr std::string_view kItems =
    R"(,"items":[{"item":"Tài liệu","amount":5000000},{"item":"Đường truyền","amount":8000000.5}],"currency":"VND")";

TEST(Budget, WithoutATotalTheItemsAreAddedUpExactly) {
  FoldFixture fixture(make_budget());
  fixture.fold(fact("estimated", "e", "2023-05-18T08:00:00+07:00", kItems));
  const auto shown = fixture.shown(kBudget, "M", "kp");
  EXPECT_EQ(shown["total"], "13000000.5");
  EXPECT_EQ(shown["estimated"]["total_is_sum"], true);
  EXPECT_EQ(shown["currency"], "VND");
  EXPECT_EQ(shown["items"][1]["amount"], "8000000.5");
  EXPECT_EQ(shown["appraised"]["time"], "");
  EXPECT_NO_THROW(std::ignore = shown.dump());
}

TEST(Budget, AnAppraisalThatOnlyAgreesLeavesTheEstimatesFigures) {
  FoldFixture fixture(make_budget());
  fixture.fold(fact("appraised", "a", "2023-05-20T08:00:00+07:00", R"(,"outcome":"agreed")"));
  EXPECT_FALSE(fixture.row(kBudget, "M", "kp")->known);
  fixture.fold(fact("estimated", "e", "2023-05-18T08:00:00+07:00", kItems));
  const auto* row = fixture.row(kBudget, "M", "kp");
  EXPECT_EQ(row->state, "appraised");
  EXPECT_EQ(row->total, "13000000.5");
  EXPECT_EQ(row->items.size(), 2U);
}

TEST(Budget, WhatWasReturnedIsEstimatedAnewAndApproved) {
  FoldFixture fixture(make_budget());
  fixture.fold(fact("estimated", "e1", "2023-05-18T08:00:00+07:00", kItems));
  fixture.fold(fact("appraised", "a", "2023-05-20T08:00:00+07:00", R"(,"outcome":"returned","reason":"vượt định mức")"));
  EXPECT_EQ(fixture.row(kBudget, "M", "kp")->state, "returned");
  fixture.fold(fact("estimated", "e2", "2023-05-21T08:00:00+07:00", R"(,"total":9000000,"currency":"VND")"));
  EXPECT_EQ(fixture.row(kBudget, "M", "kp")->state, "estimated");
  fixture.fold(fact("approved", "p", "2023-05-23T08:00:00+07:00", R"(,"total":8500000,"legal_act":"QĐ 1")"));
  const auto* row = fixture.row(kBudget, "M", "kp");
  EXPECT_EQ(row->state, "approved");
  EXPECT_EQ(row->total, "8500000");
  EXPECT_EQ(row->currency, "VND");
  EXPECT_EQ(row->estimated.total, "9000000");
  EXPECT_EQ(row->appraised.reason, "vượt định mức");
  EXPECT_EQ(row->revisions, 2);
}

TEST(Budget, FiguresOfAStepThatWasSaidAnewWithoutAnyAreGone) {
  const auto with = fact("appraised", "a1", "2023-05-20T08:00:00+07:00", R"(,"total":8000000,"currency":"VND")");
  const auto without = fact("appraised", "a2", "2023-05-22T08:00:00+07:00", R"(,"outcome":"returned")");
  FoldFixture fixture(make_budget());
  fixture.fold(with);
  fixture.fold(without);
  EXPECT_EQ(fixture.row(kBudget, "M", "kp")->total, "");
  EXPECT_EQ(fixture.row(kBudget, "M", "kp")->currency, "");
  testing::expect_same_rows_in_any_order(make_budget, {with, without});
}

TEST(Budget, TheOrderOfArrivalDoesNotMatter) {
  testing::expect_same_rows_in_any_order(
      make_budget, {fact("estimated", "e1", "2023-05-18T08:00:00+07:00", kItems),
                    fact("estimated", "e2", "2023-05-21T08:00:00+07:00", R"(,"total":9000000)"),
                    fact("appraised", "a1", "2023-05-20T08:00:00+07:00", R"(,"outcome":"returned")"),
                    fact("appraised", "a2", "2023-05-22T08:00:00+07:00", R"(,"outcome":"adjusted","total":8000000)"),
                    fact("approved", "p", "2023-05-22T08:00:00+07:00", R"(,"actor":"x")")});
}

}  // namespace
}  // namespace dongbo::projection
