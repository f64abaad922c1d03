#include "hub/projection/seat.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "hub/projection/row_json.h"

namespace dongbo::projection {
namespace {

TEST(Seat, SortsByPointThenUnitThenComposition) {
  const std::vector<Seat> sorted = {{"", "", "z"},   {"", "9", ""},    {"dc", "", "so"},
                                    {"dc", "1", ""}, {"dc", "1", "a"}, {"dc-1", "", ""}};
  EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end()));
  for (const auto& seat : sorted) {
    std::string bytes;
    seat.encode(bytes);
    ByteReader in(bytes);
    Seat back;
    back.decode(in);
    EXPECT_TRUE(in.ok() && in.at_end());
    EXPECT_EQ(back, seat);
    EXPECT_EQ(Seat(back.point(), back.unit(), back.composition()), seat);
  }
  EXPECT_EQ(json_of(sorted[2]), R"({"point":"dc","unit":"","composition":"so"})");
}

}  // namespace
}  // namespace dongbo::projection
