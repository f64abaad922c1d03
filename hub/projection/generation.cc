#include "hub/projection/generation.h"

#include "hub/base/bytes.h"

namespace dongbo::projection {

std::string aside_prefix(const std::string& family) {
  return "aside/" + family + "/";
}

void Generation::commit(StateBatch& batch, const RowMemory& memory, const TakeWrite& written) {
  take_writes([&](const RowWrite& write) {
    auto* const handle = family()->holding(write.stored_key);
    if (write.value && write.may_be_new) rows.written(write.stored_key);
    if (write.merges) {
      batch.merge(handle, write.stored_key, *write.value);
    } else if (write.value) {
      batch.put(handle, write.stored_key, *write.value);
    } else {
      batch.erase(handle, write.stored_key);
    }
    if (written) written(write);
  });
  for (const auto& [sequence, reason] : take_aside())
    batch.put_meta(aside_prefix(family()->name()) + big_endian_u64(sequence.value()), reason);
  for (const auto& table : tables()) table->trim(memory.held_max / 4 * 3);
}

std::size_t bytes_changed(const std::vector<Generation*>& generations) {
  std::size_t changed = 0;
  for (const auto* generation : generations) changed += generation->bytes_changed();
  return changed;
}

bool are_full(const std::vector<Generation*>& generations, const RowMemory& memory) {
  std::size_t held = 0;
  for (const auto* generation : generations) held += generation->bytes_held();
  return held > memory.held_max || bytes_changed(generations) > memory.changed_max;
}

}  // namespace dongbo::projection
