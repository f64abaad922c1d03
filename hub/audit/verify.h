#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/audit/finding.h"
#include "hub/audit/journal_check.h"
#include "hub/base/result.h"
#include "hub/event/position.h"

namespace dongbo::audit {

struct ShardFigures {
  ShardId shard;
  Sequence head;
  Sequence applied;  // where the compared projections had come
  JournalFigures journal;
  std::map<std::string, std::uint64_t> rows;  // by projection; empty when they could not be compared
};

struct Verification {
  std::vector<ShardFigures> shards;
  std::vector<Finding> findings;  // the first kFindingsMax
  std::uint64_t found = 0;
  bool good() const { return found == 0; }
};
inline constexpr std::size_t kFindingsMax = 1000;

struct VerifyOptions {
  std::filesystem::path data;
  event::Position at_least;  // what a running hub has acknowledged: the journals must hold it
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // in events read and folded; may be empty
};

// Reads everything in a data directory and compares it. May run beside a hub that serves from it: each store is opened
// read-only and seen as it was then. Because a running hub removes files that it has compacted, a shard in which
// something seems wrong is looked at again, and only what is wrong each time counts.
// Error: not a data directory. Everything else that is wrong is a finding.
Result<Verification> verify(const VerifyOptions& options);

}  // namespace dongbo::audit
