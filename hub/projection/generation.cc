#include "hub/projection/generation.h"

#include "hub/base/bytes.h"

namespace dongbo::projection {

std::string aside_prefix(const std::string& family) {
  return "aside/" + family + "/";
}

Result<void> Generation::commit(rocksdb::WriteBatch& batch, const RowMemory& memory, const TakeWrite& written) {
  auto status = rocksdb::Status::OK();
  take_writes([&](const RowWrite& write) {
    if (!status.ok()) return;
    const rocksdb::Slice key(write.stored_key);
    if (write.value && write.may_be_new) rows.written(write.stored_key);
    if (write.merges) {
      status = batch.Merge(family()->handle, key, rocksdb::Slice(*write.value));
    } else if (write.value) {
      status = batch.Put(family()->handle, key, rocksdb::Slice(*write.value));
    } else {
      status = batch.Delete(family()->handle, key);
    }
    if (written) written(write);
  });
  for (const auto& [sequence, reason] : take_aside())
    if (status.ok()) status = batch.Put(aside_prefix(family()->name) + big_endian_u64(sequence.value()), reason);
  if (!status.ok()) return Error::fatal("cannot build a batch of rows: " + status.ToString());
  for (const auto& table : tables()) table->trim(memory.held_max / 4 * 3);
  return {};
}

bool are_full(const std::vector<Generation*>& generations, const RowMemory& memory) {
  std::size_t held = 0, changed = 0;
  for (const auto* generation : generations) {
    held += generation->bytes_held();
    changed += generation->bytes_changed();
  }
  return held > memory.held_max || changed > memory.changed_max;
}

}  // namespace dongbo::projection
