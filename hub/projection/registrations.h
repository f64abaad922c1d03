#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// One fact about a delegate's registration; "" and false where it does not say.
struct RegistrationFact {
  Stamp stamp;
  std::string fact;   // confirmed | declined | delegated | changed
  std::string state;  // the state it says; "" when a change says none
  std::string invitation;
  std::string point;
  std::string unit;
  std::string composition;
  bool leave = false;
  std::string reason;
  std::string substitute;
  std::string substitute_name;  // personal
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("state", row.state);
    visit("invitation", row.invitation);
    visit("point", row.point);
    visit("unit", row.unit);
    visit("composition", row.composition);
    visit("leave", row.leave);
    visit("reason", row.reason);
    visit("substitute", row.substitute);
    visit("substitute_name", row.substitute_name);
    visit("note", row.note);
  }
};

// What was said last of one of the delegate's invitations. A fact that names no invitation speaks of all of them.
struct RegisteredInvitation {
  std::string invitation;
  std::string state;
  bool leave = false;
  std::string substitute;
  std::optional<Millis> time;
  Stamp stamp;  // of the last fact that names this invitation
  std::string named_state;
  bool named_leave = false;
  std::string named_substitute;
  static void fields(auto& row, auto&& visit) {
    visit("invitation", row.invitation);
    visit("state", row.state);
    visit("leave", row.leave);
    visit("substitute", row.substitute);
    visit("time", row.time);
    visit("_stamp", row.stamp);
    visit("_named_state", row.named_state);
    visit("_named_leave", row.named_leave);
    visit("_named_substitute", row.named_substitute);
  }
};

// The registration of a delegate: the state that the latest fact by event time said, with the leave, reason and
// substitute that belong to it (a later confirmation clears them). A change says only what it has; a change of the state
// begins anew like the fact of that state. `time` is the event time of the state.
// A person with several invitations (two composition groups) may answer them differently: `invitations` has the state of
// each, the row the latest of all. A delegate of whom only changes without a state are known has known = false.
// `history`: the last 100 facts by event time; `history_total` counts them all. More than 100 invitations named for one
// delegate: the fact is refused (poison).
struct RegistrationRow {
  std::string meeting;
  std::string delegate;
  std::string invitation;
  std::string state;
  bool leave = false;
  std::string reason;
  std::string substitute;
  std::string substitute_name;      // personal
  std::string substitute_position;  // personal
  std::string substitute_phone;     // personal
  std::string point;
  std::string unit;
  std::string composition;
  std::string name;      // personal
  std::string position;  // personal
  std::string phone;     // personal
  std::string email;     // personal
  std::optional<Millis> time;
  std::vector<RegisteredInvitation> invitations;  // by invitation
  History<RegistrationFact, 100> history;
  bool known = false;
  bool simulated = false;
  RegisteredInvitation unnamed;  // what was said last of all invitations
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("delegate", row.delegate);
    visit("invitation", row.invitation);
    visit("state", row.state);
    visit("leave", row.leave);
    visit("reason", row.reason);
    visit("substitute", row.substitute);
    visit("substitute_name", row.substitute_name);
    visit("substitute_position", row.substitute_position);
    visit("_substitute_phone", row.substitute_phone);
    visit("point", row.point);
    visit("unit", row.unit);
    visit("composition", row.composition);
    visit("name", row.name);
    visit("position", row.position);
    visit("_phone", row.phone);
    visit("_email", row.email);
    visit("time", row.time);
    visit("invitations", row.invitations);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("_unnamed", row.unnamed);
    visit("_said", row.said);
  }
};
inline const TableSpec<RegistrationRow> kRegistrations{"registrations", "registrations", 0, {"meeting", "delegate"}, true, false};
inline constexpr std::size_t kRegisteredInvitationsMax = 100;

std::unique_ptr<Projection> make_registrations();

}  // namespace dongbo::projection
