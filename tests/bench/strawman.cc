// The featureless limit beside `intake`, on the same machine: a durable journal and nothing else. Ready-made events of the
// same kind, 1,024 compressed by lz4 into one value, one synced write a block. No identity, no check, no fold.
//   bench_strawman [--events N] [--dir DIR] [--out FILE]
#include <lz4.h>
#include <rocksdb/db.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/support/check_ins.h"
#include "tests/bench/support/figures.h"
#include "tests/bench/support/process.h"

namespace {

using namespace dongbo::bench;

constexpr std::uint64_t kBlockEvents = 1'024;
constexpr std::uint64_t kReadyBlocks = 64;  // made before the clock starts and written again and again

struct Options {
  std::uint64_t events = 4'000'000;
  std::string dir = "/tmp/dongbo-bench-strawman";
  std::string out;
  CheckIns check_ins;
};

std::vector<std::string> ready_blocks(const CheckIns& check_ins) {
  std::vector<std::string> blocks(kReadyBlocks);
  std::string event;
  for (std::uint64_t number = 0; number < kReadyBlocks * kBlockEvents; ++number) {
    check_ins.write(event, number);
    blocks[number / kBlockEvents] += event;
  }
  return blocks;
}

// One log: `count` blocks, each durable before the next.
void write_log(const std::string& directory, const std::vector<std::string>& blocks, std::uint64_t count) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kNoCompression;  // the values are compressed already
  options.write_buffer_size = 64u << 20;
  rocksdb::DB* opened = nullptr;
  if (const auto status = rocksdb::DB::Open(options, directory, &opened); !status.ok())
    throw std::runtime_error(status.ToString());
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::string value;
  for (std::uint64_t block = 0; block < count; ++block) {
    const auto& events = blocks[block % blocks.size()];
    value.resize(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(events.size()))));
    const auto size =
        LZ4_compress_default(events.data(), value.data(), static_cast<int>(events.size()), static_cast<int>(value.size()));
    rocksdb::WriteBatch batch;
    batch.Put(fmt::format("{:016x}", block), rocksdb::Slice(value.data(), static_cast<std::size_t>(size)));
    if (const auto status = db->Write(synced, &batch); !status.ok()) throw std::runtime_error(status.ToString());
  }
}

// Blocks that can be read back, whole.
std::uint64_t blocks_held(const std::string& directory) {
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::OpenForReadOnly({}, directory, &opened).ok()) return 0;
  const std::unique_ptr<rocksdb::DB> db(opened);
  const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator({}));
  std::uint64_t count = 0;
  for (at->SeekToFirst(); at->Valid(); at->Next()) ++count;
  return count;
}

int measure(const Options& options) {
  Figures figures;
  const auto blocks = ready_blocks(options.check_ins);
  for (const std::uint64_t threads : {1u, 2u}) {
    std::filesystem::remove_all(options.dir);
    std::filesystem::create_directories(options.dir);
    const auto count = options.events / kBlockEvents / threads;
    std::vector<std::thread> writers;
    const auto begun = seconds_now();
    for (std::uint64_t thread = 0; thread < threads; ++thread)
      writers.emplace_back([&, thread] { write_log(fmt::format("{}/{}", options.dir, thread), blocks, count); });
    for (auto& writer : writers) writer.join();
    const auto seconds = seconds_now() - begun;
    const auto events = static_cast<double>(count * threads * kBlockEvents);
    figures.add(fmt::format("a durable journal alone, {} thread{}", threads, threads > 1 ? "s, a log each" : ""),
                events / seconds, "events/s");
    figures.add("  disk", disk_bytes(options.dir) / events, "B/event");
    std::uint64_t held = 0;
    for (std::uint64_t thread = 0; thread < threads; ++thread) held += blocks_held(fmt::format("{}/{}", options.dir, thread));
    figures.count("  blocks read back", held, count * threads);
  }
  std::filesystem::remove_all(options.dir);
  figures.note("seed", options.check_ins.seed);
  figures.note("events", options.events);
  return figures.finish(options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"A durable journal and nothing else"};
  app.option_defaults()->always_capture_default();
  app.add_option("--events", options.events);
  app.add_option("--seed", options.check_ins.seed);
  app.add_option("--dir", options.dir);
  app.add_option("--out", options.out);
  CLI11_PARSE(app, argc, argv);
  try {
    return measure(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_strawman: %s\n", error.what());
    return 1;
  }
}
