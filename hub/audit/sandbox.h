#pragma once
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/event/codec.h"
#include "hub/event/schema_set.h"
#include "hub/shard/shard_set.h"

namespace dongbo::audit {

struct SandboxFigures {
  std::uint64_t taken = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t refused = 0;  // the schemas of today do not take them
};

// A new data directory that is built from events through the ordinary shards, as if they had come in again in this order
// and at the moments they were recorded; a hub then serves it. Also the way to another number of shards. It is built beside
// itself, as DIR.unfinished, and gets its name when it is whole; what an interrupted one left there is removed by the next.
// add() by one thread; it waits when the shards are behind.
class Sandbox {
 public:
  // Conflict error when `data` is there already and not empty. `schemas` must outlive it.
  static Result<std::unique_ptr<Sandbox>> make(const std::filesystem::path& data, std::uint32_t shards,
                                               const event::SchemaSet& schemas);
  ~Sandbox();

  Result<void> add(std::string_view entry, Millis recorded_at);
  // Returns when everything is journaled, folded and flushed, and the directory has its name. Once.
  Result<SandboxFigures> finish();

 private:
  static constexpr std::size_t kBatch = 512;
  static constexpr std::size_t kOnTheirWayMax = 32;

  Sandbox(std::filesystem::path data, std::unique_ptr<shard::ShardSet> shards, const event::SchemaSet& schemas);
  Result<void> hand_on(std::size_t shard);
  void count(const std::vector<shard::Outcome>& outcomes);

  const std::filesystem::path data_;
  std::unique_ptr<shard::ShardSet> shards_;  // null: finished
  event::Codec codec_;
  std::vector<shard::Submission> waiting_;  // by shard

  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t on_their_way_ = 0;
  bool failed_ = false;
  SandboxFigures figures_;
};

}  // namespace dongbo::audit
