#include "hub/projection/invitations.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kPoint,
  kUnit,
  kComposition,
  kDelegate,
  kName,
  kPosition,
  kPhone,
  kEmail,
  kHeadcount,
  kInviter,
  kSeat,
  kDocument
};

void fill_seat(const Fill& fill, InvitationRow& row) {
  fill.text(kPoint, "point", row.point);
  fill.text(kUnit, "unit", row.unit);
  fill.text(kComposition, "composition", row.composition);
  fill.text(kDelegate, "delegate", row.delegate);
}

void issue(const Fact& fact, InvitationRow& row) {
  row.known = true;
  if (!row.last_issued.said() || row.last_issued < fact.stamp) row.last_issued = fact.stamp;
  row.issued_at = row.last_issued.time;
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  fill_seat(whole, row);
  whole.text(kName, "name", row.name);
  whole.text(kPosition, "position", row.position);
  whole.text(kPhone, "phone", row.phone);
  whole.text(kEmail, "email", row.email);
  whole.integer(kHeadcount, "headcount", row.headcount);
  whole.text(kInviter, "inviter", row.inviter);
  whole.text(kSeat, "seat", row.seat);
  whole.text(kDocument, "document", row.document);
}

void settle(InvitationRow& row) {
  const bool withdrawn = row.withdrawal.stamp.said() && row.withdrawal.stamp > row.last_issued;
  row.state = withdrawn ? "withdrawn" : "valid";
  row.withdrawn_at = withdrawn ? std::optional(row.withdrawal.stamp.time) : std::nullopt;
  row.withdrawn_reason = withdrawn ? row.withdrawal.value : "";
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto invitation = fact.text("invitation");
  auto& row = tables[kInvitations].upsert(key(meeting, invitation));
  row.meeting = meeting;
  row.invitation = invitation;
  row.simulated |= fact.simulated;
  const bool issued = fact.name == "invitation.issued";
  if (issued) {
    issue(fact, row);
  } else {
    row.withdrawal.set(fact.text("reason"), fact.stamp);
    fill_seat(Fill::hint(fact, row.said), row);
  }
  settle(row);
  row.history.add({fact.stamp, issued ? "issued" : "withdrawn", fact.text("reason")});
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_invitations() {
  return define("invitations", 2, {"invitation.issued", "invitation.withdrawn"}, fold, kInvitations);
}

}  // namespace dongbo::projection
