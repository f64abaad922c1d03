#pragma once
#include <algorithm>
#include <memory>
#include <thread>

#include <rocksdb/env.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>

#include "hub/base/this_thread.h"

namespace dongbo {

// RocksDB itself puts the threads that merge files behind all else (nice 19): at full load they then stand still until there is
// so much to merge that writing has to wait, for seconds. Level with the folds they merge sooner than they need to, and more: 7.5
// -> 8.6 us an event of 50 M.
class LowerMerging final : public rocksdb::EventListener {
  void OnCompactionBegin(rocksdb::DB* /*db*/, const rocksdb::CompactionJobInfo& /*job*/) override {
    lower_this_thread(Niceness::kCanWait);
  }
};

// RocksDB's threads serve all databases of the process, and it starts only as many as one of them may use. Then two large merges
// of identities hold up every small one for seconds, files of rows pile up, and folds are stopped: behind 42 M events nothing
// was acknowledged for four to eight seconds. With twice as many the kernel shares the processor among the merges.
inline void start_store_threads() {
  static const bool started = [] {
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    rocksdb::Env::Default()->SetBackgroundThreads(std::max(4, cores), rocksdb::Env::LOW);       // merge
    rocksdb::Env::Default()->SetBackgroundThreads(std::max(2, cores / 2), rocksdb::Env::HIGH);  // flush
    return true;
  }();
  (void)started;
}

// What every RocksDB database of the hub is opened with; its room sets the rest.
inline rocksdb::DBOptions store_options(bool read_only) {
  start_store_threads();
  rocksdb::DBOptions options;
  options.create_if_missing = !read_only;
  options.create_missing_column_families = !read_only;
  options.max_background_jobs = 3;    // two merges: small ones do not wait behind a large one
  options.bytes_per_sync = 1u << 20;  // a large file goes to the disk bit by bit: a sync of a log does not wait behind all of it
  options.listeners = {std::make_shared<LowerMerging>()};
  options.keep_log_file_num = 2;
  options.manifest_preallocation_size = 64u << 10;  // of 4 MiB, by three stores of every shard, a nearly full disk would be full
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.stats_dump_period_sec = 0;
  return options;
}

}  // namespace dongbo
