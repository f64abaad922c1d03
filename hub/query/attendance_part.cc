#include "hub/query/attendance_part.h"

#include <algorithm>

#include "hub/event/timestamp.h"

namespace dongbo::query {
namespace {

using projection::Figures;

constexpr std::int64_t Figures::*kMembers[] = {&Figures::invited,     &Figures::registered,        &Figures::present,
                                               &Figures::checked_in,  &Figures::checked_out,       &Figures::invited_headcount,
                                               &Figures::headcount,   &Figures::absent_with_leave, &Figures::awaited,
                                               &Figures::substitutes, &Figures::at_two_points,     &Figures::not_invited};
static_assert(sizeof(Figures) == sizeof(std::int64_t) * std::size(kMembers), "a figure is missing above");

// Of one person every figure is 0 or 1: what both have, what either has.
Figures both(Figures a, const Figures& b) {
  for (const auto member : kMembers) a.*member = std::min(a.*member, b.*member);
  return a;
}
Figures either(Figures a, const Figures& b) {
  for (const auto member : kMembers) a.*member = std::max(a.*member, b.*member);
  return a;
}

template <class Takes>
Figures any_of(const std::map<std::string, Figures>& figures, Takes takes) {
  Figures out;
  for (const auto& [name, one] : figures)
    if (takes(name)) out = either(out, one);
  return out;
}

template <class Takes>
void add_each(std::map<std::string, Figures>& into, const std::map<std::string, Figures>& figures, const Figures& limit,
              Takes takes) {
  for (const auto& [name, one] : figures) {
    const auto part = both(one, limit);
    if (takes(name) && part != Figures()) projection::add(into[name], part, +1);
  }
}

}  // namespace

Figures AttendancePart::add(const projection::PersonRow& person, const projection::PersonView& view) {
  const auto takes_point = [this](const std::string& name) { return filter_.takes_point(name); };
  const auto takes_unit = [this](const std::string& name) { return filter_.takes_unit(name); };
  const auto takes_composition = [this](const std::string& name) { return filter_.takes_composition(name); };

  const auto whole = projection::contribution(person, view);
  auto selected = whole.total;
  if (filter_.names_point()) selected = both(selected, any_of(whole.points, takes_point));
  if (filter_.names_unit()) selected = both(selected, any_of(whole.units, takes_unit));
  if (filter_.names_composition()) selected = both(selected, any_of(whole.compositions, takes_composition));
  if (selected == Figures()) return selected;

  projection::add(total_, selected, +1);
  add_each(points_, whole.points, selected, takes_point);
  add_each(units_, whole.units, selected, takes_unit);
  add_each(compositions_, whole.compositions, selected, takes_composition);
  if (selected.checked_in > 0) {
    const auto first = std::find_if(person.scans.begin(), person.scans.end(),
                                    [&](const auto& scan) { return !scan.out && filter_.takes_point(scan.seat.point); });
    if (first != person.scans.end()) ++arrivals_[event::format_minute(first->time)];
  }
  return selected;
}

void AttendancePart::add_everywhere(const projection::Seat& seat, const Figures& figures) {
  if (figures == Figures() || !filter_.takes(seat.point, seat.unit, seat.composition)) return;
  projection::add(total_, figures, +1);
  if (!seat.point.empty()) projection::add(points_[seat.point], figures, +1);
  if (!seat.unit.empty()) projection::add(units_[seat.unit], figures, +1);
  if (!seat.composition.empty()) projection::add(compositions_[seat.composition], figures, +1);
}

void AttendancePart::add_headcount(const projection::Seat& seat, std::int64_t headcount) {
  Figures figures;
  figures.headcount = headcount;
  add_everywhere(seat, figures);
}

void AttendancePart::add_invited_headcount(const projection::Seat& seat, std::int64_t headcount) {
  Figures figures;
  figures.invited_headcount = headcount;
  add_everywhere(seat, figures);
}

}  // namespace dongbo::query
