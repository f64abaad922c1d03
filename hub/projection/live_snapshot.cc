#include "hub/projection/live_snapshot.h"

#include "hub/base/bytes.h"

namespace dongbo::projection {
namespace {
constexpr const char* kAppliedKey = "applied";
constexpr const char* kEventTimeKey = "event_time";

std::string written_key(std::string_view projection) {
  return "written/" + std::string(projection);
}

Sequence sequence_in(const std::optional<std::string>& value) {
  return Sequence(value && value->size() == 8 ? read_big_endian_u64(*value) : 0);
}

}  // namespace

Sequence FoldMark::applied() const {
  return sequence_in(db_.meta_value(kAppliedKey, snapshot_));
}

Sequence FoldMark::written(std::string_view projection) const {
  return sequence_in(db_.meta_value(written_key(projection), snapshot_));
}

std::optional<Millis> FoldMark::event_time() const {
  const auto value = db_.meta_value(kEventTimeKey, snapshot_);
  if (!value) return std::nullopt;
  ByteReader in(*value);
  return Millis(unzigzag(in.varint()));
}

void FoldMark::put(StateBatch& batch, Sequence applied, std::optional<Millis> event_time) {
  batch.put_meta(kAppliedKey, big_endian_u64(applied.value()));
  if (!event_time) return;
  std::string time;
  put_varint(time, zigzag(event_time->value()));
  batch.put_meta(kEventTimeKey, time);
}

void FoldMark::put_written(StateBatch& batch, std::string_view projection, Sequence commit) {
  batch.put_meta(written_key(projection), big_endian_u64(commit.value()));
}

LiveSnapshot::LiveSnapshot(const StateDb& db, std::shared_ptr<const LiveFamilies> families)
    : db_(db),
      families_(std::move(families)),
      options_([&] {
        rocksdb::ReadOptions options;
        options.snapshot = db.snapshot();
        return options;
      }()),
      mark_(db, options_.snapshot) {}

LiveSnapshot::~LiveSnapshot() {
  idle_.clear();
  db_.db()->ReleaseSnapshot(options_.snapshot);
}

Result<std::optional<std::string>> LiveSnapshot::get(std::string_view projection, std::string_view stored_key) const {
  const auto family = families_->find(projection);
  if (family == families_->end()) return std::optional<std::string>();
  std::string value;
  const auto status = db_.db()->Get(options_, family->second->holding(stored_key), rocksdb::Slice(stored_key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return db_.error("không đọc được một dòng", "cannot read a row", status);
  return std::optional<std::string>(std::move(value));
}

LiveSnapshot::Iterator LiveSnapshot::iterator_of(Family::Handle handle) const {
  if (auto idle = idle_.extract(handle)) return std::move(idle.mapped());
  return Iterator(db_.db()->NewIterator(options_, handle));
}

Result<void> LiveSnapshot::scan(std::string_view projection, std::string_view stored_prefix, std::string_view after,
                                const std::function<bool(std::string_view, std::string_view)>& take) const {
  const auto family = families_->find(projection);
  if (family == families_->end()) return {};
  for (auto* const handle : family->second->holding_under(stored_prefix)) {
    auto at = iterator_of(handle);
    if (after.empty() || after < stored_prefix) {
      at->Seek(rocksdb::Slice(stored_prefix));
    } else {
      at->Seek(std::string(after) + '\0');
    }
    bool wanted = true;
    for (; wanted && at->Valid() && at->key().starts_with(rocksdb::Slice(stored_prefix)); at->Next())
      wanted = take(at->key().ToStringView(), at->value().ToStringView());
    if (!at->status().ok()) return db_.error("không đọc được các dòng", "cannot read rows", at->status());
    idle_.emplace(handle, std::move(at));
    if (!wanted) return {};
  }
  return {};
}

std::optional<std::string> LiveSnapshot::edition(std::string_view projection) const {
  const auto family = families_->find(projection);
  if (family == families_->end()) return std::nullopt;
  return family->second->name() + ' ' + std::to_string(mark_.written(projection).value());
}

}  // namespace dongbo::projection
