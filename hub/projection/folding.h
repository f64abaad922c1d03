#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/event/entry_source.h"
#include "hub/event/entry_view.h"
#include "hub/projection/projection.h"

namespace dongbo::projection {

// One projection being folded over a store of rows: its tables and what it could not take. Live, in a rebuild or for a
// look at the past it is the same code, so all come to the same bytes. Used on one thread.
class Folding {
 public:
  // All must outlive it. `filter` says which earlier events count, as fold_run's does for those that are folded.
  Folding(const Projection& projection, const RowStore& rows, const event::EntrySource& entries, ShardId shard,
          EventFilter filter = {})
      : projection_(projection), earlier_(entries, shard, std::move(filter)), tables_(projection.tables(rows)) {
    tables_.look_in(earlier_);
  }
  Folding(const Folding&) = delete;
  Folding& operator=(const Folding&) = delete;

  const Projection& projection() const { return projection_; }
  const std::vector<std::unique_ptr<TableBase>>& tables() const { return tables_.all(); }

  // Folds one event into the rows in memory. An error leaves them in between: discard() and fold the batch again
  // without this event.
  Result<void> fold(const event::EntryView& event);
  void discard();
  // Hands on the changed rows in key order, which are then the store's to hold.
  void take_writes(const TakeWrite& take);
  // Of all its tables, see TableBase.
  std::size_t bytes_held() const;
  std::size_t bytes_changed() const;
  // Events of the batch under way that the projection does not take.
  void set_aside(Sequence sequence, std::string reason) { aside_[sequence] = std::move(reason); }
  bool is_set_aside(Sequence sequence) const { return aside_.contains(sequence); }
  std::map<Sequence, std::string> take_aside() { return std::exchange(aside_, {}); }

 private:
  const Projection& projection_;
  EarlierEvents earlier_;
  Tables tables_;
  std::map<Sequence, std::string> aside_;
};

using EntryRun = std::vector<event::EntryRecord>;
// Hands on, in order, every run that was folded since the rows were last stored, the run in hand last.
using ReplayRuns = std::function<Result<void>(const std::function<Result<void>(const EntryRun&)>& fold)>;

// Folds a run of entries, event by event; what a projection cannot take is set aside by it alone, and what is not stored yet
// is folded again without it for that projection: that is `replay`, absent when it is this run only. `latest_time` (may be
// null) grows to the latest event time, of those that no wrong clock set ahead. On an error all changed rows are forgotten.
Result<void> fold_run(const EntryRun& records, ShardId shard, event::EntryReader& reader, const std::vector<Folding*>& foldings,
                      Millis* latest_time, const EventFilter& filter = {}, const ReplayRuns& replay = {});

// Runs that are folded one after another before their rows are stored together: a row that many events change is then
// encoded and written once. Used on one thread.
class UnstoredRuns {
 public:
  // `entries` must outlive it.
  UnstoredRuns(const event::EntrySource& entries, ShardId shard, Sequence stored)
      : entries_(entries), shard_(shard), stored_(stored), folded_(stored) {}

  Sequence stored() const { return stored_; }  // the store's rows hold the entries up to here
  Sequence folded() const { return folded_; }  // those in memory
  // Folds the run that ends with `through`; see fold_run. On an error folded() is stored() again.
  Result<void> fold(const EntryRun& records, Sequence through, const std::vector<Folding*>& foldings, Millis* latest_time);
  // The rows have been stored, as of folded(); or stepped over up to `through`.
  void were_stored() { stored_ = folded_; }
  void were_stored(Sequence through) { stored_ = folded_ = through; }

 private:
  const event::EntrySource& entries_;
  const ShardId shard_;
  Sequence stored_;
  Sequence folded_;
  event::EntryReader reader_;
};

// Reads entries in runs of bounded length and hands each on, with its end. `damaged` as in EntrySource::read.
Result<void> read_runs(const event::EntrySource& entries, Sequence after, Sequence through,
                       const std::function<Result<bool>(const EntryRun&, Sequence end)>& take,
                       const std::function<void(Sequence, Sequence, const std::string&)>& damaged);

}  // namespace dongbo::projection
