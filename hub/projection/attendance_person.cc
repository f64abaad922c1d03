#include "hub/projection/attendance_person.h"

#include <algorithm>

namespace dongbo::projection {
namespace {

void add_name(NameList& names, std::string_view name) {
  if (name.empty()) return;
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) names.insert(at, name);
}

void remove_name(NameList& names, std::string_view name) {
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at != names.end() && *at == name) names.erase(at);
}

bool contains(const NameList& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

// The names that the valid invitations give; of the registration when there are none.
NameList expected(const PersonRow& person, SeatPart part) {
  NameList out;
  for (const auto& invitation : person.invitations)
    if (invitation.valid()) add_name(out, (invitation.seat.*part)());
  if (out.empty()) add_name(out, (person.registered_seat->value.*part)());
  return out;
}

// All names of a person: of valid invitations, of seats taken for others, of scans that stand.
NameList names_of(const PersonRow& person, SeatPart part) {
  NameList out;
  for (const auto& invitation : person.invitations)
    if (invitation.valid()) add_name(out, (invitation.seat.*part)());
  for (const auto& held : person.scans.seats()) add_name(out, (held.seat.*part)());
  if (out.empty())
    for (const auto& [delegate, taken] : *person.stands_for) add_name(out, (taken.seat.*part)());
  if (out.empty()) add_name(out, (person.registered_seat->value.*part)());
  return out;
}

bool invited_at(const PersonRow& person, Millis moment) {
  const auto holds = [&](const HeldInvitation& invitation) { return invitation.valid_at(moment); };
  if (std::any_of(person.invitations.begin(), person.invitations.end(), holds)) return true;
  return std::any_of(person.stands_for->begin(), person.stands_for->end(), [&](const auto& taken) {
    return std::any_of(taken.second.invitations.begin(), taken.second.invitations.end(), holds);
  });
}

}  // namespace

void add(Figures& into, const Figures& by, int sign) {
  into.invited += sign * by.invited;
  into.registered += sign * by.registered;
  into.present += sign * by.present;
  into.checked_in += sign * by.checked_in;
  into.checked_out += sign * by.checked_out;
  into.invited_headcount += sign * by.invited_headcount;
  into.headcount += sign * by.headcount;
  into.absent_with_leave += sign * by.absent_with_leave;
  into.awaited += sign * by.awaited;
  into.substitutes += sign * by.substitutes;
  into.at_two_points += sign * by.at_two_points;
  into.not_invited += sign * by.not_invited;
}

PersonView view_of(const PersonRow& person) {
  PersonView view;
  const auto& registration = person.registration->value;
  const auto state = static_cast<RegistrationState>(registration.state);
  view.invited = std::any_of(person.invitations.begin(), person.invitations.end(), [](const auto& held) { return held.valid(); });
  view.registered = state == RegistrationState::kConfirmed || state == RegistrationState::kDelegated;

  for (const auto& scan : person.scans) {  // in time order: the last one at a point says whether he is in
    const auto point = person.scans.seat(scan).point();
    if (scan.out) {
      view.checked_out = true;
      view.last_out = scan.time;
      add_name(view.out_points, point);
      remove_name(view.present_points, point);
    } else {
      if (!view.checked_in) view.first_in = scan.time;
      view.checked_in = true;
      add_name(view.scanned_points, point);
      add_name(view.present_points, point);
    }
  }
  view.present = !view.present_points.empty();
  view.at_two_points = view.scanned_points.size() > 1;
  view.substitute = view.checked_in && !person.stands_for->empty();
  view.replaced = !view.checked_in && state == RegistrationState::kDelegated && person.substitute_came;
  const bool leave = state == RegistrationState::kDeclined && registration.leave;
  view.absent_with_leave = leave && !view.checked_in;
  view.awaited = view.invited && !view.checked_in && !view.replaced && !leave;
  view.not_invited = view.checked_in && !invited_at(person, *view.first_in);
  view.withdrawn_but_present = view.checked_in && !view.invited && !person.invitations.empty() && person.stands_for->empty() &&
                               std::any_of(person.invitations.begin(), person.invitations.end(),
                                           [](const auto& held) { return held.withdrawn.has_value(); });
  view.points = expected(person, &Seat::point);
  for (const auto& point : view.scanned_points) add_name(view.points, point);
  for (const auto& point : view.out_points) add_name(view.points, point);
  view.compositions = names_of(person, &Seat::composition);
  view.units = names_of(person, &Seat::unit);
  return view;
}

void add(Figures& into, FigureSet by, int sign) {
  into.invited += by.has(FigureSet::kInvited) ? sign : 0;
  into.registered += by.has(FigureSet::kRegistered) ? sign : 0;
  into.present += by.has(FigureSet::kPresent) ? sign : 0;
  into.checked_in += by.has(FigureSet::kCheckedIn) ? sign : 0;
  into.checked_out += by.has(FigureSet::kCheckedOut) ? sign : 0;
  into.absent_with_leave += by.has(FigureSet::kAbsentWithLeave) ? sign : 0;
  into.awaited += by.has(FigureSet::kAwaited) ? sign : 0;
  into.substitutes += by.has(FigureSet::kSubstitutes) ? sign : 0;
  into.at_two_points += by.has(FigureSet::kAtTwoPoints) ? sign : 0;
  into.not_invited += by.has(FigureSet::kNotInvited) ? sign : 0;
}

FigureSet& NamedFigures::operator[](std::string_view name) {
  auto at =
      std::lower_bound(items_.begin(), items_.end(), name, [](const Item& item, std::string_view n) { return item.first < n; });
  if (at == items_.end() || at->first != name) at = items_.insert(at, Item(name, FigureSet()));
  return at->second;
}

FigureSet NamedFigures::at(std::string_view name) const {
  const auto at =
      std::lower_bound(items_.begin(), items_.end(), name, [](const Item& item, std::string_view n) { return item.first < n; });
  return at == items_.end() || at->first != name ? FigureSet() : at->second;
}

namespace {

// What is expected of a person belongs to the places of his invitations.
void expect(const PersonRow& person, const PersonView& view, SeatPart part, NamedFigures& figures) {
  if (view.invited)
    for (const auto& invitation : person.invitations)
      if (const auto name = (invitation.seat.*part)(); invitation.valid() && !name.empty())
        figures[name].set(FigureSet::kInvited);
  if (!view.registered && !view.absent_with_leave && !view.awaited) return;
  const auto names = expected(person, part);
  if (view.registered) {
    const auto own = (person.registered_seat->value.*part)();
    if (own.empty()) {
      for (const auto& name : names) figures[name].set(FigureSet::kRegistered);
    } else {
      figures[own].set(FigureSet::kRegistered);
    }
  }
  for (const auto& name : names) {
    if (view.absent_with_leave) figures[name].set(FigureSet::kAbsentWithLeave);
    if (view.awaited) figures[name].set(FigureSet::kAwaited);
  }
}

FigureSet total_of(const PersonView& view) {
  FigureSet total;
  total.set(FigureSet::kInvited, view.invited);
  total.set(FigureSet::kRegistered, view.registered);
  total.set(FigureSet::kPresent, view.present);
  total.set(FigureSet::kCheckedIn, view.checked_in);
  total.set(FigureSet::kCheckedOut, view.checked_out);
  total.set(FigureSet::kAbsentWithLeave, view.absent_with_leave);
  total.set(FigureSet::kAwaited, view.awaited);
  total.set(FigureSet::kSubstitutes, view.substitute);
  total.set(FigureSet::kAtTwoPoints, view.at_two_points);
  total.set(FigureSet::kNotInvited, view.not_invited);
  return total;
}

}  // namespace

Contribution contribution(const PersonRow& person, const PersonView& view) {
  Contribution out;
  out.total = total_of(view);
  expect(person, view, &Seat::point, out.points);
  expect(person, view, &Seat::composition, out.compositions);
  expect(person, view, &Seat::unit, out.units);
  if (!view.checked_in && !view.checked_out) return out;

  // What he did belongs to the places where he did it, and to all his groups and units.
  FigureSet coming;
  coming.set(FigureSet::kCheckedIn);
  coming.set(FigureSet::kSubstitutes);
  coming.set(FigureSet::kAtTwoPoints);
  coming.set(FigureSet::kNotInvited);
  const auto came = out.total.both(coming);
  for (const auto& point : view.scanned_points) {
    auto& figures = out.points[point];
    figures = figures.either(came);
    figures.set(FigureSet::kPresent, contains(view.present_points, point));
  }
  for (const auto& point : view.out_points) out.points[point].set(FigureSet::kCheckedOut);
  coming.set(FigureSet::kPresent);
  coming.set(FigureSet::kCheckedOut);
  const auto did = out.total.both(coming);
  for (const auto& name : view.compositions) out.compositions[name] = out.compositions[name].either(did);
  for (const auto& name : view.units) out.units[name] = out.units[name].either(did);
  return out;
}

}  // namespace dongbo::projection
