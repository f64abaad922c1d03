#pragma once
#include <functional>
#include <string>

#include "hub/base/ids.h"

namespace dongbo::audit {

// Something wrong, and where.
struct Finding {
  // "block", "sequence", "entry", "identity", "index", "quarantine", "projection", "open", "position", "settings"
  std::string kind;
  ShardId shard;
  Sequence first;  // 0: not about sequences
  Sequence last;
  std::string projection;
  std::string key;  // of a row
  std::string detail;
};

using Report = std::function<void(Finding)>;

}  // namespace dongbo::audit
