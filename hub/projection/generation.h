#pragma once
#include <map>
#include <string>
#include <vector>

#include "hub/event/entry_view.h"
#include "hub/projection/state_db.h"

namespace dongbo::projection {

// One build of one projection: its family and its tables. The live one is folded by the trail thread, one that is being
// rebuilt by its own thread; both run exactly this code, so they come to the same bytes.
class Generation {
 public:
  Generation(const Projection& projection, const StateDb& db, FamilyRef family)
      : projection_(projection), family_(std::move(family)), rows_(db, family_), tables_(projection.tables(rows_)) {}
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  const Projection& projection() const { return projection_; }
  const FamilyRef& family() const { return family_; }
  const std::vector<std::unique_ptr<TableBase>>& tables() const { return tables_.all(); }

  // Folds one event into the rows in memory. An error leaves them in between: discard() and fold the batch again
  // without this event.
  Result<void> fold(const event::EntryView& event);
  // Adds the changed rows to `batch` in key order and their changes to `changes` (may be null).
  Result<void> commit(rocksdb::WriteBatch& batch, std::vector<RowWrite>* changes, std::size_t cached_rows_max);
  void discard();
  // Puts what was set aside in this batch into `batch` as well.
  void set_aside(Sequence sequence, std::string reason) { aside_[sequence] = std::move(reason); }
  bool is_set_aside(Sequence sequence) const { return aside_.contains(sequence); }

 private:
  const Projection& projection_;
  FamilyRef family_;
  FamilyRows rows_;
  Tables tables_;
  std::map<Sequence, std::string> aside_;  // of the batch under way
};

// Folds a run of entries into generations, event by event; what a generation cannot take is set aside by it alone, and
// the batch is folded again without it for that generation.
Result<void> fold_run(const std::vector<event::EntryRecord>& records, ShardId shard, event::EntryReader& reader,
                      const std::vector<Generation*>& generations, Millis* latest_time);

// Where set-aside events of a family are noted in the meta family: "aside/<family>/" + big-endian sequence.
std::string aside_prefix(const std::string& family);

}  // namespace dongbo::projection
