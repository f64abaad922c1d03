#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// A meeting point (điểm cầu) that a plan names. A point known only from another fact (a check-in, a report) has no row
// here: the readers flag it as unplanned. Said again, a plan of a point is a whole statement: the latest by event time.
struct PointRow {
  std::string meeting;
  std::string point;
  std::string level;
  std::string unit;
  std::string name;
  std::string place;
  std::optional<std::int64_t> capacity;
  std::optional<std::int64_t> order;
  std::vector<std::string> compositions;  // groups expected there
  std::string contact_name;               // personal
  std::string contact_phone;              // personal
  bool planned = false;
  bool simulated = false;  // some fact in this row is simulated
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("point", row.point);
    visit("level", row.level);
    visit("unit", row.unit);
    visit("name", row.name);
    visit("place", row.place);
    visit("capacity", row.capacity);
    visit("order", row.order);
    visit("compositions", row.compositions);
    visit("_contact_name", row.contact_name);
    visit("_contact_phone", row.contact_phone);
    visit("planned", row.planned);
    visit("simulated", row.simulated);
    visit("_said", row.said);
  }
};
inline const TableSpec<PointRow> kPoints{"points", "points", 0, {"meeting", "point"}};

// How many points a meeting's plan names.
struct PointCountRow {
  std::string meeting;
  std::int64_t points = 0;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("points", row.points);
  }
};
inline const TableSpec<PointCountRow> kPointCounts{"points", "point_counts", 1, {"meeting"}, false};

std::unique_ptr<Projection> make_points();

}  // namespace dongbo::projection
