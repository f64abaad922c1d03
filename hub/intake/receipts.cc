#include "hub/intake/receipts.h"

#include "hub/base/assert.h"
#include "hub/intake/redrive.h"

namespace dongbo::intake {

Receipts::Receipts(const std::vector<Item>& items, std::function<void(std::vector<Receipt>)> done)
    : receipts_(items.size()), done_(std::move(done)), owed_(items.size()) {
  DONGBO_ASSERT(!items.empty());
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto& receipt = receipts_[i];
    if (const auto* event = std::get_if<event::PreparedEvent>(&items[i].decoded)) {
      receipt.id = event->id;
      receipt.source = event->source;
    } else {
      const auto& refusal = std::get<event::Refusal>(items[i].decoded);
      receipt.id = refusal.id;
      receipt.source = refusal.source;
      receipt.faults = refusal.faults;
      receipt.refusal = refusal.kind;
    }
  }
}

void Receipts::refused(std::size_t index, const event::Refusal& refusal) {
  auto& receipt = receipts_[index];
  receipt.outcome = Receipt::Outcome::kInvalid;
  receipt.faults = refusal.faults;
  receipt.refusal = refusal.kind;
  one_less();
}

void Receipts::outcome(std::size_t index, ShardId shard, const shard::Outcome& outcome) {
  using Kind = shard::Outcome::Kind;
  auto& receipt = receipts_[index];
  switch (outcome.kind) {
    case Kind::kAccepted:
      receipt.outcome = Receipt::Outcome::kAccepted;
      break;
    case Kind::kDuplicate:
      receipt.outcome = Receipt::Outcome::kDuplicate;
      break;
    case Kind::kConflict:
      receipt.outcome = Receipt::Outcome::kConflict;
      break;
    case Kind::kQuarantined:
      receipt.outcome = Receipt::Outcome::kInvalid;
      break;
    case Kind::kFailed:
      receipt.outcome = Receipt::Outcome::kFailed;
      receipt.why = outcome.why;
      break;
  }
  if (outcome.sequence.value() != 0) receipt.position = event::place_text(shard, outcome.sequence);
  if (outcome.quarantine.value() != 0) receipt.quarantine = quarantine_id(shard, outcome.quarantine);
  one_less();
}

void Receipts::failed(std::size_t index, std::string_view why) {
  receipts_[index].outcome = Receipt::Outcome::kFailed;
  receipts_[index].why = why;
  one_less();
}

void Receipts::one_less() {
  if (owed_.fetch_sub(1, std::memory_order_acq_rel) == 1) done_(std::move(receipts_));
}

}  // namespace dongbo::intake
