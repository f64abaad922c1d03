#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "hub/intake/intake.h"
#include "hub/shard/shard.h"

namespace dongbo::intake {

// Gathers the receipts of one delivery while its items are away in several shards; the last one calls `done` on its
// thread. Each index is given exactly once; different indexes may be given from different threads at the same time.
// Held by shared_ptr from whoever still owes a receipt.
class Receipts {
 public:
  // Id and source of each item are read now, so that a receipt can name them whatever happens to the item.
  Receipts(const std::vector<Item>& items, std::function<void(std::vector<Receipt>)> done);

  std::size_t size() const { return receipts_.size(); }
  // An item the codec refused and nobody keeps.
  void refused(std::size_t index, const event::Refusal& refusal);
  void outcome(std::size_t index, ShardId shard, const shard::Outcome& outcome);
  // `why` is for who sent it; empty: the journal is behind.
  void failed(std::size_t index, std::string_view why = {});
  // The delivery goes back to its caller whole. REQUIRES: no receipt was given and none will be.
  std::function<void(std::vector<Receipt>)> take_done() { return std::move(done_); }

 private:
  void one_less();

  std::vector<Receipt> receipts_;
  std::function<void(std::vector<Receipt>)> done_;
  std::atomic<std::size_t> owed_;
};

}  // namespace dongbo::intake
