#include "hub/base/result.h"

#include <memory>

#include <gtest/gtest.h>

#include "hub/base/clock.h"
#include "hub/base/ids.h"

namespace dongbo {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error::poison("odd: " + std::to_string(number));
  return number / 2;
}

Result<void> check_quarter(int number, int& out) {
  DONGBO_ASSIGN(const int first, half(number));
  DONGBO_ASSIGN(out, half(first));
  return {};
}

Result<std::string> describe(int number) {
  int quarter = 0;
  DONGBO_TRY(check_quarter(number, quarter));
  return "quarter " + std::to_string(quarter);
}

TEST(Result, CarriesAValueOrAnErrorThroughFunctions) {
  EXPECT_EQ(describe(12).value(), "quarter 3");
  const auto failed = describe(6);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "odd: 3");
  EXPECT_EQ(failed.error().error_class, ErrorClass::kPoison);
}

TEST(Result, HoldsWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 5);
}

TEST(ResultDeathTest, AskingTheWrongSideStopsTheProcess) {
  EXPECT_DEATH(static_cast<void>(half(3).value()), "assertion failed");
  EXPECT_DEATH(static_cast<void>(half(4).error()), "assertion failed");
}

TEST(Ids, AreOrderedAndDoNotConvert) {
  EXPECT_LT(Sequence(1), Sequence(2));
  EXPECT_EQ(Sequence(1).next(), Sequence(2));
  static_assert(!std::is_convertible_v<Sequence, Offset>);
  static_assert(!std::is_convertible_v<std::uint64_t, Sequence>);
}

TEST(Clock, AManualClockStandsUntilItIsMoved) {
  ManualClock clock(Millis(1000));
  EXPECT_EQ(clock.now(), Millis(1000));
  clock.advance(std::chrono::seconds(2));
  EXPECT_EQ(clock.now(), Millis(3000));
}

}  // namespace
}  // namespace dongbo
