#include "hub/projection/sorted_files.h"

#include <algorithm>

namespace dongbo::projection {

using rocksdb::Slice;
using rocksdb::Status;

SortedFiles::SortedFiles(rocksdb::DB& db, std::vector<rocksdb::ColumnFamilyHandle*> families, std::filesystem::path path)
    : db_(db), families_(std::move(families)), path_(std::move(path)) {}

SortedFiles::~SortedFiles() {
  for (const auto& [family, file] : files_) {
    std::error_code gone;  // RocksDB has taken it over
    std::filesystem::remove(file.path, gone);
  }
}

Status SortedFiles::file_of(std::uint32_t family, File*& file) {
  auto& place = files_[family];
  file = &place;
  if (place.writer) return Status::OK();
  const auto handle = std::find_if(families_.begin(), families_.end(), [&](const auto* one) { return one->GetID() == family; });
  if (handle == families_.end()) return Status::InvalidArgument("a row of an unknown family");
  constexpr bool kDropFromPageCache = false;  // it is asked at once
  place.path = path_.string() + "." + std::to_string(family);
  place.writer =
      std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), db_.GetOptions(*handle), *handle, kDropFromPageCache);
  return place.writer->Open(place.path);
}

Status SortedFiles::PutCF(std::uint32_t family, const Slice& key, const Slice& value) {
  if (family == families_.front()->GetID()) {
    first_family_.insert_or_assign(key.ToString(), value.ToString());
    return Status::OK();
  }
  File* file = nullptr;
  auto status = file_of(family, file);
  return status.ok() ? file->writer->Put(key, value) : status;
}

Status SortedFiles::MergeCF(std::uint32_t family, const Slice& key, const Slice& value) {
  File* file = nullptr;
  auto status = file_of(family, file);
  return status.ok() ? file->writer->Merge(key, value) : status;
}

Status SortedFiles::DeleteCF(std::uint32_t family, const Slice& key) {
  if (family == families_.front()->GetID()) {
    first_family_.insert_or_assign(key.ToString(), std::nullopt);
    return Status::OK();
  }
  File* file = nullptr;
  auto status = file_of(family, file);
  return status.ok() ? file->writer->Delete(key) : status;
}

Status SortedFiles::DeleteRangeCF(std::uint32_t family, const Slice& begin, const Slice& end) {
  File* file = nullptr;
  auto status = file_of(family, file);
  return status.ok() ? file->writer->DeleteRange(begin, end) : status;
}

Status SortedFiles::write(const rocksdb::WriteBatch& batch) {
  auto status = batch.Iterate(this);
  if (!first_family_.empty() && status.ok()) {
    File* file = nullptr;
    status = file_of(families_.front()->GetID(), file);
    for (const auto& [key, value] : first_family_)
      if (status.ok()) status = value ? file->writer->Put(key, *value) : file->writer->Delete(key);
  }
  for (auto& [family, file] : files_)
    if (status.ok()) status = file.writer->Finish();
  return status;
}

Status SortedFiles::store() {
  std::vector<rocksdb::IngestExternalFileArg> all;
  for (const auto& [family, file] : files_) {
    auto& one = all.emplace_back();
    one.column_family =
        *std::find_if(families_.begin(), families_.end(), [&](const auto* handle) { return handle->GetID() == family; });
    one.external_files = {file.path};
    one.options.move_files = true;
    one.options.write_global_seqno = false;  // it stands in the manifest: the file is not written once more
  }
  return db_.IngestExternalFiles(all);
}

}  // namespace dongbo::projection
