#pragma once
#include <functional>

#include "hub/event/entry_source.h"
#include "hub/event/entry_view.h"

namespace dongbo::projection {

// Which events of a run count; absent: all.
using EventFilter = std::function<bool(const event::EntryView&)>;

// The events before the one being folded, by identity: a correction finds what it corrects without a row for every event
// that might be corrected one day. As pure as rows are, for the journal before an event never changes. One thread.
class EarlierEvents {
 public:
  // `entries` must outlive it.
  EarlierEvents(const event::EntrySource& entries, ShardId shard, EventFilter filter = {})
      : entries_(entries), shard_(shard), filter_(std::move(filter)) {}

  // Calls `take` with the event of this identity when it was journaled before `before` and counts; says whether it did.
  Result<bool> find(const event::Digest& identity, Sequence before, const std::function<void(const event::EntryView&)>& take) {
    DONGBO_ASSIGN(const auto found, entries_.find(identity, before));
    if (!found) return false;
    DONGBO_ASSIGN(const auto view, reader_.read(shard_, found->sequence, found->recorded_at, identity, found->entry));
    if (filter_ && !filter_(view)) return false;
    take(view);
    return true;
  }

 private:
  const event::EntrySource& entries_;
  const ShardId shard_;
  const EventFilter filter_;
  event::EntryReader reader_;
};

}  // namespace dongbo::projection
