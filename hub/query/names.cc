#include "hub/query/names.h"

#include "hub/projection/meetings.h"
#include "hub/projection/points.h"
#include "hub/projection/units.h"

namespace dongbo::query {
namespace {

using projection::kUnits;
using projection::UnitRow;

constexpr std::string_view kUnitsHome = "units";

// What holds on the day, or else the last version.
struct Holding {
  const std::string& code;
  const std::string& name;
  const std::string& parent;
};
Holding holding(const UnitRow& row, const std::string& day) {
  const auto* version = day.empty() ? nullptr : row.on(day);
  if (version != nullptr) return {version->code, version->name, version->parent};
  return {row.code, row.name, row.parent};
}

}  // namespace

Result<std::string> day_of_meeting(Context& context) {
  if (context.segments.front() != "meetings" || context.segments.size() < 2) return std::string();
  DONGBO_ASSIGN(const auto row, projection::row(context.view.at_meeting(context.meeting()), projection::kMeetings,
                                                projection::key(context.meeting())));
  return row ? row->day : std::string();
}

Result<std::vector<UnitNode>> unit_nodes(Context& context, const std::string& day) {
  std::vector<UnitNode> out;
  std::set<std::string> registered;
  DONGBO_TRY(projection::scan(context.view.at_home(kUnitsHome), kUnits, "", "", [&](std::string_view, const UnitRow& row) {
    const auto holds = holding(row, day);
    registered.insert(row.unit);
    out.push_back({row.unit, holds.code, holds.parent});
    return true;
  }));
  for (const auto& [agency, parent] : context.catalogues.agency_parents)
    if (!registered.contains(agency)) out.push_back({agency, "", parent});
  return out;
}

Result<std::optional<std::string>> Names::look_up(const std::string& unit) {
  const auto& snapshot = context_.view.at_home(kUnitsHome);
  const auto& day = registry_->day;
  DONGBO_ASSIGN(const auto row, projection::row(snapshot, kUnits, projection::key(unit)));
  if (row) return std::optional(holding(*row, day).name);

  DONGBO_ASSIGN(const auto code, projection::row(snapshot, projection::kUnitCodes, projection::key(unit)));
  std::optional<std::string> out;
  for (const auto& bearer : code ? code->units : std::vector<std::string>()) {
    // Of several bearers the one whose code it was on that day; else the last.
    DONGBO_ASSIGN(const auto bearing, projection::row(snapshot, kUnits, projection::key(bearer)));
    if (!bearing) continue;
    out = holding(*bearing, day).name;
    const auto* version = bearing->on(day);
    if (version != nullptr && version->code == unit) return out;
  }
  if (out) return out;
  const auto agency = context_.catalogues.agencies.find(unit);
  if (agency != context_.catalogues.agencies.end()) out = agency->second.name_vi;
  return out;
}

Result<std::optional<std::string>> Names::unit(const std::string& unit) {
  if (const auto found = units_.find(unit); found != units_.end()) return found->second;
  if (!registry_) {
    DONGBO_ASSIGN(auto day, day_of_meeting(context_));
    registry_ = Registry{context_.view.at_home(kUnitsHome).edition(kUnits.projection), std::move(day)};
  }
  const auto asked = [&] { return look_up(unit); };
  DONGBO_ASSIGN(auto name,
                registry_->edition ? context_.unit_names.find(*registry_->edition, registry_->day, unit, asked) : asked());
  return units_.emplace(unit, std::move(name)).first->second;
}

const Catalogues::Named* Names::composition(const std::string& composition) const {
  const auto found = context_.catalogues.compositions.find(composition);
  return found == context_.catalogues.compositions.end() ? nullptr : &found->second;
}

Result<bool> Names::point_is_planned(const std::string& point) {
  if (const auto found = points_.find(point); found != points_.end()) return found->second;
  DONGBO_ASSIGN(const auto row, projection::row(context_.view.at_meeting(context_.meeting()), projection::kPoints,
                                                projection::key(context_.meeting(), point)));
  return points_.emplace(point, row && row->planned).first->second;
}

Result<Flags> Names::flags(const std::string& point, const std::string& unit_code, const std::string& composition_code) {
  Flags out;
  if (!point.empty()) {
    DONGBO_ASSIGN(const bool planned, point_is_planned(point));
    if (!planned) out.push_back("unplanned_point");
  }
  if (!unit_code.empty()) {
    DONGBO_ASSIGN(const auto name, unit(unit_code));
    if (!name) out.push_back("unknown_unit");
  }
  if (!composition_code.empty() && composition(composition_code) == nullptr) out.push_back("unknown_composition");
  return out;
}

Result<UnitFilter> unit_filter(Context& context) {
  const auto& unit = context.parameters.text("unit");
  if (unit.empty()) return UnitFilter();
  DONGBO_ASSIGN(const auto day, day_of_meeting(context));
  DONGBO_ASSIGN(const auto nodes, unit_nodes(context, day));
  return UnitFilter(subtree(nodes, unit));
}

Result<WhoFilter> WhoFilter::of(Context& context) {
  DONGBO_ASSIGN(auto units, unit_filter(context));
  return WhoFilter(context.parameters.text("point"), std::move(units), context.parameters.text("composition"));
}

}  // namespace dongbo::query
