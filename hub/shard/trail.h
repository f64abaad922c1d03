#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "hub/base/time_histogram.h"
#include "hub/journal/identity_index.h"
#include "hub/journal/journal.h"
#include "hub/projection/engine.h"

namespace dongbo::shard {

// Materialises behind the journal: indexes identities and folds entries in large batches, on a thread of its own. What
// it has not done yet is only in the journal, and after a crash it is done again from there.
// Owned by the Shard. catch_up() before start() only; wake(), failure() and the times by any thread.
class Trail {
 public:
  Trail(ShardId shard, const journal::Journal& journal, journal::IdentityIndex& index, projection::FoldEngine& engine)
      : shard_(shard), journal_(journal), index_(index), engine_(engine) {}
  ~Trail() { stop(); }

  void on_folded(std::function<void(ShardId, Sequence from, Sequence through)> listener) { listener_ = std::move(listener); }
  // Does everything up to the journal's head on the calling thread.
  Result<void> catch_up();
  void start();
  // Returns when everything journaled is folded and on the disk, or the disk refuses.
  void stop();
  void wake();
  std::string failure() const;
  TimeHistogram::Reading folds() const { return folds_.read(); }
  TimeHistogram::Reading indexed_runs() const { return indexed_runs_.read(); }

 private:
  void run();
  Result<void> step();
  Result<void> fold_step();
  Result<void> commit();
  bool behind() const { return index_.through() < journal_.head() || engine_.applied() < journal_.head(); }

  const ShardId shard_;
  const journal::Journal& journal_;
  journal::IdentityIndex& index_;
  projection::FoldEngine& engine_;
  std::function<void(ShardId, Sequence, Sequence)> listener_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  std::string failure_;
  TimeHistogram folds_;
  TimeHistogram indexed_runs_;
};

}  // namespace dongbo::shard
