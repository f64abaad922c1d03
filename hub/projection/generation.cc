#include "hub/projection/generation.h"

#include "hub/base/bytes.h"

namespace dongbo::projection {

std::string aside_prefix(const std::string& family) {
  return "aside/" + family + "/";
}

Result<void> Generation::commit(rocksdb::WriteBatch& batch, std::vector<RowWrite>* changes, std::size_t cached_rows_max) {
  auto writes = take_writes();
  auto status = rocksdb::Status::OK();
  for (const auto& write : writes) {
    if (!status.ok()) break;
    status = write.value ? batch.Put(family()->handle, write.stored_key, *write.value)
                         : batch.Delete(family()->handle, write.stored_key);
  }
  for (const auto& [sequence, reason] : take_aside())
    if (status.ok()) status = batch.Put(aside_prefix(family()->name) + big_endian_u64(sequence.value()), reason);
  if (!status.ok()) return Error::fatal("cannot build a batch of rows: " + status.ToString());
  for (const auto& table : tables()) table->trim(cached_rows_max);
  if (changes != nullptr) {
    changes->clear();
    for (auto& write : writes)
      if (write.announced) changes->push_back(std::move(write));
  }
  return {};
}

}  // namespace dongbo::projection
