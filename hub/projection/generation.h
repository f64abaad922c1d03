#pragma once
#include <string>
#include <vector>

#include "hub/projection/folding.h"
#include "hub/projection/state_db.h"

namespace dongbo::projection {

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

  // Adds the changed rows, and what was set aside, to `batch` in key order. The writes are for the change log; they live
  // until the next commit.
  Result<const RowWrites*> commit(rocksdb::WriteBatch& batch, std::size_t cached_rows_max);

 private:
  RowWrites writes_;
};

// Where set-aside events of a family are noted in the meta family: "aside/<family>/" + big-endian sequence.
std::string aside_prefix(const std::string& family);

}  // namespace dongbo::projection
