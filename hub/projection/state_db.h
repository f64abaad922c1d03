#pragma once
#include <rocksdb/db.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/base/store_filter.h"
#include "hub/projection/engine.h"
#include "hub/projection/state_batch.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// A column family of the state directory, and one more for rows that are rewritten often (TableMark), where its projection has
// such: they are few and every file of a commit holds most of them, so that a reader meets each as often as files lie on the
// first level; there fewer files are merged at a time than of the others, which are many. The handles are given back to the
// database when the last holder lets go.
class Family {
 public:
  using Handle = rocksdb::ColumnFamilyHandle*;
  Family(std::string name, Handle rows, Handle rewritten, rocksdb::DB* db)
      : name_(std::move(name)), rows_(rows), rewritten_(rewritten), db_(db) {}
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  ~Family();

  const std::string& name() const { return name_; }
  Handle rows() const { return rows_; }  // all but the rewritten ones
  // Where a row lies. Keys of rewritten rows come after all others.
  Handle holding(std::string_view stored_key) const {
    return rewritten_ != nullptr && TableMark::of(stored_key).rewritten() ? rewritten_ : rows_;
  }
  // All that hold rows whose keys start with it, in key order.
  std::vector<Handle> holding_under(std::string_view stored_prefix) const {
    if (stored_prefix.empty()) return handles();
    return {holding(stored_prefix)};
  }
  std::vector<Handle> handles() const {
    return rewritten_ == nullptr ? std::vector<Handle>{rows_} : std::vector<Handle>{rows_, rewritten_};
  }

 private:
  const std::string name_;
  const Handle rows_, rewritten_;  // the second may be none
  rocksdb::DB* const db_;
};
using FamilyRef = std::shared_ptr<const Family>;

// The RocksDB directory behind the fold engine: opens whatever families are there, creates and drops them, writes
// without write-ahead log, flushes all families atomically. Knows nothing of projections. Any thread.
class StateDb {
 public:
  static Result<std::unique_ptr<StateDb>> open(const std::filesystem::path& directory, ShardId shard,
                                               const EngineOptions& options);
  ~StateDb();

  rocksdb::DB* db() const { return db_.get(); }
  Family::Handle meta() const { return meta_->rows(); }
  Family::Handle changes() const { return changes_->rows(); }
  // A value of the meta family; nullopt: not there.
  std::optional<std::string> meta_value(std::string_view name, const rocksdb::Snapshot* snapshot = nullptr) const;
  FamilyRef find(const std::string& name) const;  // nullptr: not there
  std::vector<std::string> names() const;         // without meta and changes
  Result<FamilyRef> create(const std::string& name, bool with_rewritten);
  Result<void> drop(const std::string& name);  // no such family: nothing to do
  MemoryBatch small_batch() { return {*db_, meta()}; }
  // A batch to be filled with about so many bytes. Much goes to the disk at once, as sorted files, and with it what was written
  // before; its families but meta take keys in ascending order.
  std::unique_ptr<StateBatch> batch(std::size_t bytes);
  // All of the batch at once, or nothing. REQUIRES of a large one: it says in the meta family how far its writer has come,
  // always under the same key.
  Result<void> write(StateBatch& batch);
  // The rows as of now, whatever is written later. To be given back with db()->ReleaseSnapshot().
  const rocksdb::Snapshot* snapshot() const;
  Result<void> flush();
  Result<void> compact();  // flushes and merges every family's files
  Error error(const char* vietnamese, const char* english, const rocksdb::Status& status) const;

 private:
  std::vector<FamilyRef> all() const;
  StateDb(std::filesystem::path directory, ShardId shard, const EngineOptions& options)
      : directory_(std::move(directory)), shard_(shard), options_(options) {}
  bool has_many_files() const;
  Result<void> drop(const Family& family);
  std::filesystem::path directory_;
  ShardId shard_;
  EngineOptions options_;
  std::unique_ptr<rocksdb::DB> db_;
  FamilyRef meta_;
  FamilyRef changes_;
  mutable std::mutex mutex_;
  std::map<std::string, FamilyRef> families_;
  std::atomic<std::uint64_t> file_number_{0};
  mutable std::shared_mutex storing_files_;  // held alone while they become readable: a snapshot sees all of them or none
};

// A generation's rows as its tables read them. Used on one thread.
class FamilyRows final : public RowStore {
 public:
  FamilyRows(const StateDb& db, FamilyRef family) : db_(db), family_(std::move(family)) {}
  const FamilyRef& family() const { return family_; }
  Result<std::optional<std::string>> get(std::string_view stored_key) const override;
  Result<bool> none_under(std::string_view stored_prefix) const override;
  // A row is written that may be new: get() finds it from when it is stored.
  void written(std::string_view stored_key) {
    if (ever_) ever_->add_once(stored_key);
  }

 private:
  bool read_keys(const std::function<bool(std::string_view)>& take) const;

  const StateDb& db_;
  FamilyRef family_;
  mutable std::optional<StoreFilter> ever_;  // from the first get() on: a fold asks for many rows that are new
};

}  // namespace dongbo::projection
