#pragma once
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

namespace dongbo::projection {

// What changes in a state directory, all of it at once or nothing. Made and filled for StateDb::write(); keeps the first error
// until then. Used on one thread. A key stands once in a batch.
class StateBatch {
 public:
  virtual ~StateBatch() = default;
  StateBatch(const StateBatch&) = delete;
  StateBatch& operator=(const StateBatch&) = delete;

  using Family = rocksdb::ColumnFamilyHandle*;
  void put(Family family, std::string_view key, std::string_view value) { keep(Change::kPut, family, key, value); }
  void merge(Family family, std::string_view key, std::string_view value) { keep(Change::kMerge, family, key, value); }
  void erase(Family family, std::string_view key) { keep(Change::kErase, family, key, {}); }
  // Of the meta family, in any order: they are few.
  void put_meta(std::string_view key, std::string_view value) { put(meta_, key, value); }
  void erase_meta(std::string_view key) { erase(meta_, key); }
  // Makes it readable.
  rocksdb::Status store() { return status_.ok() ? store_changes() : status_; }

 protected:
  enum class Change { kPut, kMerge, kErase };
  StateBatch(rocksdb::DB& db, Family meta) : db_(db), meta_(meta) {}
  virtual rocksdb::Status add(Change change, Family family, std::string_view key, std::string_view value) = 0;
  virtual rocksdb::Status store_changes() = 0;
  rocksdb::DB& db_;
  const Family meta_;
  rocksdb::Status status_;

 private:
  void keep(Change change, Family family, std::string_view key, std::string_view value) {
    if (status_.ok()) status_ = add(change, family, key, value);
  }
};

// Goes to RocksDB's memory; survives a crash from the next flush on. Keys may come in any order.
class MemoryBatch final : public StateBatch {
 public:
  MemoryBatch(rocksdb::DB& db, Family meta) : StateBatch(db, meta) {}
  // What is from `begin` on and before `end`; no key of the batch may be there.
  void erase_range(Family family, std::string_view begin, std::string_view end);

 private:
  rocksdb::Status add(Change change, Family family, std::string_view key, std::string_view value) override;
  rocksdb::Status store_changes() override;
  rocksdb::WriteBatch batch_;
};

// Is written to RocksDB's own sorted files, one a column family, which RocksDB takes over as they are; durable when it is
// stored. For much at once: in RocksDB's memory every row is sorted in by many comparisons, and written to such a file later.
// Keys of every family but meta come in ascending order.
class SortedFiles final : public StateBatch {
 public:
  // Files are made as "<path>.<family's number>". `storing` is held alone while they become readable.
  SortedFiles(rocksdb::DB& db, Family meta, std::filesystem::path path, std::shared_mutex& storing)
      : StateBatch(db, meta), path_(std::move(path)), storing_(storing) {}
  ~SortedFiles() override;  // removes what was not stored

 private:
  struct File {
    std::string path;
    std::unique_ptr<rocksdb::SstFileWriter> writer;
  };
  rocksdb::Status add(Change change, Family family, std::string_view key, std::string_view value) override;
  rocksdb::Status store_changes() override;
  rocksdb::Status write(Change change, Family family, std::string_view key, std::string_view value);

  const std::filesystem::path path_;
  std::shared_mutex& storing_;
  std::map<Family, File> files_;
  std::map<std::string, std::pair<Change, std::string>> meta_rows_;
};

}  // namespace dongbo::projection
