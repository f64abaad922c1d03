#include "hub/shard/admission.h"

#include <fmt/format.h>

#include "hub/base/in_both.h"
#include "hub/event/position.h"

namespace dongbo::shard {
namespace {

std::string reason_of(event::RefusalKind kind) {
  switch (kind) {
    case event::RefusalKind::kUnreadable:
      return "unreadable";
    case event::RefusalKind::kInvalid:
      return "invalid";
    case event::RefusalKind::kUnknownType:
      return "unknown_type";
  }
  return "invalid";
}

journal::QuarantineEntry entry_of(const RefusedItem& refused) {
  journal::QuarantineEntry entry;
  entry.reason = reason_of(refused.refusal.kind);
  for (const auto& fault : refused.refusal.faults) entry.faults.push_back({fault.pointer, fault.detail});
  entry.source = refused.refusal.source;
  entry.event_id = refused.refusal.id;
  entry.subject = refused.refusal.subject;
  entry.raw = refused.raw;
  entry.content_type = refused.content_type;
  entry.attributes = refused.attributes;
  return entry;
}

journal::QuarantineEntry conflict_entry(const event::PreparedEvent& event, const std::string& place) {
  journal::QuarantineEntry entry;
  entry.reason = "conflict";
  entry.faults.push_back({"", in_both("nguồn và mã này đã ghi tại " + place +
                                          " với nội dung khác; hãy gửi sự kiện đính chính (…corrected, …revoked) "
                                          "hoặc dùng mã mới",
                                      "an event with this source and id and other content was journaled at " + place +
                                          "; send a correction (…corrected, …revoked) or a new id")});
  entry.source = event.source;
  entry.event_id = event.id;
  entry.raw = event.entry;
  entry.content_type = "application/cloudevents+json";
  return entry;
}

}  // namespace

Admitter::Admitter(const journal::Journal& journal, const journal::IdentityIndex& index)
    : journal_(journal), index_(index), ever_([&index](const auto& take) {
        return index.for_each([&](const event::Digest& identity, const journal::Known&) { return take(identity.view()); })
            .has_value();
      }) {}

// Who sends a file again, or a conflict again and again, fills no quarantine.
Result<QuarantineNumber> Admitter::quarantine(Decision& decision, QuarantineNumber first, journal::QuarantineEntry entry) const {
  const auto likeness = journal::likeness_of(entry);
  DONGBO_ASSIGN(const auto held, journal_.held_as(likeness));
  if (held) return *held;
  const auto [kept, fresh] = decision.kept.try_emplace(likeness, first.value() + decision.append.quarantine.size());
  if (fresh) decision.append.quarantine.push_back(std::move(entry));
  return kept->second;
}

Result<Decision> Admitter::decide(const std::vector<Submission>& batch, Sequence next, QuarantineNumber next_quarantine) {
  // Mostly an identity is new, and the filter denies it. One look-up for all others that memory does not know.
  std::vector<event::Digest> asked;
  for (const auto& submission : batch)
    for (const auto& item : submission.items)
      if (const auto* event = std::get_if<event::PreparedEvent>(&item.item);
          event != nullptr && ever_.may_have(event->identity.view()) && recent_.find(event->identity) == nullptr)
        asked.push_back(event->identity);
  DONGBO_ASSIGN(const auto answers, index_.find(asked));

  Decision decision;
  decision.looks.asked_of_index = asked.size();
  std::size_t answer = 0;
  for (const auto& submission : batch) {
    auto& outcomes = decision.outcomes.emplace_back();
    outcomes.reserve(submission.items.size());
    const auto keep = [&](journal::QuarantineEntry entry, const Admission& item) {
      entry.origin = submission.origin;
      entry.origin.ordinal = item.ordinal;
      entry.received_at = item.recorded_at;
      return quarantine(decision, next_quarantine, std::move(entry));
    };
    for (const auto& item : submission.items) {
      if (const auto* refused = std::get_if<RefusedItem>(&item.item)) {
        ++decision.refused;
        DONGBO_ASSIGN(const auto kept, keep(entry_of(*refused), item));
        outcomes.push_back({Outcome::Kind::kQuarantined, Sequence(0), kept});
        continue;
      }
      const auto& event = std::get<event::PreparedEvent>(item.item);
      // The answers follow the items that memory did not know when asked; an earlier item of this batch may know by now.
      std::optional<journal::Known> stored;
      if (answer < asked.size() && asked[answer] == event.identity) stored = answers[answer++];
      // Asked again: it may have come earlier in this batch.
      const auto* known = ever_.may_have(event.identity.view()) ? recent_.find(event.identity) : nullptr;
      if (known != nullptr) ++decision.looks.found_in_memory;
      if (known == nullptr && stored) ++decision.looks.found_in_index, known = &*stored;
      if (known == nullptr) {
        const auto sequence = next;
        next = next.next();
        decision.append.entries.push_back({event.entry, event.identity, event.content, item.recorded_at});
        decision.fresh.push_back(event.identity);
        recent_.add(event.identity, {event.content, sequence});
        ever_.add(event.identity.view());
        outcomes.push_back({Outcome::Kind::kAccepted, sequence, {}});
      } else if (known->content == event.content) {
        ++decision.duplicates;
        outcomes.push_back({Outcome::Kind::kDuplicate, known->sequence, {}});
      } else {
        ++decision.conflicts;
        DONGBO_ASSIGN(const auto kept, keep(conflict_entry(event, event::place_text(journal_.shard(), known->sequence)), item));
        outcomes.push_back({Outcome::Kind::kConflict, known->sequence, kept});
      }
    }
    for (const auto& position : submission.positions) decision.append.positions.push_back(position);
  }
  return decision;
}

void Admitter::take_back(const Decision& decision) {
  recent_.take_back(decision.fresh);
}

}  // namespace dongbo::shard
