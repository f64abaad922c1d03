#include "hub/projection/attendance.h"

#include <algorithm>
#include <functional>
#include <set>

#include "hub/event/timestamp.h"

namespace dongbo::projection {
namespace {

constexpr std::size_t kScansMax = 1000;      // of one person
constexpr std::size_t kAmendmentsMax = 200;  // of one scan
constexpr std::size_t kCountsMax = 1000;     // of one point and group: beyond it the oldest are forgotten
constexpr std::size_t kAliasDepthMax = 16;

std::string text(std::string_view view) {
  return std::string(view);
}

Seat seat_of(const event::DataView& data) {
  return {text(data.text("point")), text(data.text("unit")), text(data.text("composition"))};
}

// One event being folded.
class AttendanceFold {
 public:
  AttendanceFold(const event::EntryView& event, Tables& tables)
      : event_(event), tables_(tables), stamp_(Stamp::of(event)), meeting_(event.data.text("meeting")) {}

  Result<void> fold() {
    if (meeting_.empty()) return Error::poison("the event names no meeting");
    constexpr std::string_view kPrefix = "vn.dongbo.";
    const auto fact = event_.type.substr(kPrefix.size(), event_.type.rfind('.') - kPrefix.size());
    if (fact == "attendance.checked_in") return scanned(ScanFacts::kIn);
    if (fact == "attendance.checked_out") return scanned(ScanFacts::kOut);
    if (fact == "attendance.counted") return scanned(ScanFacts::kCount);
    if (fact == "attendance.corrected" || fact == "attendance.revoked") return amended(fact == "attendance.revoked");
    if (fact == "invitation.issued" || fact == "invitation.withdrawn") return invited(fact == "invitation.issued");
    if (fact == "meeting.closed") return closed();
    return registered(fact.substr(fact.find('.') + 1));
  }

 private:
  // ---- scans ----

  Result<void> scanned(ScanFacts::Kind kind) {
    ScanFacts facts;
    facts.kind = kind;
    facts.delegate = text(event_.data.text("delegate"));
    facts.point = text(event_.data.text("point"));
    facts.unit = text(event_.data.text("unit"));
    facts.composition = text(event_.data.text("composition"));
    facts.time = event_.time;
    facts.headcount = event_.data.integer("headcount").value_or(0);
    touch_point(facts.point);
    if (kind == ScanFacts::kIn) DONGBO_TRY(came_for(facts));
    if (!facts.delegate.empty()) set_name(facts.delegate, event_.data.text("name"));
    const auto identity = text(event_.identity.view());
    // The journal holds an event once, so this row cannot be there yet; only amendments of it can.
    ScanRow scan{{}, std::move(facts), take_ahead(identity)};
    const auto now = standing(scan, identity);
    tables_[kAttendanceScans].put(scan_key(identity), std::move(scan));
    return recount(identity, std::nullopt, now);
  }

  // A check-in may say for whom the person came, without a registration before it.
  Result<void> came_for(const ScanFacts& facts) {
    const auto replaced = text(event_.data.text("substitute_for"));
    if (replaced.empty() || replaced == facts.delegate) return {};
    return register_as(replaced,
                       RegistrationSaid{static_cast<std::uint8_t>(RegistrationState::kDelegated), false, facts.delegate},
                       Seat{"", facts.unit, facts.composition});
  }

  Result<void> amended(bool revokes) {
    const auto corrects = event_.data.object("corrects");
    Amendment amendment;
    amendment.identity = text(event_.identity.view());
    amendment.target = text(event::identity_of(corrects.text("source"), corrects.text("id")).view());
    amendment.time = event_.time;
    amendment.revokes = revokes;
    if (amendment.target == amendment.identity) return Error::poison("the event corrects itself");
    const auto replacement = event_.data.object("replacement");
    const auto member = [&](std::string_view name, std::optional<std::string>& into) {
      if (replacement.present() && replacement.has(name)) into = text(replacement.text(name));
    };
    member("delegate", amendment.delegate);
    member("point", amendment.point);
    member("unit", amendment.unit);
    member("composition", amendment.composition);
    if (replacement.present()) {
      amendment.happened = event::parse_timestamp(replacement.text("time"));
      amendment.headcount = replacement.integer("headcount");
    }
    if (amendment.point) touch_point(*amendment.point);
    if (amendment.delegate) set_name(*amendment.delegate, replacement.text("name"));

    auto root = amendment.target;
    for (std::size_t depth = 0;; ++depth) {
      const auto* row = tables_[kAttendanceScans].find(scan_key(root));
      if (row == nullptr || row->alias_of.empty()) break;
      if (depth == kAliasDepthMax) return Error::poison("the event corrects a correction of a correction … more than 16 deep");
      root = row->alias_of;
    }
    if (root == amendment.identity) return Error::poison("the event corrects an event that corrects it");
    // Amendments of this one that came before it move to the scan as well.
    auto waiting = take_ahead(amendment.identity);
    tables_[kAttendanceScans].put(scan_key(amendment.identity), {amendment.target, std::nullopt, {}});
    const bool has_come = tables_[kAttendanceScans].find(scan_key(root)) != nullptr;
    auto& scan = tables_[has_come ? kAttendanceScans : kAttendanceAhead].upsert(scan_key(root));
    if (scan.amendments.size() + waiting.size() >= kAmendmentsMax)
      return Error::poison("the event corrects one that was corrected " + std::to_string(kAmendmentsMax) + " times already");
    const auto before = standing(scan, root);
    add_amendment(scan, std::move(amendment));
    for (auto& later : waiting) add_amendment(scan, std::move(later));
    return recount(root, before, standing(scan, root));
  }

  // What was said about an event before it came.
  std::vector<Amendment> take_ahead(const std::string& identity) {
    const auto* ahead = tables_[kAttendanceAhead].find(scan_key(identity));
    if (ahead == nullptr) return {};
    auto amendments = ahead->amendments;
    tables_[kAttendanceAhead].erase(scan_key(identity));
    return amendments;
  }

  // Moves the scan from where it stood to where it stands now.
  Result<void> recount(const std::string& identity, const std::optional<ScanFacts>& before, const std::optional<ScanFacts>& now) {
    if (now == before) return {};
    if (before) DONGBO_TRY(uncount(identity, *before));
    if (now) DONGBO_TRY(count(identity, *now));
    return {};
  }

  Result<void> uncount(const std::string& identity, const ScanFacts& facts) {
    if (facts.kind == ScanFacts::kCount)
      return change_headcount(
          facts, [&](auto& counts) { std::erase_if(counts, [&](const auto& said) { return said.identity == identity; }); });
    return change(facts.delegate, [&](PersonRow& person) {
      std::erase_if(person.scans, [&](const auto& held) { return held.identity == identity; });
    });
  }

  Result<void> count(const std::string& identity, const ScanFacts& facts) {
    const auto by_time = [](const auto& a, const auto& b) { return std::tie(a.time, a.identity) < std::tie(b.time, b.identity); };
    if (facts.kind == ScanFacts::kCount)
      return change_headcount(facts, [&](auto& counts) {
        CountSaid said{identity, facts.time, facts.headcount};
        counts.insert(std::upper_bound(counts.begin(), counts.end(), said, by_time), said);
        if (counts.size() > kCountsMax) counts.erase(counts.begin());
      });
    if (const auto* person = tables_[kAttendancePersons].find(key(meeting_, facts.delegate));
        person != nullptr && person->scans.size() >= kScansMax)
      return Error::poison("the person has " + std::to_string(kScansMax) + " scans already");
    return change(facts.delegate, [&](PersonRow& person) {
      HeldScan held{identity, facts.time, facts.kind == ScanFacts::kOut, {facts.point, facts.unit, facts.composition}};
      person.scans.insert(std::upper_bound(person.scans.begin(), person.scans.end(), held, by_time), std::move(held));
    });
  }

  template <class Change>
  Result<void> change_headcount(const ScanFacts& facts, Change change_counts) {
    const auto row_key = key(meeting_, facts.point, facts.composition);
    auto& row = tables_[kAttendanceHeadcounts].upsert(row_key);
    const auto value = [&] { return row.counts.empty() ? 0 : row.counts.back().headcount; };
    const auto before = value();
    change_counts(row.counts);
    Figures difference;
    difference.headcount = value() - before;
    if (row.counts.empty()) tables_[kAttendanceHeadcounts].erase(row_key);
    add_headcount(difference, {facts.point, "", facts.composition});
    return {};
  }

  // ---- invitations ----

  Result<void> invited(bool issued) {
    const auto id = text(event_.data.text("invitation"));
    auto& row = tables_[kAttendanceInvitations].upsert(key(meeting_, id));
    const auto before = row;
    if (!issued) {
      if (row.withdrawn.said() && stamp_ < row.withdrawn) return {};
      row.withdrawn = stamp_;
    } else {
      set_name(event_.data.text("delegate"), event_.data.text("name"));  // also of an issue that a later one replaced
      if (row.issued.said() && stamp_ < row.issued) return {};
      row.issued = stamp_;
      row.seat = seat_of(event_.data);
      row.delegate = text(event_.data.text("delegate"));
      row.headcount = row.delegate.empty() ? event_.data.integer("headcount").value_or(0) : 0;
    }
    const auto after = row;
    const auto headcount = [&](const InvitationSeatRow& seat, int sign) {
      if (!valid(seat) || !seat.delegate.empty()) return;
      Figures figures;
      figures.invited_headcount = sign * seat.headcount;
      add_headcount(figures, seat.seat);
    };
    headcount(before, -1);
    headcount(after, +1);
    if (!before.delegate.empty() && before.delegate != after.delegate)
      DONGBO_TRY(change(before.delegate, [&](PersonRow& person) {
        std::erase_if(person.invitations, [&](const auto& held) { return held.invitation == id; });
      }));
    if (after.delegate.empty()) return {};
    HeldInvitation held{id, after.seat, after.issued.time, std::nullopt};
    if (!valid(after)) held.withdrawn = after.withdrawn.time;
    return change(after.delegate, [&](PersonRow& person) {
      auto at = std::lower_bound(person.invitations.begin(), person.invitations.end(), id,
                                 [](const auto& other, const std::string& wanted) { return other.invitation < wanted; });
      if (at != person.invitations.end() && at->invitation == id) {
        *at = held;
      } else {
        person.invitations.insert(at, held);
      }
    });
  }

  static bool valid(const InvitationSeatRow& row) {
    return row.issued.said() && (!row.withdrawn.said() || row.withdrawn < row.issued);
  }

  // ---- registrations ----

  Result<void> registered(std::string_view fact) {
    const auto delegate = text(event_.data.text("delegate"));
    set_name(delegate, event_.data.text("name"));
    auto state = fact == "changed" ? event_.data.text("state") : fact;
    std::optional<RegistrationSaid> said;
    const auto leave = event_.data.boolean("leave").value_or(false);
    if (state == "confirmed") said = {static_cast<std::uint8_t>(RegistrationState::kConfirmed), false, ""};
    if (state == "declined") said = {static_cast<std::uint8_t>(RegistrationState::kDeclined), leave, ""};
    if (state == "delegated" || (state.empty() && event_.data.has("substitute"))) {
      said = {static_cast<std::uint8_t>(RegistrationState::kDelegated), false, text(event_.data.text("substitute"))};
      set_name(said->substitute, event_.data.text("substitute_name"));
    }
    return register_as(delegate, std::move(said), seat_of(event_.data));
  }

  Result<void> register_as(const std::string& delegate, std::optional<RegistrationSaid> said, const Seat& seat) {
    return change(delegate, [&](PersonRow& person) {
      if (said) person.registration.set(*said, stamp_);
      if (seat != Seat()) person.registered_seat.set(seat, stamp_);
    });
  }

  Result<void> closed() {
    tables_[kAttendanceClosings].upsert(key(meeting_)).closed.set(text(event_.time_text), stamp_);
    return {};
  }

  // ---- persons and counters ----

  void set_name(std::string_view delegate, std::string_view name) {
    if (delegate.empty() || name.empty()) return;
    const auto row_key = key(meeting_, delegate);
    const auto* row = tables_[kAttendancePersons].find(row_key);
    if (row != nullptr && row->name.stamp.said() && stamp_ < row->name.stamp) return;
    tables_[kAttendancePersons].upsert(row_key).name.set(text(name), stamp_);
  }

  // Changes a person's row and moves the differences into the counters; then tells the substitute and those he stands for.
  Result<void> change(const std::string& delegate, const std::function<void(PersonRow&)>& apply) {
    if (delegate.empty()) return Error::poison("the event names no delegate");
    change_one(delegate, apply);
    spread(delegate);
    return {};
  }

  void change_one(const std::string& delegate, const std::function<void(PersonRow&)>& apply) {
    auto& person = tables_[kAttendancePersons].upsert(key(meeting_, delegate));
    const auto view_before = view_of(person);
    const auto before = contribution(person, view_before);
    const auto substitute_before = substitute_of(person);
    apply(person);
    const auto view = view_of(person);
    const auto after = contribution(person, view);
    change_figures(kAttendanceTotals, key(meeting_), before.total, after.total);
    difference(kAttendancePoints, before.points, after.points);
    difference(kAttendanceCompositions, before.compositions, after.compositions);
    difference(kAttendanceUnits, before.units, after.units);
    difference_of_cells(before, after);
    if (view_before.first_in != view.first_in) {
      arrive(view_before.first_in, -1);
      arrive(view.first_in, +1);
    }
    attend("at_two_points", delegate, view_before.at_two_points, view.at_two_points, view_before, view);
    attend("withdrawn_but_present", delegate, view_before.withdrawn_but_present, view.withdrawn_but_present, view_before, view);
    attend("not_invited", delegate, view_before.not_invited, view.not_invited, view_before, view);
    if (!substitute_before.empty() && substitute_before != substitute_of(person)) left_substitutes_.insert(substitute_before);
    // Nothing left of it, as when a correction gave its only scan to another person: as if it had never been.
    if (person.says_nothing()) tables_[kAttendancePersons].erase(key(meeting_, delegate));
  }

  static std::string substitute_of(const PersonRow& person) {
    return person.registration.value.state == static_cast<std::uint8_t>(RegistrationState::kDelegated)
               ? person.registration.value.substitute
               : std::string();
  }

  // Facts that live in two rows: a substitute's row holds the seats he takes, and the row of the one he stands for
  // holds whether he came.
  void spread(const std::string& delegate) {
    for (const auto& former : std::exchange(left_substitutes_, {}))
      change_one(former, [&](PersonRow& substitute) { substitute.stands_for.erase(delegate); });
    const auto* found = tables_[kAttendancePersons].find(key(meeting_, delegate));
    if (found == nullptr || (substitute_of(*found).empty() && !found->substitute_came && found->stands_for.empty())) return;
    const PersonRow person = *found;  // a copy: the rows change below
    if (const auto name = substitute_of(person); !name.empty() && name != delegate) {
      const TakenSeat taken{taken_seat(person), person.invitations};
      const auto* row = tables_[kAttendancePersons].find(key(meeting_, name));
      const auto held = row == nullptr ? person.stands_for.end() : row->stands_for.find(delegate);
      if (row == nullptr || held == row->stands_for.end() || !(held->second == taken))
        change_one(name, [&](PersonRow& substitute) { substitute.stands_for[delegate] = taken; });
      const bool came = view_of(*tables_[kAttendancePersons].find(key(meeting_, name))).checked_in;
      if (person.substitute_came != came) change_one(delegate, [&](PersonRow& self) { self.substitute_came = came; });
    } else if (person.substitute_came) {
      change_one(delegate, [](PersonRow& self) { self.substitute_came = false; });
    }
    const bool came = view_of(person).checked_in;
    for (const auto& [replaced, seat] : person.stands_for) {
      const auto* row = tables_[kAttendancePersons].find(key(meeting_, replaced));
      if (row != nullptr && row->substitute_came != came)
        change_one(replaced, [&](PersonRow& other) { other.substitute_came = came; });
    }
  }

  static Seat taken_seat(const PersonRow& person) {
    Seat seat = person.registered_seat.value;
    for (const auto& invitation : person.invitations) {
      if (!invitation.valid()) continue;
      if (seat.point.empty()) seat.point = invitation.seat.point;
      if (seat.unit.empty()) seat.unit = invitation.seat.unit;
      if (seat.composition.empty()) seat.composition = invitation.seat.composition;
    }
    return seat;
  }

  // A row without anything is no row: the same facts in another order leave the same rows.
  void erase_if_empty(const TableSpec<FiguresRow>& table, const std::string& row_key, const FiguresRow& row) {
    if (row.figures == Figures() && !row.last_event_time) tables_[table].erase(row_key);
  }

  void change_figures(const TableSpec<FiguresRow>& table, const std::string& row_key, FigureSet before, FigureSet after) {
    if (before == after) return;
    auto& row = tables_[table].upsert(row_key);
    add(row.figures, before.without(after), -1);
    add(row.figures, after.without(before), +1);
    erase_if_empty(table, row_key, row);
  }

  void difference(const TableSpec<FiguresRow>& table, const NamedFigures& before, const NamedFigures& after) {
    for (const auto& [name, figures] : before) change_figures(table, key(meeting_, name), figures, after.at(name));
    for (const auto& [name, figures] : after)
      if (before.at(name).empty()) change_figures(table, key(meeting_, name), FigureSet(), figures);
  }

  // A person is in a cell with what both its point and its group have of him.
  void difference_of_cells(const Contribution& before, const Contribution& after) {
    const auto change = [&](const std::string& point, const std::string& group) {
      change_figures(kAttendanceCells, key(meeting_, point, group), before.points.at(point).both(before.compositions.at(group)),
                     after.points.at(point).both(after.compositions.at(group)));
    };
    for (const auto& [point, figures] : before.points)
      for (const auto& [group, more] : before.compositions) change(point, group);
    for (const auto& [point, figures] : after.points)
      for (const auto& [group, more] : after.compositions)
        if (before.points.at(point).empty() || before.compositions.at(group).empty()) change(point, group);
  }

  void add_headcount(const Figures& figures, const Seat& seat) {
    if (figures == Figures()) return;
    const auto add_to = [&](const TableSpec<FiguresRow>& table, const std::string& row_key) {
      auto& row = tables_[table].upsert(row_key);
      add(row.figures, figures, +1);
      erase_if_empty(table, row_key, row);
    };
    add_to(kAttendanceTotals, key(meeting_));
    if (!seat.point.empty()) add_to(kAttendancePoints, key(meeting_, seat.point));
    if (!seat.composition.empty()) add_to(kAttendanceCompositions, key(meeting_, seat.composition));
    if (!seat.unit.empty()) add_to(kAttendanceUnits, key(meeting_, seat.unit));
    if (!seat.point.empty() && !seat.composition.empty()) add_to(kAttendanceCells, key(meeting_, seat.point, seat.composition));
  }

  void touch_point(const std::string& point) {
    if (point.empty()) return;
    const auto row_key = key(meeting_, point);
    auto& latest = tables_[kAttendancePoints].upsert(row_key).last_event_time;
    if (!latest || *latest < event_.time) latest = event_.time;
  }

  void arrive(const std::optional<Millis>& moment, int sign) {
    if (!moment) return;
    const auto row_key = key(meeting_, event::format_minute(*moment));
    auto& row = tables_[kAttendanceArrivals].upsert(row_key);
    row.checked_in += sign;
    if (row.checked_in == 0) tables_[kAttendanceArrivals].erase(row_key);
  }

  void attend(std::string_view kind, const std::string& delegate, bool before, bool now, const PersonView& view_before,
              const PersonView& view) {
    if (now && (!before || view_before.scanned_points != view.scanned_points)) {
      tables_[kAttendanceAttention].put(key(meeting_, kind, delegate), {view.scanned_points});
    } else if (before && !now) {
      tables_[kAttendanceAttention].erase(key(meeting_, kind, delegate));
    }
  }

  std::string scan_key(const std::string& identity) const { return prefix(meeting_) + identity; }

  const event::EntryView& event_;
  Tables& tables_;
  Stamp stamp_;
  std::string meeting_;
  std::set<std::string> left_substitutes_;  // of the person just changed
};

class Attendance final : public Projection {
 public:
  std::string_view name() const override { return "attendance"; }
  std::uint32_t version() const override { return 2; }
  bool takes(std::string_view type) const override {
    return type.starts_with("vn.dongbo.attendance.") || type.starts_with("vn.dongbo.invitation.") ||
           type.starts_with("vn.dongbo.registration.") || type.starts_with("vn.dongbo.meeting.closed.");
  }
  Tables tables(const RowStore& store) const override {
    return Tables::make(store, kAttendanceTotals, kAttendancePoints, kAttendanceCompositions, kAttendanceUnits,
                        kAttendanceArrivals, kAttendancePersons, kAttendanceAttention, kAttendanceClosings, kAttendanceScans,
                        kAttendanceHeadcounts, kAttendanceInvitations, kAttendanceCells, kAttendanceAhead);
  }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override { return AttendanceFold(event, tables).fold(); }
};

}  // namespace

std::unique_ptr<Projection> make_attendance() {
  return std::make_unique<Attendance>();
}

}  // namespace dongbo::projection
