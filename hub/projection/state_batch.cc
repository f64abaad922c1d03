#include "hub/projection/state_batch.h"

#include <mutex>

namespace dongbo::projection {

using rocksdb::Slice;
using rocksdb::Status;

void MemoryBatch::put(Family family, std::string_view key, std::string_view value) {
  keep(batch_.Put(family, Slice(key), Slice(value)));
}

void MemoryBatch::merge(Family family, std::string_view key, std::string_view value) {
  keep(batch_.Merge(family, Slice(key), Slice(value)));
}

void MemoryBatch::erase(Family family, std::string_view key) {
  keep(batch_.Delete(family, Slice(key)));
}

void MemoryBatch::erase_range(Family family, std::string_view begin, std::string_view end) {
  keep(batch_.DeleteRange(family, Slice(begin), Slice(end)));
}

Status MemoryBatch::store() {
  rocksdb::WriteOptions trailing;
  trailing.disableWAL = true;
  if (status_.ok()) status_ = db_.Write(trailing, &batch_);
  return status_;
}

SortedFiles::~SortedFiles() {
  for (const auto& [family, file] : files_) {
    std::error_code stored;  // RocksDB has taken it over
    std::filesystem::remove(file.path, stored);
  }
}

rocksdb::SstFileWriter* SortedFiles::writer_of(Family family) {
  auto& file = files_[family];
  if (!file.writer) {
    constexpr bool kDropFromPageCache = false;  // it is asked at once
    file.path = path_.string() + "." + std::to_string(family->GetID());
    file.writer =
        std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), db_.GetOptions(family), family, kDropFromPageCache);
    keep(file.writer->Open(file.path));
  }
  return status_.ok() ? file.writer.get() : nullptr;
}

void SortedFiles::put(Family family, std::string_view key, std::string_view value) {
  if (family == meta_) {
    meta_rows_.insert_or_assign(std::string(key), std::string(value));
  } else if (auto* writer = writer_of(family)) {
    keep(writer->Put(Slice(key), Slice(value)));
  }
}

void SortedFiles::merge(Family family, std::string_view key, std::string_view value) {
  if (auto* writer = writer_of(family)) keep(writer->Merge(Slice(key), Slice(value)));
}

void SortedFiles::erase(Family family, std::string_view key) {
  if (family == meta_) {
    meta_rows_.insert_or_assign(std::string(key), std::nullopt);
  } else if (auto* writer = writer_of(family)) {
    keep(writer->Delete(Slice(key)));
  }
}

void SortedFiles::erase_range(Family family, std::string_view begin, std::string_view end) {
  if (auto* writer = writer_of(family)) keep(writer->DeleteRange(Slice(begin), Slice(end)));
}

Status SortedFiles::store() {
  for (const auto& [key, value] : meta_rows_)
    if (auto* writer = writer_of(meta_)) keep(value ? writer->Put(Slice(key), *value) : writer->Delete(Slice(key)));
  std::vector<rocksdb::IngestExternalFileArg> files;
  for (auto& [family, file] : files_) {
    if (status_.ok()) keep(file.writer->Finish());
    auto& one = files.emplace_back();
    one.column_family = family;
    one.external_files = {file.path};
    one.options.move_files = true;
    one.options.write_global_seqno = false;  // it stands in the manifest: the file is not written once more
  }
  if (!status_.ok() || files.empty()) return status_;
  std::unique_lock alone(storing_);
  keep(db_.IngestExternalFiles(files));
  return status_;
}

}  // namespace dongbo::projection
