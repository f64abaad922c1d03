#pragma once
#include <cstdint>
#include <functional>

#include "hub/audit/finding.h"
#include "hub/journal/identity_index.h"
#include "hub/journal/journal.h"

namespace dongbo::audit {

// What reading a shard's journal came to.
struct JournalFigures {
  std::uint64_t blocks = 0;
  std::uint64_t events = 0;
  std::uint64_t identities = 0;  // in the index
  std::uint64_t quarantine = 0;
  bool whole = true;  // every block could be read
};

// Reads every block of a shard's journal and holds it against its own checksums, the sequence before it, the digests of
// its entries and the identity index (as far as that reaches). Everything that is wrong is told to `report`; reading goes
// on behind it. `progress` is told how many sequences are done.
JournalFigures check_journal(ShardId shard, const journal::Journal& journal, const journal::IdentityIndex& index,
                             const Report& report, const std::function<void(Sequence)>& progress);

}  // namespace dongbo::audit
