#pragma once
#include <string>

namespace dongbo::projection {

// Where a seat is: any of the three may be empty.
struct Seat {
  std::string point;
  std::string unit;
  std::string composition;
  auto operator<=>(const Seat&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("point", row.point);
    visit("unit", row.unit);
    visit("composition", row.composition);
  }
};

}  // namespace dongbo::projection
