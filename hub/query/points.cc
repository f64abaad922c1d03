#include "hub/projection/points.h"

#include "hub/projection/attendance.h"
#include "hub/projection/readiness.h"
#include "hub/query/meeting.h"
#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

// A point with its plan, when there is one, and its latest readiness. nullopt: the filter leaves it out.
Result<std::optional<std::string>> render(Context& context, const UnitFilter& units, const std::string& row_key) {
  const auto& snapshot = context.view.at_meeting(context.meeting());
  DONGBO_ASSIGN(const auto planned, projection::row(snapshot, projection::kPoints, row_key));
  DONGBO_ASSIGN(const auto ready, projection::row(snapshot, projection::kReadiness, row_key));
  const auto plan = planned.value_or(projection::PointRow());
  const auto state = ready.value_or(projection::ReadinessRow());
  if (units && !units->contains(plan.unit)) return std::optional<std::string>();
  ObjectText out;
  out.member("point", std::string_view(row_key).substr(row_key.rfind('\0') + 1)).member("level", plan.level);
  out.member("unit", plan.unit).member("name", plan.name).member("place", plan.place).member("capacity", plan.capacity);
  out.member("order", plan.order).member("compositions", plan.compositions).member("planned", plan.planned);
  out.member("line", state.line).member("sound", state.sound).member("picture", state.picture).member("power", state.power);
  out.member("readiness_time", state.time).member("simulated", plan.simulated || state.simulated);
  out.member("flags", plan.planned ? Flags() : Flags{"unplanned_point"});
  return std::optional(out.text());
}

}  // namespace

// Planned points, and those that only a report or people who came make known.
Result<Reply> list_points(Context& context) {
  const auto& parameters = context.parameters;
  const auto& snapshot = context.view.at_meeting(context.meeting());
  DONGBO_ASSIGN(const bool known, meeting_is_known(context));
  if (!known) return unknown_meeting(context);
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  const auto keys_of = [&](const auto& spec) {
    return list_rows(snapshot, spec, projection::prefix(context.meeting()), parameters.after(), parameters.page_size(),
                     [](std::string_view, const auto&) { return std::optional<std::string>(""); });
  };
  DONGBO_ASSIGN(auto planned, keys_of(projection::kPoints));
  DONGBO_ASSIGN(auto reported, keys_of(projection::kReadiness));
  DONGBO_ASSIGN(auto attended, keys_of(projection::kAttendancePoints));
  auto keys = merge({std::move(planned), std::move(reported), std::move(attended)}, parameters.page_size());
  // A filter makes pages short: a point's unit is known only from its plan.
  Listing listing;
  listing.next = std::move(keys.next);
  for (auto& [row_key, empty] : keys.items) {
    DONGBO_ASSIGN(auto text, render(context, units, row_key));
    if (text) listing.items.emplace_back(std::move(row_key), std::move(*text));
  }
  return reply_list(context, listing);
}

}  // namespace dongbo::query
