#include "hub/projection/generation.h"

#include <algorithm>

#include "hub/base/bytes.h"

namespace dongbo::projection {

std::string aside_prefix(const std::string& family) {
  return "aside/" + family + "/";
}

Result<void> Generation::fold(const event::EntryView& event) {
  tables_.at(event.sequence);
  auto result = [&]() -> Result<void> {
    try {
      return projection_.fold(event, tables_);
    } catch (const std::exception& failure) {
      return Error::poison(failure.what());
    }
  }();
  if (auto error = tables_.take_error()) return std::move(*error);
  return result;
}

Result<void> Generation::commit(rocksdb::WriteBatch& batch, std::vector<RowWrite>* changes, std::size_t cached_rows_max) {
  std::vector<RowWrite> writes;
  for (const auto& table : tables_.all()) table->take_writes(writes);
  std::sort(writes.begin(), writes.end(), [](const RowWrite& a, const RowWrite& b) { return a.stored_key < b.stored_key; });
  auto status = rocksdb::Status::OK();
  for (const auto& write : writes) {
    if (!status.ok()) break;
    status = write.value ? batch.Put(family_->handle, write.stored_key, *write.value)
                         : batch.Delete(family_->handle, write.stored_key);
  }
  for (const auto& [sequence, reason] : aside_)
    if (status.ok()) status = batch.Put(aside_prefix(family_->name) + big_endian_u64(sequence.value()), reason);
  aside_.clear();
  if (!status.ok()) return Error::fatal("cannot build a batch of rows: " + status.ToString());
  for (const auto& table : tables_.all()) table->trim(cached_rows_max);
  if (changes != nullptr) {
    changes->clear();
    for (auto& write : writes)
      if (write.announced) changes->push_back(std::move(write));
  }
  return {};
}

void Generation::discard() {
  for (const auto& table : tables_.all()) table->discard_changes();
}

Result<void> fold_run(const std::vector<event::EntryRecord>& records, ShardId shard, event::EntryReader& reader,
                      const std::vector<Generation*>& generations, Millis* latest_time) {
  const auto pass = [&](const std::vector<Generation*>& targets, std::vector<Generation*>& again) -> Result<void> {
    // Who takes a type is asked once a type and pass, not once an event and projection.
    std::map<std::string, std::vector<Generation*>, std::less<>> by_type;
    const auto takers = [&](std::string_view type) -> const std::vector<Generation*>& {
      if (const auto found = by_type.find(type); found != by_type.end()) return found->second;
      auto& list = by_type[std::string(type)];
      for (auto* generation : targets)
        if (generation->projection().takes(type)) list.push_back(generation);
      return list;
    };
    for (const auto& record : records) {
      auto view = reader.read(shard, record.sequence, record.recorded_at, record.identity, record.entry);
      for (auto* generation : view ? takers(view->type) : targets) {
        if (generation->is_set_aside(record.sequence)) continue;
        auto folded = view ? generation->fold(*view) : Result<void>(view.error());
        if (folded) continue;
        // A failing disk is not the event's fault: the whole batch is tried again later.
        if (folded.error().error_class != ErrorClass::kPoison) return folded;
        generation->set_aside(record.sequence, folded.error().message);
        if (view && std::find(again.begin(), again.end(), generation) == again.end()) again.push_back(generation);
      }
      if (view && latest_time != nullptr) *latest_time = std::max(*latest_time, view->time);
    }
    return {};
  };
  std::vector<Generation*> targets = generations;
  while (!targets.empty()) {
    std::vector<Generation*> again;
    auto passed = pass(targets, again);
    if (!passed) {
      for (auto* generation : generations) generation->discard();
      return passed;
    }
    for (auto* generation : again) generation->discard();
    targets = std::move(again);
  }
  return {};
}

}  // namespace dongbo::projection
