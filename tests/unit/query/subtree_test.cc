#include <gtest/gtest.h>

#include "hub/query/names.h"

namespace dongbo::query {
namespace {

using Set = std::set<std::string, std::less<>>;

const std::vector<UnitNode> kUnits{
    {"49", "49", ""},          {"502", "502", "49"},          {"503", "503", "49"},
    {"20335", "20335", "502"}, {"20338", "20338", "502"},     {"khoi-pho-1", "", "20335"},
    {"48", "48", ""},          {"20335-2025", "20335", "48"}, {"48-phuong", "20999", "48"},
};

TEST(Subtree, HoldsEverythingUnderAUnitToAnyDepth) {
  EXPECT_EQ(subtree(kUnits, "502"), (Set{"502", "20335", "20338", "khoi-pho-1"}));
  EXPECT_EQ(subtree(kUnits, "20338"), Set{"20338"});
}

TEST(Subtree, AddsCodesThatNoUnitIsNamedBy) {
  // 20335 is the name of another unit, under 502: it is not meant by its new bearer.
  EXPECT_EQ(subtree(kUnits, "48"), (Set{"48", "20335-2025", "48-phuong", "20999"}));
  EXPECT_EQ(subtree(kUnits, "20335-2025"), Set{"20335-2025"});
}

TEST(Subtree, TakesACodeForAllUnitsThatBearIt) {
  EXPECT_EQ(subtree(kUnits, "20999"), (Set{"48-phuong", "20999"}));
}

TEST(Subtree, OfAnUnknownUnitIsItselfAndWhatNamesItAsParent) {
  EXPECT_EQ(subtree(kUnits, "nowhere"), Set{"nowhere"});
  EXPECT_EQ(subtree({{"a", "", "missing"}}, "missing"), (Set{"missing", "a"}));
}

TEST(Subtree, EndsOnACircleOfParents) {
  EXPECT_EQ(subtree({{"a", "", "b"}, {"b", "", "a"}, {"c", "", "c"}}, "a"), (Set{"a", "b"}));
  EXPECT_EQ(subtree({{"c", "", "c"}}, "c"), Set{"c"});
}

}  // namespace
}  // namespace dongbo::query
