#include "hub/projection/registrations.h"

#include <fmt/format.h>

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kState,
  kLeave,
  kReason,
  kSubstitute,
  kSubstituteName,
  kSubstitutePosition,
  kSubstitutePhone,
  kInvitation,
  kPoint,
  kUnit,
  kComposition,
  kName,
  kPosition,
  kPhone,
  kEmail,
  kTime
};

// The state that a fact says; "" when it is a change that says none.
std::string state_of(const Fact& fact) {
  const auto what = fact.name.substr(fact.name.find('.') + 1);
  return what == "changed" ? fact.text("state") : std::string(what);
}

// The members that belong to a state: a fact that says the state says them all.
void fill_state(const Fact& fact, const std::string& state, RegistrationRow& row) {
  const Fill fill(fact, row.said, state.empty() ? Fill::Mode::kGiven : Fill::Mode::kWhole);
  fill.flag(kLeave, "leave", row.leave);
  fill.text(kReason, "reason", row.reason);
  fill.text(kSubstitute, "substitute", row.substitute);
  fill.text(kSubstituteName, "substitute_name", row.substitute_name);
  fill.text(kSubstitutePosition, "substitute_position", row.substitute_position);
  fill.text(kSubstitutePhone, "substitute_phone", row.substitute_phone);
  if (state.empty()) return;
  row.known = true;
  fill.value(kState, state, row.state);
  fill.value(kTime, std::optional(fact.event.time), row.time);
}

void fill_seat(const Fact& fact, RegistrationRow& row) {
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kInvitation, "invitation", row.invitation);
  given.text(kPoint, "point", row.point);
  given.text(kUnit, "unit", row.unit);
  given.text(kComposition, "composition", row.composition);
  given.text(kName, "name", row.name);
  given.text(kPosition, "position", row.position);
  given.text(kPhone, "phone", row.phone);
  given.text(kEmail, "email", row.email);
}

// The entry of an invitation, made where it sorts; nullptr: there are too many.
RegisteredInvitation* entry_of(RegistrationRow& row, const std::string& invitation) {
  if (invitation.empty()) return &row.unnamed;
  auto at = std::lower_bound(row.invitations.begin(), row.invitations.end(), invitation,
                             [](const RegisteredInvitation& e, const std::string& i) { return e.invitation < i; });
  if (at == row.invitations.end() || at->invitation != invitation) {
    if (row.invitations.size() >= kRegisteredInvitationsMax) return nullptr;
    at = row.invitations.insert(at, RegisteredInvitation{});
    at->invitation = invitation;
  }
  return &*at;
}

void settle(RegistrationRow& row) {
  for (auto& entry : row.invitations) {
    const auto& in_force = row.unnamed.stamp > entry.stamp ? row.unnamed : entry;
    entry.state = in_force.named_state;
    entry.leave = in_force.named_leave;
    entry.substitute = in_force.named_substitute;
    entry.time = in_force.stamp.said() ? std::optional(in_force.stamp.time) : std::nullopt;
  }
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto delegate = fact.text("delegate");
  auto& row = tables[kRegistrations].upsert(key(meeting, delegate));
  row.meeting = meeting;
  row.delegate = delegate;
  const auto state = state_of(fact);
  auto* entry = entry_of(row, fact.text("invitation"));
  if (entry == nullptr) {
    return Error::poison(
        fmt::format("đại biểu {0} của hội nghị {1}: quá {2} giấy mời được nêu / delegate {0} of meeting {1}: more than {2} "
                    "invitations are named",
                    delegate, meeting, kRegisteredInvitationsMax));
  }
  if (!state.empty() && (!entry->stamp.said() || entry->stamp < fact.stamp)) {
    entry->stamp = fact.stamp;
    entry->named_state = state;
    entry->named_leave = fact.data.boolean("leave").value_or(false);
    entry->named_substitute = fact.text("substitute");
  }
  row.simulated |= fact.simulated;
  fill_state(fact, state, row);
  fill_seat(fact, row);
  settle(row);
  row.history.add({fact.stamp, std::string(fact.name.substr(fact.name.find('.') + 1)), state, fact.text("invitation"),
                   fact.text("point"), fact.text("unit"), fact.text("composition"), fact.data.boolean("leave").value_or(false),
                   fact.text("reason"), fact.text("substitute"), fact.text("substitute_name"), fact.text("note")});
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_registrations() {
  return define("registrations", 2,
                {"registration.confirmed", "registration.declined", "registration.delegated", "registration.changed"}, fold,
                kRegistrations);
}

}  // namespace dongbo::projection
