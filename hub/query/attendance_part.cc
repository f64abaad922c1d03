#include "hub/query/attendance_part.h"

#include <algorithm>

#include "hub/event/timestamp.h"

namespace dongbo::query {
namespace {

using projection::Figures;
using projection::FigureSet;
using projection::NamedFigures;

template <class Takes>
FigureSet any_of(const NamedFigures& figures, Takes takes) {
  FigureSet out;
  for (const auto& [name, one] : figures)
    if (takes(name)) out = out.either(one);
  return out;
}

template <class Takes>
void add_each(std::map<std::string, Figures>& into, const NamedFigures& figures, FigureSet limit, Takes takes) {
  for (const auto& [name, one] : figures) {
    const auto part = one.both(limit);
    if (takes(name) && !part.empty()) projection::add(into[std::string(name)], part, +1);
  }
}

}  // namespace

FigureSet AttendancePart::add(const projection::PersonRow& person, const projection::PersonView& view) {
  const auto takes_point = [this](std::string_view name) { return filter_.takes_point(name); };
  const auto takes_unit = [this](std::string_view name) { return filter_.takes_unit(name); };
  const auto takes_composition = [this](std::string_view name) { return filter_.takes_composition(name); };

  const auto whole = projection::contribution(person, view);
  auto selected = whole.total;
  if (filter_.names_point()) selected = selected.both(any_of(whole.points, takes_point));
  if (filter_.names_unit()) selected = selected.both(any_of(whole.units, takes_unit));
  if (filter_.names_composition()) selected = selected.both(any_of(whole.compositions, takes_composition));
  if (selected.empty()) return selected;

  projection::add(total_, selected, +1);
  add_each(points_, whole.points, selected, takes_point);
  add_each(units_, whole.units, selected, takes_unit);
  add_each(compositions_, whole.compositions, selected, takes_composition);
  if (selected.has(FigureSet::kCheckedIn)) {
    const auto first = std::find_if(person.scans.begin(), person.scans.end(), [&](const auto& scan) {
      return !scan.out && filter_.takes_point(person.scans.seat(scan).point());
    });
    if (first != person.scans.end()) ++arrivals_[event::format_minute(first->time)];
  }
  return selected;
}

void AttendancePart::add_everywhere(const projection::Seat& seat, const Figures& figures) {
  if (figures == Figures() || !filter_.takes(seat.point(), seat.unit(), seat.composition())) return;
  projection::add(total_, figures, +1);
  const auto add_to = [&](std::map<std::string, Figures>& all, std::string_view name) {
    if (!name.empty()) projection::add(all[std::string(name)], figures, +1);
  };
  add_to(points_, seat.point());
  add_to(units_, seat.unit());
  add_to(compositions_, seat.composition());
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
