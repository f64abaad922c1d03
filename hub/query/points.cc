#include "hub/projection/points.h"

#include "hub/projection/attendance.h"
#include "hub/projection/readiness.h"
#include "hub/query/meeting.h"
#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

// A point with its plan, when there is one, and its latest readiness.
Result<Json> render(Context& context, const std::string& row_key, const std::string& point) {
  const auto& snapshot = context.view.at_home(context.meeting());
  DONGBO_ASSIGN(const auto planned, projection::row(snapshot, projection::kPoints, row_key));
  DONGBO_ASSIGN(const auto ready, projection::row(snapshot, projection::kReadiness, row_key));
  const auto plan = planned.value_or(projection::PointRow());
  Json out{{"point", point}, {"level", plan.level}, {"unit", plan.unit}, {"name", plan.name}, {"place", plan.place}};
  out["capacity"] = projection::to_json(plan.capacity);
  out["order"] = projection::to_json(plan.order);
  out["compositions"] = plan.compositions;
  out["planned"] = plan.planned;
  const auto state = ready.value_or(projection::ReadinessRow());
  out["line"] = state.line;
  out["sound"] = state.sound;
  out["picture"] = state.picture;
  out["power"] = state.power;
  out["readiness_time"] = projection::to_json(state.time);
  out["simulated"] = plan.simulated || state.simulated;
  out["flags"] = plan.planned ? Json::array() : Json::array({"unplanned_point"});
  return out;
}

}  // namespace

// Planned points, and those that only a report or people who came make known.
Result<Reply> list_points(Context& context) {
  const auto& parameters = context.parameters;
  const auto& snapshot = context.view.at_home(context.meeting());
  DONGBO_ASSIGN(const bool known, meeting_is_known(context));
  if (!known) return unknown_meeting(context);
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  const auto keys_of = [&](const auto& spec) {
    return list_rows(snapshot, spec, projection::prefix(context.meeting()), parameters.after(), parameters.page_size(),
                     [](std::string_view, const auto&) { return std::optional<Json>(Json()); });
  };
  DONGBO_ASSIGN(auto planned, keys_of(projection::kPoints));
  DONGBO_ASSIGN(auto reported, keys_of(projection::kReadiness));
  DONGBO_ASSIGN(auto attended, keys_of(projection::kAttendancePoints));
  auto listing = merge({std::move(planned), std::move(reported), std::move(attended)}, parameters.page_size());
  for (auto& [row_key, item] : listing.items) {
    DONGBO_ASSIGN(item, render(context, row_key, row_key.substr(row_key.rfind('\0') + 1)));
  }
  // A filter makes pages short: a point's unit is known only from its plan.
  std::erase_if(listing.items, [&](const auto& item) { return units && !units->contains(item.second["unit"]); });
  return reply_list(context, std::move(listing));
}

}  // namespace dongbo::query
