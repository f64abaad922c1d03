#pragma once
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/projection/state_db.h"

namespace dongbo::projection {

// Which rows changed lately, one value a fold batch under its last sequence, in the `changes` family: what a feed resumes
// from. Each row stands once a batch, with the sequence that changed it last.
std::string encode_changes(std::vector<RowChange>& changes);

// See FoldEngine::changes.
Result<std::optional<FoldEngine::Changes>> read_changes(const StateDb& db, Sequence after, Sequence applied,
                                                        std::size_t changes_max);

// Forgets batches that end at or before `through`; remembers it as the oldest position a feed may resume from.
Result<void> trim_changes(StateDb& db, Sequence through);

}  // namespace dongbo::projection
