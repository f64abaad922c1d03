#pragma once
#include <cstdint>
#include <filesystem>

#include "hub/base/result.h"

namespace dongbo::intake {

// How far the out topics have what a shard holds: the last sequence and the last quarantine number that were delivered.
struct OutProgress {
  std::uint64_t changes = 0;
  std::uint64_t quarantine = 0;
  bool operator==(const OutProgress&) const = default;
};

// out.json of a shard's directory: {"changes":42,"quarantine":7}, replaced whole and synced. It only ever lags: after a
// crash the records behind it are published again.
class OutCursor {
 public:
  explicit OutCursor(std::filesystem::path shard_directory) : directory_(std::move(shard_directory)) {}

  // A missing file is the beginning; an unreadable one too (repeats are allowed, gaps are not), with a line in the log.
  OutProgress load() const;
  Result<void> store(const OutProgress& progress) const;

 private:
  std::filesystem::path directory_;
};

}  // namespace dongbo::intake
