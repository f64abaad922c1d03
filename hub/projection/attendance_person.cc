#include "hub/projection/attendance_person.h"

#include <algorithm>

namespace dongbo::projection {
namespace {

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (name.empty()) return;
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) names.insert(at, name);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::binary_search(names.begin(), names.end(), name);
}

// The names that one member of the valid invitations gives; of the registration when there are none.
std::vector<std::string> expected(const PersonRow& person, std::string Seat::*member) {
  std::vector<std::string> out;
  for (const auto& invitation : person.invitations)
    if (invitation.valid()) add_name(out, invitation.seat.*member);
  if (out.empty()) add_name(out, person.registered_seat.value.*member);
  return out;
}

// All names of a person: of valid invitations, of seats taken for others, of scans that stand.
std::vector<std::string> names_of(const PersonRow& person, std::string Seat::*member) {
  std::vector<std::string> out;
  for (const auto& invitation : person.invitations)
    if (invitation.valid()) add_name(out, invitation.seat.*member);
  for (const auto& scan : person.scans) add_name(out, scan.seat.*member);
  if (out.empty())
    for (const auto& [delegate, taken] : person.stands_for) add_name(out, taken.seat.*member);
  if (out.empty()) add_name(out, person.registered_seat.value.*member);
  return out;
}

bool invited_at(const PersonRow& person, Millis moment) {
  const auto holds = [&](const HeldInvitation& invitation) { return invitation.valid_at(moment); };
  if (std::any_of(person.invitations.begin(), person.invitations.end(), holds)) return true;
  return std::any_of(person.stands_for.begin(), person.stands_for.end(), [&](const auto& taken) {
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
  const auto& registration = person.registration.value;
  const auto state = static_cast<RegistrationState>(registration.state);
  view.invited = std::any_of(person.invitations.begin(), person.invitations.end(), [](const auto& held) { return held.valid(); });
  view.registered = state == RegistrationState::kConfirmed || state == RegistrationState::kDelegated;

  std::map<std::string, bool> in_at;  // point -> is the last scan there a check-in? Scans are in time order.
  for (const auto& scan : person.scans) {
    in_at[scan.seat.point] = !scan.out;
    if (scan.out) {
      view.checked_out = true;
      view.last_out = scan.time;
      add_name(view.out_points, scan.seat.point);
    } else {
      if (!view.checked_in) view.first_in = scan.time;
      view.checked_in = true;
      add_name(view.scanned_points, scan.seat.point);
    }
  }
  for (const auto& [point, in] : in_at)
    if (in) add_name(view.present_points, point);
  view.present = !view.present_points.empty();
  view.at_two_points = view.scanned_points.size() > 1;
  view.substitute = view.checked_in && !person.stands_for.empty();
  view.replaced = !view.checked_in && state == RegistrationState::kDelegated && person.substitute_came;
  const bool leave = state == RegistrationState::kDeclined && registration.leave;
  view.absent_with_leave = leave && !view.checked_in;
  view.awaited = view.invited && !view.checked_in && !view.replaced && !leave;
  view.not_invited = view.checked_in && !invited_at(person, *view.first_in);
  view.withdrawn_but_present = view.checked_in && !view.invited && !person.invitations.empty() && person.stands_for.empty() &&
                               std::any_of(person.invitations.begin(), person.invitations.end(),
                                           [](const auto& held) { return held.withdrawn.has_value(); });
  view.points = expected(person, &Seat::point);
  for (const auto& point : view.scanned_points) add_name(view.points, point);
  for (const auto& point : view.out_points) add_name(view.points, point);
  view.compositions = names_of(person, &Seat::composition);
  view.units = names_of(person, &Seat::unit);
  return view;
}

Contribution contribution(const PersonRow& person) {
  return contribution(person, view_of(person));
}

Contribution contribution(const PersonRow& person, const PersonView& view) {
  Contribution out;
  out.total.invited = view.invited;
  out.total.registered = view.registered;
  out.total.present = view.present;
  out.total.checked_in = view.checked_in;
  out.total.checked_out = view.checked_out;
  out.total.absent_with_leave = view.absent_with_leave;
  out.total.awaited = view.awaited;
  out.total.substitutes = view.substitute;
  out.total.at_two_points = view.at_two_points;
  out.total.not_invited = view.not_invited;

  // What is expected of a person belongs to the places of his invitations; what he did, to the places where he did it.
  const auto expect = [&](std::string Seat::*member, std::map<std::string, Figures>& figures) {
    if (view.invited)
      for (const auto& invitation : person.invitations)
        if (const auto& name = invitation.seat.*member; invitation.valid() && !name.empty()) figures[name].invited = 1;
    const auto names = expected(person, member);
    if (view.registered) {
      const auto& own = person.registered_seat.value.*member;
      if (own.empty()) {
        for (const auto& name : names) figures[name].registered = 1;
      } else {
        figures[own].registered = 1;
      }
    }
    for (const auto& name : names) {
      if (view.absent_with_leave) figures[name].absent_with_leave = 1;
      if (view.awaited) figures[name].awaited = 1;
    }
  };
  expect(&Seat::point, out.points);
  expect(&Seat::composition, out.compositions);
  expect(&Seat::unit, out.units);

  for (const auto& point : view.scanned_points) {
    auto& figures = out.points[point];
    figures.checked_in = 1;
    figures.present = contains(view.present_points, point);
    figures.substitutes = view.substitute;
    figures.at_two_points = view.at_two_points;
    figures.not_invited = view.not_invited;
  }
  for (const auto& point : view.out_points) out.points[point].checked_out = 1;
  if (!view.checked_in && !view.checked_out) return out;
  const auto came = [&](const std::vector<std::string>& names, std::map<std::string, Figures>& all) {
    for (const auto& name : names) {
      auto& figures = all[name];
      figures.checked_in = view.checked_in;
      figures.present = view.present;
      figures.checked_out = view.checked_out;
      figures.substitutes = view.substitute;
      figures.at_two_points = view.at_two_points;
      figures.not_invited = view.not_invited;
    }
  };
  came(view.compositions, out.compositions);
  came(view.units, out.units);
  return out;
}

}  // namespace dongbo::projection
