#pragma once
#include <rocksdb/db.h>
#include <sys/types.h>

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "hub/journal/journal.h"

namespace dongbo::journal {

// What lies behind a Journal: for the files that make it up, the log (journal.cc) and the quarantine (journal_quarantine.cc).
struct Journal::Store {
  static constexpr std::size_t kRecentBytesMax = 16u << 20;  // appended blocks kept decoded for trail and feed

  std::filesystem::path directory;
  std::pair<dev_t, ino_t> directory_itself;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::ColumnFamilyHandle* blocks = nullptr;
  rocksdb::ColumnFamilyHandle* index = nullptr;
  rocksdb::ColumnFamilyHandle* quarantine = nullptr;
  rocksdb::ColumnFamilyHandle* positions = nullptr;
  rocksdb::ColumnFamilyHandle* held = nullptr;

  // The tail, decoded: trail, feed and out topics read it at once after the append.
  mutable std::mutex recent_mutex;
  std::deque<std::shared_ptr<const Block>> recent;
  std::deque<std::size_t> recent_sizes;
  std::size_t recent_bytes = 0;

  void remember(std::shared_ptr<const Block> block, std::size_t bytes) {
    std::lock_guard lock(recent_mutex);
    recent.push_back(std::move(block));
    recent_sizes.push_back(bytes);
    recent_bytes += bytes;
    while (recent.size() > 1 && recent_bytes > kRecentBytesMax) {
      recent_bytes -= recent_sizes.front();
      recent.pop_front();
      recent_sizes.pop_front();
    }
  }

  ~Store() {
    for (auto* handle : handles) ignore_status(db->DestroyColumnFamilyHandle(handle));
    if (db) ignore_status(db->Close());
  }
  static void ignore_status(const rocksdb::Status& /*status*/) {}
};

// What an administrator reads when RocksDB fails: what could not be done, and what to do where that is known.
Error disk_error(ShardId shard, const char* vietnamese, const char* english, const rocksdb::Status& status);

}  // namespace dongbo::journal
