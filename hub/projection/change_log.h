#pragma once
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/projection/state_db.h"

namespace dongbo::projection {

// Which rows changed lately, one value a fold batch under its last sequence, in the `changes` family: what a feed resumes
// from. Each row stands once a batch, with the sequence that changed it last.
class ChangeBatch {
 public:
  // A write of a projection, whose name must live until encode(); what is not announced is left out.
  void add(std::string_view projection, const RowWrite& write);
  std::string encode();

 private:
  struct Item {
    Sequence last_changed;
    std::string_view projection;
    std::size_t key_at, key_size;  // in keys_
  };
  std::string keys_;
  std::vector<Item> items_;
};

// See FoldEngine::changes.
Result<std::optional<FoldEngine::Changes>> read_changes(const StateDb& db, Sequence after, Sequence applied,
                                                        std::size_t changes_max);

// Forgets batches that end at or before `through`; remembers it as the oldest position a feed may resume from.
Result<void> trim_changes(StateDb& db, Sequence through);

}  // namespace dongbo::projection
