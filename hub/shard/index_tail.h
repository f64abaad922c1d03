#pragma once
#include "hub/journal/identity_index.h"
#include "hub/journal/journal.h"

namespace dongbo::shard {

inline constexpr std::size_t kIndexEvents = 8 * journal::IdentityIndex::kRunItems;  // of one call, about

// Indexes the next identities of the journal that the index does not reach yet, at most kIndexEvents and a block. The identities
// of a damaged block are lost with it; they are stepped over and logged.
Result<void> index_some(const journal::Journal& journal, journal::IdentityIndex& index);

}  // namespace dongbo::shard
