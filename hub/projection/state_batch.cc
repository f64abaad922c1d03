#include "hub/projection/state_batch.h"

#include <mutex>

namespace dongbo::projection {

using rocksdb::Slice;
using rocksdb::Status;

void MemoryBatch::erase_range(Family family, std::string_view begin, std::string_view end) {
  if (status_.ok()) status_ = batch_.DeleteRange(family, Slice(begin), Slice(end));
}

Status MemoryBatch::add(Change change, Family family, std::string_view key, std::string_view value) {
  if (change == Change::kErase) return batch_.Delete(family, Slice(key));
  return change == Change::kPut ? batch_.Put(family, Slice(key), Slice(value)) : batch_.Merge(family, Slice(key), Slice(value));
}

Status MemoryBatch::store_changes() {
  rocksdb::WriteOptions trailing;
  trailing.disableWAL = true;
  return db_.Write(trailing, &batch_);
}

SortedFiles::~SortedFiles() {
  for (const auto& [family, file] : files_) {
    std::error_code stored;  // RocksDB has taken it over
    std::filesystem::remove(file.path, stored);
  }
}

Status SortedFiles::add(Change change, Family family, std::string_view key, std::string_view value) {
  if (family != meta_) return write(change, family, key, value);
  meta_rows_.insert_or_assign(std::string(key), std::pair(change, std::string(value)));
  return Status::OK();
}

Status SortedFiles::write(Change change, Family family, std::string_view key, std::string_view value) {
  auto& file = files_[family];
  if (!file.writer) {
    constexpr bool kDropFromPageCache = false;  // it is asked at once
    file.path = path_.string() + "." + std::to_string(family->GetID());
    auto options = db_.GetOptions(family);
    options.compression_per_level = {rocksdb::kNoCompression};  // the writer would take the last level's; see family_options
    file.writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options, family, kDropFromPageCache);
    if (auto status = file.writer->Open(file.path); !status.ok()) return status;
  }
  if (change == Change::kErase) return file.writer->Delete(Slice(key));
  return change == Change::kPut ? file.writer->Put(Slice(key), Slice(value)) : file.writer->Merge(Slice(key), Slice(value));
}

Status SortedFiles::store_changes() {
  for (const auto& [key, row] : meta_rows_)
    if (auto status = write(row.first, meta_, key, row.second); !status.ok()) return status;
  std::vector<rocksdb::IngestExternalFileArg> files;
  for (auto& [family, file] : files_) {
    if (auto status = file.writer->Finish(); !status.ok()) return status;
    auto& one = files.emplace_back();
    one.column_family = family;
    one.external_files = {file.path};
    one.options.move_files = true;
    one.options.write_global_seqno = false;  // it stands in the manifest: the file is not written once more
  }
  if (files.empty()) return Status::OK();
  std::unique_lock alone(storing_);
  return db_.IngestExternalFiles(files);
}

}  // namespace dongbo::projection
