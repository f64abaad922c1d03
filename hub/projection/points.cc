#include "hub/projection/points.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned { kLevel, kUnit, kName, kPlace, kCapacity, kOrder, kCompositions, kContactName, kContactPhone };

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto point = fact.text("point");
  auto& row = tables[kPoints].upsert(key(meeting, point));
  if (!row.planned) {
    row.planned = true;
    row.meeting = meeting;
    row.point = point;
    auto& count = tables[kPointCounts].upsert(key(meeting));
    count.meeting = meeting;
    ++count.points;
  }
  row.simulated |= fact.simulated;
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kLevel, "level", row.level);
  whole.text(kUnit, "unit", row.unit);
  whole.text(kName, "name", row.name);
  whole.text(kPlace, "place", row.place);
  whole.integer(kCapacity, "capacity", row.capacity);
  whole.integer(kOrder, "order", row.order);
  whole.texts(kCompositions, "compositions", row.compositions);
  whole.text(kContactName, "contact_name", row.contact_name);
  whole.text(kContactPhone, "contact_phone", row.contact_phone);
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_points() {
  return define("points", 2, {"meeting.point_planned"}, fold, kPoints, kPointCounts);
}

}  // namespace dongbo::projection
