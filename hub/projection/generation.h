#pragma once
#include <string>
#include <vector>

#include "hub/projection/folding.h"
#include "hub/projection/state_db.h"

namespace dongbo::projection {

// How much of rows the folding of a shard keeps in memory.
struct RowMemory {
  std::size_t held_max;  // bytes of rows in memory, changed or not; of a table at most three quarters of it stay after a commit
  std::size_t changed_max;  // bytes that one commit writes, about
};

// Made before the folding that reads it.
struct FamilyHolder {
  FamilyRows rows;
};

// One build of one projection in the state directory: a folding whose rows lie in a column family. The live one is folded
// by the trail thread, one that is being rebuilt by its own thread.
class Generation final : private FamilyHolder, public Folding {
 public:
  Generation(const Projection& projection, const StateDb& db, FamilyRef family, const event::EntrySource& entries, ShardId shard)
      : FamilyHolder{FamilyRows(db, std::move(family))}, Folding(projection, rows, entries, shard) {}

  const FamilyRef& family() const { return rows.family(); }

  // Adds the changed rows in key order, and what was set aside, to `batch`, and tells `written` (may be empty) of each row.
  void commit(StateBatch& batch, const RowMemory& memory, const TakeWrite& written);
};

// About what a commit of all of them writes.
std::size_t bytes_changed(const std::vector<Generation*>& generations);
// Is it time to commit, for the memory that they take?
bool are_full(const std::vector<Generation*>& generations, const RowMemory& memory);

// Where set-aside events of a family are noted in the meta family: "aside/<family>/" + big-endian sequence.
std::string aside_prefix(const std::string& family);

}  // namespace dongbo::projection
