#include "hub/projection/attendance_book.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/event/timestamp.h"

namespace dongbo::projection {
namespace {

// Of one person; all of them are in his row. A publisher that gives many persons one name (a placeholder) comes to them.
constexpr std::size_t kSeatsMax = 200;  // that his scans name
constexpr std::size_t kInvitationsMax = 100;
constexpr std::size_t kStandsForMax = 100;  // delegates whose substitute he is

const std::string& substitute_of(const PersonRow& person) {
  static const std::string none;
  const bool delegated = person.registration->value.state == static_cast<std::uint8_t>(RegistrationState::kDelegated);
  return delegated ? person.registration->value.substitute : none;
}

// What a substitute takes over: what the registration says, and where it says nothing, the first valid invitation.
Seat taken_seat(const PersonRow& person) {
  const auto first = [&](SeatPart part) {
    auto said = (person.registered_seat->value.*part)();
    for (const auto& invitation : person.invitations)
      if (said.empty() && invitation.valid()) said = (invitation.seat.*part)();
    return said;
  };
  return {first(&Seat::point), first(&Seat::unit), first(&Seat::composition)};
}

}  // namespace

void AttendanceBook::set_name(std::string_view delegate, std::string_view name, const Stamp& stamp) {
  if (delegate.empty() || name.empty()) return;
  const auto* row = person(delegate);
  if (row != nullptr && row->name->stamp.said() && stamp < row->name->stamp) return;
  tables_[kAttendancePersons].upsert(key(meeting_, delegate)).name.change().set(std::string(name), stamp);
}

Result<void> AttendanceBook::set_invitation(const std::string& delegate, const HeldInvitation& invitation) {
  const auto& id = invitation.invitation;
  const auto place_in = [&id](auto& invitations) {
    return std::lower_bound(invitations.begin(), invitations.end(), id,
                            [](const HeldInvitation& other, const std::string& wanted) { return other.invitation < wanted; });
  };
  const auto is_at = [&id](const auto& invitations, auto place) { return place != invitations.end() && place->invitation == id; };
  const auto* row = person(delegate);
  if (row != nullptr && row->invitations.size() >= kInvitationsMax && !is_at(row->invitations, place_in(row->invitations)))
    return Error::poison(
        fmt::format("đại biểu {0} đã có {1} giấy mời / the delegate {0} has {1} invitations already", delegate, kInvitationsMax));
  return change(delegate, [&](PersonRow& person) {
    const auto place = place_in(person.invitations);
    if (is_at(person.invitations, place)) {
      *place = invitation;
    } else {
      person.invitations.insert(place, invitation);
    }
  });
}

Result<void> AttendanceBook::add_scan(const std::string& delegate, const HeldScans::Moment& scan) {
  const auto* held = person(delegate);
  // Mostly a person is scanned again where he was scanned in already: no figure changes.
  if (held != nullptr && held->scans.repeats(scan)) {
    if (held->scans.has_others(scan.seat, scan.out)) {
      further_scans_.append(delegate, scan);
    } else {
      further_scans_.add(delegate, tables_[kAttendancePersons].upsert(key(meeting_, delegate)).scans, scan);
    }
    return {};
  }
  if (held != nullptr && held->scans.seats().size() >= kSeatsMax && !held->scans.names(scan.seat))
    return Error::poison(
        fmt::format("người này đã điểm danh ở {0} chỗ / the person was scanned at {0} places already", kSeatsMax));
  return change(delegate, [&](PersonRow& person) { further_scans_.add(delegate, person.scans, scan); });
}

Result<void> AttendanceBook::remove_scan(const std::string& delegate, const HeldScans::Moment& scan) {
  return change(delegate, [&](PersonRow& person) { further_scans_.remove(delegate, person.scans, scan); });
}

bool AttendanceBook::has_scan(std::string_view delegate, const HeldScans::Moment& scan) {
  const auto* held = person(delegate);
  return held != nullptr && further_scans_.has(delegate, held->scans, scan);
}

AttendanceBook::Standing AttendanceBook::Standing::of(const PersonRow& person) {
  Standing out{view_of(person), {}, substitute_of(person)};
  out.counted = contribution(person, out.view);
  return out;
}

void AttendanceBook::count_difference(const std::string& delegate, const Standing& before, const PersonRow& person) {
  const auto now = Standing::of(person);
  change_figures(kAttendanceTotals, key(meeting_), before.counted.total, now.counted.total);
  difference(kAttendancePoints, before.counted.points, now.counted.points);
  difference(kAttendanceCompositions, before.counted.compositions, now.counted.compositions);
  difference(kAttendanceUnits, before.counted.units, now.counted.units);
  difference_of_cells(before.counted, now.counted);
  if (before.view.first_in != now.view.first_in) {
    arrive(before.view.first_in, -1);
    arrive(now.view.first_in, +1);
  }
  attend("at_two_points", delegate, before.view.at_two_points, now.view.at_two_points, before.view, now.view);
  attend("withdrawn_but_present", delegate, before.view.withdrawn_but_present, now.view.withdrawn_but_present, before.view,
         now.view);
  attend("not_invited", delegate, before.view.not_invited, now.view.not_invited, before.view, now.view);
  if (!before.substitute.empty() && before.substitute != now.substitute) left_substitutes_.emplace(before.substitute);
  // Nothing left of it, as when a correction gave its only scan to another person: as if it had never been.
  if (person.says_nothing()) tables_[kAttendancePersons].erase(key(meeting_, delegate));
}

// Facts that live in two rows: a substitute's row holds the seats he takes, and the row of the one he stands for
// holds whether he came.
Result<void> AttendanceBook::spread(const std::string& delegate) {
  for (const auto& former : std::exchange(left_substitutes_, {}))
    change_one(former, [&](PersonRow& substitute) { substitute.stands_for.change().erase(delegate); });
  const auto* found = this->person(delegate);
  if (found == nullptr || (substitute_of(*found).empty() && !found->substitute_came && found->stands_for->empty())) return {};
  const PersonRow person = *found;  // a copy: the rows change below
  if (const auto name = substitute_of(person); !name.empty() && name != delegate) {
    const TakenSeat taken{taken_seat(person), person.invitations};
    const auto* row = this->person(name);
    const auto held = row == nullptr ? person.stands_for->end() : row->stands_for->find(delegate);
    const bool is_new = row == nullptr || held == row->stands_for->end();
    if (is_new && row != nullptr && row->stands_for->size() >= kStandsForMax)
      return Error::poison(fmt::format(
          "người dự thay {0} đã thay {1} đại biểu / the substitute {0} stands for {1} delegates already", name, kStandsForMax));
    if (is_new || !(held->second == taken))
      change_one(name, [&](PersonRow& substitute) { substitute.stands_for.change()[delegate] = taken; });
    const bool came = view_of(*this->person(name)).checked_in;
    if (person.substitute_came != came) change_one(delegate, [&](PersonRow& self) { self.substitute_came = came; });
  } else if (person.substitute_came) {
    change_one(delegate, [](PersonRow& self) { self.substitute_came = false; });
  }
  const bool came = view_of(person).checked_in;
  for (const auto& [replaced, seat] : *person.stands_for) {
    const auto* row = this->person(replaced);
    if (row != nullptr && row->substitute_came != came)
      change_one(replaced, [&](PersonRow& other) { other.substitute_came = came; });
  }
  return {};
}

void AttendanceBook::erase_if_empty(const TableSpec<FiguresRow>& table, std::string_view row_key, const FiguresRow& row) {
  if (row.figures == Figures() && !row.last_event_time) tables_[table].erase(row_key);
}

void AttendanceBook::change_figures(const TableSpec<FiguresRow>& table, std::string_view row_key, FigureSet before,
                                    FigureSet after) {
  if (before == after) return;
  auto& row = tables_[table].upsert(row_key);
  if (const auto gone = before.without(after); !gone.empty()) add(row.figures, gone, -1);
  if (const auto come = after.without(before); !come.empty()) add(row.figures, come, +1);
  erase_if_empty(table, row_key, row);
}

void AttendanceBook::difference(const TableSpec<FiguresRow>& table, const NamedFigures& before, const NamedFigures& after) {
  for (const auto& [name, figures] : before) change_figures(table, key(meeting_, name), figures, after.at(name));
  for (const auto& [name, figures] : after)
    if (before.at(name).empty()) change_figures(table, key(meeting_, name), FigureSet(), figures);
}

// A person is in a cell with what both its point and its group have of him.
void AttendanceBook::difference_of_cells(const Contribution& before, const Contribution& after) {
  const auto change = [&](std::string_view point, std::string_view group) {
    change_figures(kAttendanceCells, key(meeting_, point, group), before.points.at(point).both(before.compositions.at(group)),
                   after.points.at(point).both(after.compositions.at(group)));
  };
  for (const auto& [point, figures] : before.points)
    for (const auto& [group, more] : before.compositions) change(point, group);
  for (const auto& [point, figures] : after.points)
    for (const auto& [group, more] : after.compositions)
      if (before.points.at(point).empty() || before.compositions.at(group).empty()) change(point, group);
}

void AttendanceBook::add_headcount(const Figures& figures, const Seat& seat) {
  if (figures == Figures()) return;
  const auto add_to = [&](const TableSpec<FiguresRow>& table, std::string_view row_key) {
    auto& row = tables_[table].upsert(row_key);
    add(row.figures, figures, +1);
    erase_if_empty(table, row_key, row);
  };
  add_to(kAttendanceTotals, key(meeting_));
  const auto point = seat.point();
  const auto composition = seat.composition();
  if (!point.empty()) add_to(kAttendancePoints, key(meeting_, point));
  if (!composition.empty()) add_to(kAttendanceCompositions, key(meeting_, composition));
  if (!seat.unit().empty()) add_to(kAttendanceUnits, key(meeting_, seat.unit()));
  if (!point.empty() && !composition.empty()) add_to(kAttendanceCells, key(meeting_, point, composition));
}

void AttendanceBook::touch_point(std::string_view point, Millis time) {
  if (point.empty()) return;
  const auto row_key = key(meeting_, point);
  const auto* row = tables_[kAttendancePoints].find(row_key);
  if (row != nullptr && row->last_event_time && *row->last_event_time >= time) return;
  tables_[kAttendancePoints].upsert(row_key).last_event_time = time;
}

void AttendanceBook::arrive(const std::optional<Millis>& moment, int sign) {
  if (!moment) return;
  const auto row_key = key(meeting_, event::format_minute(*moment));
  auto& row = tables_[kAttendanceArrivals].upsert(row_key);
  row.checked_in += sign;
  if (row.checked_in == 0) tables_[kAttendanceArrivals].erase(row_key);
}

void AttendanceBook::attend(std::string_view kind, std::string_view delegate, bool before, bool now,
                            const PersonView& view_before, const PersonView& view) {
  if (now && (!before || view_before.scanned_points != view.scanned_points)) {
    tables_[kAttendanceAttention].put(key(meeting_, kind, delegate), {{view.scanned_points.begin(), view.scanned_points.end()}});
  } else if (before && !now) {
    tables_[kAttendanceAttention].erase(key(meeting_, kind, delegate));
  }
}

}  // namespace dongbo::projection
