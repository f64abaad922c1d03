#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

struct InvitationFact {
  Stamp stamp;
  std::string fact;  // issued | withdrawn
  std::string reason;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("reason", row.reason);
  }
};

// An invitation of one delegate, or of a number of people of a group (`headcount`, without `delegate`).
// Said again it is a whole new statement. `state`: withdrawn from the withdrawal's event time on, valid again when it is
// issued later. `issued_at` is the issue in force; `withdrawn_at` is there only while it is withdrawn; `history` (the last
// 50 facts by event time) has the rest.
// A withdrawal that arrives before the issue makes a row with known = false and what the withdrawal mentions.
// Substitutes are not here: a registration names them.
struct InvitationRow {
  std::string meeting;
  std::string invitation;
  std::string point;
  std::string unit;
  std::string composition;
  std::string delegate;
  std::string name;      // personal
  std::string position;  // personal
  std::string phone;     // personal
  std::string email;     // personal
  std::optional<std::int64_t> headcount;
  std::string inviter;
  std::string seat;
  std::string document;
  std::string state = "valid";
  std::optional<Millis> issued_at;
  std::optional<Millis> withdrawn_at;
  std::string withdrawn_reason;
  History<InvitationFact, 50> history;
  bool known = false;
  bool simulated = false;
  Latest<std::string> withdrawal;  // its reason
  Stamp last_issued;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("invitation", row.invitation);
    visit("point", row.point);
    visit("unit", row.unit);
    visit("composition", row.composition);
    visit("delegate", row.delegate);
    visit("name", row.name);
    visit("position", row.position);
    visit("_phone", row.phone);
    visit("_email", row.email);
    visit("headcount", row.headcount);
    visit("inviter", row.inviter);
    visit("seat", row.seat);
    visit("document", row.document);
    visit("state", row.state);
    visit("issued_at", row.issued_at);
    visit("withdrawn_at", row.withdrawn_at);
    visit("withdrawn_reason", row.withdrawn_reason);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("_withdrawal", row.withdrawal);
    visit("_last_issued", row.last_issued);
    visit("_said", row.said);
  }
};
inline const TableSpec<InvitationRow> kInvitations{"invitations", "invitations", 0, {"meeting", "invitation"}, true, false};

std::unique_ptr<Projection> make_invitations();

}  // namespace dongbo::projection
