#pragma once
#include <filesystem>
#include <functional>
#include <map>

#include "hub/audit/finding.h"
#include "hub/journal/journal.h"
#include "hub/projection/engine.h"

namespace dongbo::audit {

// Folds the journal again from its beginning to where `live` has come, in `scratch` (made and removed here), and compares
// every row of every projection byte for byte. Told to `report`: the first kRowsNamed rows of each projection that
// differ, and how many do. `entries` are the journal's, found by identity. Returns the number of rows by projection. `live` may
// be open read-only.
inline constexpr std::size_t kRowsNamed = 10;
Result<std::map<std::string, std::uint64_t>> check_projections(ShardId shard, const journal::Journal& journal,
                                                               const event::EntrySource& entries,
                                                               const projection::FoldEngine& live,
                                                               const std::filesystem::path& scratch, const Report& report,
                                                               const std::function<void(Sequence)>& progress);

// Folds entries 1 to `through` into `engine`, in large batches; a block that cannot be read is stepped over.
Result<void> fold_all(const journal::Journal& journal, projection::FoldEngine& engine, Sequence through,
                      const std::function<void(Sequence)>& progress);

}  // namespace dongbo::audit
