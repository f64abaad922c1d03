#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "hub/event/codec.h"
#include "hub/shard/shard_set.h"
#include "tests/bench/support/check_ins.h"

namespace dongbo::bench {

// Hands check-ins to the shards of this process as a door does: decoded, in batches, by several threads.
class Feeder {
 public:
  Feeder(const CheckIns& check_ins, const event::SchemaSet& schemas, shard::ShardSet& shards)
      : check_ins_(check_ins), schemas_(schemas), shards_(shards) {}
  ~Feeder() { join(); }

  // The check-ins `from`…`through`-1, by `threads` threads. REQUIRES: joined.
  void start(std::uint64_t from, std::uint64_t through, unsigned threads);
  void join();

  // Since it was made.
  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t duplicates() const { return duplicates_; }
  std::uint64_t answered() const { return accepted_ + duplicates_ + refused_; }

 private:
  void decode(std::uint64_t from, std::uint64_t through, unsigned step);
  void submit(ShardId home, shard::Submission batch);

  const CheckIns& check_ins_;
  const event::SchemaSet& schemas_;
  shard::ShardSet& shards_;
  std::vector<std::thread> threads_;
  std::atomic<std::uint64_t> accepted_{0}, duplicates_{0}, refused_{0};
};

// Of all shards.
std::uint64_t folded(const shard::ShardSet& shards);

// Of all rows of all projections, in key order, shard after shard.
std::string hash_of_rows(const shard::ShardSet& shards);

}  // namespace dongbo::bench
