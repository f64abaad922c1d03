#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/identity.h"

namespace dongbo::event {

// One journal entry as stored, not parsed.
struct EntryRecord {
  Sequence sequence;
  Millis recorded_at;
  Digest identity;
  Digest content;
  std::string_view entry;
};

// An entry that was looked up, with its bytes.
struct FoundEntry {
  Sequence sequence;
  Millis recorded_at;
  std::string entry;
};

// Something that holds a shard's entries in order; folds are re-run from it. Any thread may call.
class EntrySource {
 public:
  virtual ~EntrySource() = default;
  // Calls `take` for each entry with after < sequence <= through, in order, until it returns false. A stretch that cannot
  // be read (a damaged block) is told to `damaged` (first and last sequence, reason) and skipped.
  virtual Result<void> read(Sequence after, Sequence through, const std::function<bool(const EntryRecord&)>& take,
                            const std::function<void(Sequence, Sequence, const std::string&)>& damaged) const = 0;
  // The entry of this identity, when its sequence is below `before`; nullopt: there is none. Poison error: it lies in a
  // damaged block.
  virtual Result<std::optional<FoundEntry>> find(const Digest& identity, Sequence before) const = 0;
};

}  // namespace dongbo::event
