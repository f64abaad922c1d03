#pragma once
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace dongbo::projection {

// What changes in a state directory, all of it at once or nothing. Made by StateDb::batch(), filled, given to
// StateDb::write(); keeps the first error until then. Used on one thread. A key stands once in a batch, and not in a range
// that is erased there.
class StateBatch {
 public:
  virtual ~StateBatch() = default;
  StateBatch(const StateBatch&) = delete;
  StateBatch& operator=(const StateBatch&) = delete;

  using Family = rocksdb::ColumnFamilyHandle*;
  virtual void put(Family family, std::string_view key, std::string_view value) = 0;
  virtual void merge(Family family, std::string_view key, std::string_view value) = 0;
  virtual void erase(Family family, std::string_view key) = 0;
  virtual void erase_range(Family family, std::string_view begin, std::string_view end) = 0;  // without `end`
  // Of the meta family, in any order: they are few.
  void put_meta(std::string_view key, std::string_view value) { put(meta_, key, value); }
  void erase_meta(std::string_view key) { erase(meta_, key); }
  void erase_meta_range(std::string_view begin, std::string_view end) { erase_range(meta_, begin, end); }
  // Makes it readable.
  virtual rocksdb::Status store() = 0;

 protected:
  StateBatch(rocksdb::DB& db, Family meta) : db_(db), meta_(meta) {}
  void keep(rocksdb::Status status) {
    if (status_.ok()) status_ = std::move(status);
  }
  rocksdb::DB& db_;
  const Family meta_;
  rocksdb::Status status_;
};

// Goes to RocksDB's memory; survives a crash from the next flush on. Keys may come in any order.
class MemoryBatch final : public StateBatch {
 public:
  MemoryBatch(rocksdb::DB& db, Family meta) : StateBatch(db, meta) {}
  void put(Family family, std::string_view key, std::string_view value) override;
  void merge(Family family, std::string_view key, std::string_view value) override;
  void erase(Family family, std::string_view key) override;
  void erase_range(Family family, std::string_view begin, std::string_view end) override;
  rocksdb::Status store() override;

 private:
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
  void put(Family family, std::string_view key, std::string_view value) override;
  void merge(Family family, std::string_view key, std::string_view value) override;
  void erase(Family family, std::string_view key) override;
  void erase_range(Family family, std::string_view begin, std::string_view end) override;
  rocksdb::Status store() override;

 private:
  struct File {
    std::string path;
    std::unique_ptr<rocksdb::SstFileWriter> writer;
  };
  rocksdb::SstFileWriter* writer_of(Family family);  // nullptr: there is an error already

  const std::filesystem::path path_;
  std::shared_mutex& storing_;
  std::map<Family, File> files_;
  std::map<std::string, std::optional<std::string>, std::less<>> meta_rows_;  // nullopt: erased
};

}  // namespace dongbo::projection
