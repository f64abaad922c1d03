#include "hub/journal/indexed_entries.h"

#include <fmt/format.h>

namespace dongbo::journal {

Result<std::optional<event::FoundEntry>> IndexedEntries::find(const event::Digest& identity, Sequence before) const {
  const auto indexed = index_.through();  // read before the look-up: what comes meanwhile does no harm
  DONGBO_ASSIGN(const auto known, index_.find(std::span(&identity, 1)));
  auto sequence = known.front() ? known.front()->sequence : Sequence(0);
  if (const auto found = tail_.find(identity); found != tail_.end()) sequence = found->second;
  const auto reach = std::max(indexed, tail_end_);
  if (sequence == Sequence(0) && reach.next() < before)
    return Error::transient(fmt::format(
        "danh tính mới được lập chỉ mục đến {0}, chưa tới {1} / identities are indexed through {0}, not yet before {1}",
        reach.value(), before.value()));
  if (sequence == Sequence(0) || sequence >= before) return std::optional<event::FoundEntry>();
  DONGBO_ASSIGN(const auto block, journal_.block_at(sequence));
  for (const auto& record : block->records())
    if (record.sequence == sequence && record.identity == identity)
      return std::optional(event::FoundEntry{sequence, record.recorded_at, std::string(record.entry)});
  return Error::poison(fmt::format(
      "số thứ tự {0} không khớp chỉ mục danh tính / sequence {0} is not what the index of identities says", sequence.value()));
}

void IndexedEntries::read_tail(Sequence through) {
  const auto take = [this](const event::EntryRecord& record) { return tail_.emplace(record.identity, record.sequence), true; };
  // What cannot be read is not found: the folds cannot have read it either.
  (void)journal_.read(index_.through(), through, take, [](Sequence, Sequence, const std::string&) {});
  tail_end_ = through;
}

}  // namespace dongbo::journal
