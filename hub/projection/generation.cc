#include "hub/projection/generation.h"

#include "hub/base/bytes.h"

namespace dongbo::projection {

std::string aside_prefix(const std::string& family) {
  return "aside/" + family + "/";
}

Result<const RowWrites*> Generation::commit(rocksdb::WriteBatch& batch, std::size_t cached_rows_max) {
  writes_.clear();
  take_writes(writes_);
  auto status = rocksdb::Status::OK();
  for (std::size_t i = 0; i < writes_.size() && status.ok(); ++i) {
    const auto write = writes_[i];
    status = write.value ? batch.Put(family()->handle, rocksdb::Slice(write.stored_key), rocksdb::Slice(*write.value))
                         : batch.Delete(family()->handle, rocksdb::Slice(write.stored_key));
  }
  for (const auto& [sequence, reason] : take_aside())
    if (status.ok()) status = batch.Put(aside_prefix(family()->name) + big_endian_u64(sequence.value()), reason);
  if (!status.ok()) return Error::fatal("cannot build a batch of rows: " + status.ToString());
  for (const auto& table : tables()) table->trim(cached_rows_max);
  return &writes_;
}

}  // namespace dongbo::projection
