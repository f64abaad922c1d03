#include "hub/projection/decimal.h"

#include <gtest/gtest.h>

namespace dongbo::projection {
namespace {

std::string sum(std::string_view a, std::string_view b) {
  return (*Decimal::parse(a) + *Decimal::parse(b)).text();
}

TEST(Decimal, SumsAreExactWhereBinaryFractionsAreNot) {
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("42.2377", "-42.2377"), "0");
  EXPECT_EQ(sum("1000000000000000", "0.000000000000001"), "1000000000000000.000000000000001");
  EXPECT_EQ(sum("-0.5", "0.25"), "-0.25");
}

TEST(Decimal, ExponentsAreReadAndNeedlessZerosDropped) {
  EXPECT_EQ(Decimal::parse("1e-7")->text(), "0.0000001");
  EXPECT_EQ(Decimal::parse("1.5e+3")->text(), "1500");
  EXPECT_EQ(Decimal::parse("007.500")->text(), "7.5");
  EXPECT_EQ(Decimal::parse("-0")->text(), "0");
}

TEST(Decimal, TheTailOfABinaryFractionIsRoundedAway) {
  EXPECT_EQ(Decimal::parse("0.30000000000000004")->text(), "0.3");
  EXPECT_EQ(Decimal::parse("0.7999999999999996")->text(), "0.8");
  EXPECT_EQ(Decimal::parse("-2.0000000000000005")->text(), "-2.000000000000001");
  EXPECT_EQ(Decimal::parse("1e-16")->text(), "0");
  EXPECT_EQ(Decimal::parse("9e-16")->text(), "0.000000000000001");
}

TEST(Decimal, WhatIsNoSuchNumberIsRefused) {
  for (const char* text : {"", "-", ".5", "5.", "1,5", "0x10", "1e", "1e999", "1e30", "123456789012345678901", " 1"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
}

}  // namespace
}  // namespace dongbo::projection
