#include "hub/projection/change_log.h"

#include <algorithm>

#include "hub/base/bytes.h"

namespace dongbo::projection {
namespace {
constexpr std::string_view kTrimmedKey = "changes_trimmed";
}

void ChangeBatch::add(std::string_view projection, const RowWrite& write) {
  if (!write.announced) return;
  items_.push_back({write.last_changed, projection, keys_.size(), write.stored_key.size()});
  keys_.append(write.stored_key);
}

std::string ChangeBatch::encode() {
  // Rows come grouped by projection and sorted by key; that order holds among rows of one event.
  std::stable_sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.last_changed < b.last_changed; });
  std::string out;  // as record_codec writes std::vector<RowChange>
  put_varint(out, items_.size());
  for (const auto& item : items_) {
    put_string(out, item.projection);
    put_string(out, std::string_view(keys_).substr(item.key_at, item.key_size));
    record_codec::write(out, item.last_changed);
  }
  return out;
}

Result<std::optional<FoldEngine::Changes>> read_changes(const StateDb& db, Sequence after, Sequence applied,
                                                        std::size_t changes_max) {
  FoldEngine::Changes out;
  out.through = after;
  std::string trimmed;
  if (db.db()->Get({}, db.meta(), rocksdb::Slice(kTrimmedKey), &trimmed).ok() && trimmed.size() == 8 &&
      after.value() < read_big_endian_u64(trimmed))
    return std::optional<FoldEngine::Changes>();
  std::unique_ptr<rocksdb::Iterator> at(db.db()->NewIterator({}, db.changes()));
  for (at->Seek(big_endian_u64(after.value() + 1)); at->Valid(); at->Next()) {
    const Sequence end(read_big_endian_u64(at->key().ToStringView()));
    if (end > applied) break;
    std::vector<RowChange> batch;
    ByteReader in(at->value().ToStringView());
    record_codec::read(in, batch);
    if (!in.ok()) return Error::poison("một lô thay đổi dòng bị hỏng / a batch of row changes is damaged");
    for (auto& change : batch)
      if (change.last_changed > after) out.rows.push_back(std::move(change));
    out.through = end;
    if (out.rows.size() >= changes_max) return std::optional(std::move(out));
  }
  if (!at->status().ok()) return db.error("không đọc được các thay đổi dòng", "cannot read row changes", at->status());
  out.through = std::max(out.through, applied);
  return std::optional(std::move(out));
}

Result<void> trim_changes(StateDb& db, Sequence through) {
  auto batch = db.small_batch();
  batch.erase_range(db.changes(), big_endian_u64(0), big_endian_u64(through.value() + 1));
  batch.put_meta(kTrimmedKey, big_endian_u64(through.value()));
  return db.write(batch);
}

}  // namespace dongbo::projection
