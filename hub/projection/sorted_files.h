#pragma once
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dongbo::projection {

// A batch of rows as RocksDB's own sorted files, one a column family, which it takes over as they are: what is written in
// bulk does not pass its memory, where every row is sorted in by many comparisons. Used on one thread; what it leaves behind
// unstored is removed.
class SortedFiles final : public rocksdb::WriteBatch::Handler {
 public:
  // Files are made as "<path>.<family's number>". Families that are not among `families` may not be in the batch; of the
  // first one keys may come in any order (they are few and are kept in memory), of the others in ascending order.
  SortedFiles(rocksdb::DB& db, std::vector<rocksdb::ColumnFamilyHandle*> families, std::filesystem::path path);
  ~SortedFiles() override;
  SortedFiles(const SortedFiles&) = delete;
  SortedFiles& operator=(const SortedFiles&) = delete;

  // Writes the files, durably. REQUIRES: no key stands twice, nor in a range that is erased.
  rocksdb::Status write(const rocksdb::WriteBatch& batch);
  // Makes all rows of all families readable at once, durably; all or nothing.
  rocksdb::Status store();

 private:
  struct File {
    std::string path;
    std::unique_ptr<rocksdb::SstFileWriter> writer;
  };
  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key, const rocksdb::Slice& value) override;
  rocksdb::Status MergeCF(std::uint32_t family, const rocksdb::Slice& key, const rocksdb::Slice& value) override;
  rocksdb::Status DeleteCF(std::uint32_t family, const rocksdb::Slice& key) override;
  rocksdb::Status DeleteRangeCF(std::uint32_t family, const rocksdb::Slice& begin, const rocksdb::Slice& end) override;
  rocksdb::Status file_of(std::uint32_t family, File*& file);

  rocksdb::DB& db_;
  const std::vector<rocksdb::ColumnFamilyHandle*> families_;
  const std::filesystem::path path_;
  std::map<std::uint32_t, File> files_;
  std::map<std::string, std::optional<std::string>> first_family_;  // nullopt: erased
};

}  // namespace dongbo::projection
