#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "hub/event/codec.h"
#include "hub/shard/shard_set.h"
#include "tests/bench/support/check_ins.h"
#include "tests/bench/support/figures.h"

namespace dongbo::bench {

// What is asked of a program that runs a hub in its own process.
struct EmbeddedOptions {
  std::uint64_t events = 1'000'000;
  CheckIns check_ins{.delegates = 0};  // 0: so many that each is scanned about twice, at his own point
  std::uint32_t shards = 2;
  unsigned decoders = 2;
  std::string dir;
  std::string out;

  void add_to(CLI::App& app);
  void settle();  // after parsing: what follows from the others
  void note(Figures& figures) const;
};

// Shards in a directory, and the contract's schemas. Throws std::runtime_error that says why it cannot be opened.
class EmbeddedHub {
 public:
  // In an empty directory, started.
  explicit EmbeddedHub(const EmbeddedOptions& options);

  static std::unique_ptr<shard::ShardSet> open(const EmbeddedOptions& options);  // what is there, not started

  const event::SchemaSet& schemas() const { return schemas_; }
  shard::ShardSet& shards() { return *shards_; }
  void stop();

 private:
  event::SchemaSet schemas_;
  std::unique_ptr<shard::ShardSet> shards_;
};

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
