// The quarantine in a shard's journal: read, looked up and settled. It is written with the batch that was refused, by
// Journal::append().
#include <fmt/format.h>
#include <rocksdb/db.h>

#include "hub/base/bytes.h"
#include "hub/journal/journal_store.h"

namespace dongbo::journal {

Result<void> Journal::read_quarantine(QuarantineNumber after,
                                      const std::function<bool(const NumberedQuarantineEntry&)>& take) const {
  std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, store_->quarantine));
  for (at->Seek(big_endian_u64(after.value() + 1)); at->Valid(); at->Next()) {
    NumberedQuarantineEntry entry{QuarantineNumber(read_big_endian_u64(at->key().ToStringView())), {}};
    auto decoded = decode_record<QuarantineEntry>(at->value().ToStringView());
    if (!decoded)
      return Error::poison(fmt::format("phân mảnh {0}: mục cách ly {1} bị hỏng / shard {0}: quarantine entry {1} is damaged",
                                       shard_.value(), entry.number.value()));
    entry.entry = std::move(*decoded);
    if (!take(entry)) return {};
  }
  if (!at->status().ok()) return disk_error(shard_, "không đọc được khu cách ly", "cannot read the quarantine", at->status());
  return {};
}

Result<QuarantineEntry> Journal::quarantine_entry(QuarantineNumber number) const {
  std::string value;
  const auto status = store_->db->Get({}, store_->quarantine, big_endian_u64(number.value()), &value);
  if (status.IsNotFound())
    return Error::not_found(fmt::format("phân mảnh {0} không có mục cách ly {1} / shard {0} has no quarantine entry {1}",
                                        shard_.value(), number.value()));
  if (!status.ok()) return disk_error(shard_, "không đọc được khu cách ly", "cannot read the quarantine", status);
  auto decoded = decode_record<QuarantineEntry>(value);
  if (!decoded)
    return Error::poison(fmt::format("phân mảnh {0}: mục cách ly {1} bị hỏng / shard {0}: quarantine entry {1} is damaged",
                                     shard_.value(), number.value()));
  return std::move(*decoded);
}

Result<std::optional<QuarantineNumber>> Journal::held_as(const event::Digest& likeness) const {
  std::string value;
  const auto status = store_->db->Get({}, store_->held, rocksdb::Slice(likeness.view()), &value);
  if (status.IsNotFound()) return std::optional<QuarantineNumber>();
  if (!status.ok()) return disk_error(shard_, "không đọc được khu cách ly", "cannot read the quarantine", status);
  return std::optional(QuarantineNumber(read_big_endian_u64(value)));
}

Result<void> Journal::settle_quarantine(QuarantineNumber number, QuarantineState state, const std::string& note) {
  if (auto hindered = hindrance()) return std::move(*hindered);
  std::lock_guard lock(settle_mutex_);
  DONGBO_ASSIGN(auto entry, quarantine_entry(number));
  if (entry.state != static_cast<std::uint8_t>(QuarantineState::kHeld))
    return Error::conflict(fmt::format("mục cách ly {0} đã được xử lý / quarantine entry {0} is {1} already", number.value(),
                                       text_of(static_cast<QuarantineState>(entry.state))));
  entry.state = static_cast<std::uint8_t>(state);
  entry.state_note = note;
  rocksdb::WriteOptions synced;
  synced.sync = true;
  rocksdb::WriteBatch batch;
  auto status = batch.Put(store_->quarantine, big_endian_u64(number.value()), encode_record(entry));
  if (status.ok()) status = batch.Delete(store_->held, rocksdb::Slice(likeness_of(entry).view()));
  if (status.ok()) status = store_->db->Write(synced, &batch);
  if (!status.ok())
    return disk_error(shard_, "không ghi được kết quả xử lý một mục cách ly", "cannot settle a quarantine entry", status);
  return {};
}

}  // namespace dongbo::journal
