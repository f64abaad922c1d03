#include "hub/journal/identity_index.h"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

#include "hub/base/bytes.h"
#include "hub/base/store_options.h"

namespace dongbo::journal {
namespace {

constexpr const char* kIdentities = "identities";  // identity -> content (16 bytes), varint sequence
constexpr std::string_view kThroughKey = "through";
constexpr int kMergeWidth = 16;  // sorted runs
constexpr auto kNoLimit = std::numeric_limits<unsigned>::max();

void encode_known(const Known& known, std::string& value) {
  value.assign(known.content.view());
  put_varint(value, known.sequence.value());
}

std::optional<Known> decode_known(std::string_view value) {
  if (value.size() < 17) return std::nullopt;
  ByteReader in(value.substr(16));
  const Known known{event::Digest::from(value.substr(0, 16)), Sequence(in.varint())};
  return in.ok() ? std::optional(known) : std::nullopt;
}

}  // namespace

struct IdentityIndex::Store {
  ShardId shard;
  std::string run_path;  // of the sorted file being written; RocksDB takes it over
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  std::atomic<std::uint64_t> through{0};

  rocksdb::ColumnFamilyHandle* meta() const { return handles[0]; }
  rocksdb::ColumnFamilyHandle* identities() const { return handles[1]; }
  Error error(const char* vietnamese, const char* english, const rocksdb::Status& status) const {
    return Error::transient(fmt::format("phân mảnh {0}: danh tính: {1} / shard {0}: identities: {2}: {3}", shard.value(),
                                        vietnamese, english, status.ToString()));
  }
  // REQUIRES: sorted by identity, each once.
  rocksdb::Status add_run(const std::vector<Item>& items) {
    constexpr bool kDropFromPageCache = false;  // it is asked at once
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), db->GetOptions(identities()), identities(), kDropFromPageCache);
    auto status = writer.Open(run_path);
    std::string value;
    for (std::size_t i = 0; i < items.size() && status.ok(); ++i) {
      if (i > 0 && items[i].identity == items[i - 1].identity) continue;  // a block read twice after a crash
      encode_known(items[i].known, value);
      status = writer.Put(rocksdb::Slice(items[i].identity.view()), value);
    }
    if (status.ok()) status = writer.Finish();
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    if (status.ok()) status = db->IngestExternalFile(identities(), {run_path}, options);
    return status;
  }
  ~Store() {
    for (auto* handle : handles)
      if (auto status = db->DestroyColumnFamilyHandle(handle); !status.ok()) continue;
    if (db)
      if (auto status = db->Close(); !status.ok()) return;
  }
};

IdentityIndex::IdentityIndex(std::unique_ptr<Store> store) : store_(std::move(store)) {}
IdentityIndex::~IdentityIndex() = default;

Result<std::unique_ptr<IdentityIndex>> IdentityIndex::open(const std::filesystem::path& directory, ShardId shard,
                                                           bool read_only) {
  auto options = store_options(read_only);
  options.atomic_flush = true;  // identities and `through` reach the disk together
  options.max_open_files = 256;
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = 16u << 20;
  family.memtable_prefix_bloom_size_ratio = 0.05;  // most look-ups are for what is new: they end here
  family.memtable_whole_key_filtering = true;
  family.compression = rocksdb::kNoCompression;  // digests do not compress
  // Sorted runs come in one size and lie all over the keys; who asks for one that is new asks no file (see StoreFilter). So
  // sixteen of like size are merged at a time, and each identity is written few times: with four at a time merging took 0.5 us
  // an event of 10 M, now 0.2.
  family.compaction_style = rocksdb::kCompactionStyleUniversal;
  family.level0_file_num_compaction_trigger = kMergeWidth;
  family.compaction_options_universal.min_merge_width = kMergeWidth;
  family.compaction_options_universal.size_ratio = 20;
  family.compaction_options_universal.max_size_amplification_percent = kNoLimit;  // no identity is ever overwritten
  family.level0_slowdown_writes_trigger = 8 * kMergeWidth;
  family.level0_stop_writes_trigger = 12 * kMergeWidth;
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_cache = rocksdb::NewLRUCache(8u << 20);
  table.cache_index_and_filter_blocks = false;  // filters stay in memory: most look-ups are misses
  table.format_version = 5;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  auto store = std::make_unique<Store>();
  store->shard = shard;
  store->run_path = (directory / "run.tmp").string();
  // One key, and a file more of it with each run: while the identities' merges, of more than a minute, take both turns that a
  // database has, these files wait to be merged. The default limit of twenty stopped the trail there for seconds.
  rocksdb::ColumnFamilyOptions meta;
  meta.level0_slowdown_writes_trigger = meta.level0_stop_writes_trigger = 1 << 20;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, meta}, {kIdentities, family}};
  rocksdb::DB* db = nullptr;
  const auto status = read_only ? rocksdb::DB::OpenForReadOnly(options, directory.string(), families, &store->handles, &db)
                                : rocksdb::DB::Open(options, directory.string(), families, &store->handles, &db);
  if (!status.ok())
    return Error::fatal(
        fmt::format("phân mảnh {0}: không mở được danh tính trong {1} / shard {0}: cannot open the identities in {1}: {2}",
                    shard.value(), directory.string(), status.ToString()));
  store->db.reset(db);
  std::string value;
  if (store->db->Get({}, store->meta(), rocksdb::Slice(kThroughKey), &value).ok() && value.size() == 8)
    store->through = read_big_endian_u64(value);
  return std::unique_ptr<IdentityIndex>(new IdentityIndex(std::move(store)));
}

Result<void> IdentityIndex::index(std::vector<Item>& items, Sequence through) {
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.identity < b.identity; });
  rocksdb::WriteBatch batch;
  if (items.size() >= kRunItems) {
    if (auto status = store_->add_run(items); !status.ok())
      return store_->error("không lập được chỉ mục", "cannot index", status);
  } else {
    std::string value;
    for (const auto& item : items) {
      encode_known(item.known, value);
      if (auto status = batch.Put(store_->identities(), rocksdb::Slice(item.identity.view()), value); !status.ok())
        return store_->error("không lập được chỉ mục", "cannot index", status);
    }
  }
  if (auto status = batch.Put(store_->meta(), rocksdb::Slice(kThroughKey), big_endian_u64(through.value())); !status.ok())
    return store_->error("không lập được chỉ mục", "cannot index", status);
  rocksdb::WriteOptions trailing;
  trailing.disableWAL = true;
  if (auto status = store_->db->Write(trailing, &batch); !status.ok()) {
    if (auto resumed = store_->db->Resume(); !resumed.ok())
      return store_->error("không lập được chỉ mục", "cannot index", resumed);
    return store_->error("không lập được chỉ mục", "cannot index", status);
  }
  // Otherwise long runs alone would never bring `through` to the disk.
  if (items.size() >= kRunItems) DONGBO_TRY(flush());
  store_->through.store(through.value(), std::memory_order_release);
  return {};
}

Result<std::vector<std::optional<Known>>> IdentityIndex::find(std::span<const event::Digest> identities) const {
  std::vector<std::optional<Known>> out(identities.size());
  std::vector<std::size_t> order(identities.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return identities[a] < identities[b]; });
  std::vector<rocksdb::Slice> keys(identities.size());
  for (std::size_t i = 0; i < order.size(); ++i) keys[i] = rocksdb::Slice(identities[order[i]].view());
  std::vector<rocksdb::PinnableSlice> values(identities.size());
  std::vector<rocksdb::Status> statuses(identities.size());
  constexpr bool kSorted = true;
  store_->db->MultiGet({}, store_->identities(), keys.size(), keys.data(), values.data(), statuses.data(), kSorted);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) return store_->error("không tra cứu được", "cannot look up", statuses[i]);
    out[order[i]] = decode_known(values[i].ToStringView());
    if (!out[order[i]])
      return Error::fatal(fmt::format(
          "phân mảnh {0}: giá trị của một danh tính bị hỏng / shard {0}: an identity's value is damaged", store_->shard.value()));
  }
  return out;
}

Sequence IdentityIndex::through() const {
  return Sequence(store_->through.load(std::memory_order_acquire));
}

Result<void> IdentityIndex::flush() {
  rocksdb::FlushOptions options;
  if (auto status = store_->db->Flush(options, store_->handles); !status.ok())
    return store_->error("không ghi hết được xuống đĩa", "cannot flush", status);
  return {};
}

Result<void> IdentityIndex::compact() {
  DONGBO_TRY(flush());
  if (auto status = store_->db->CompactRange({}, store_->identities(), nullptr, nullptr); !status.ok())
    return store_->error("không thu gọn được", "cannot compact", status);
  return {};
}

Result<void> IdentityIndex::for_each(const std::function<bool(const event::Digest&, const Known&)>& take) const {
  std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, store_->identities()));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    const auto known = decode_known(at->value().ToStringView());
    if (at->key().size() != 16 || !known)
      return Error::poison(fmt::format("phân mảnh {0}: dòng của một danh tính bị hỏng / shard {0}: an identity's row is damaged",
                                       store_->shard.value()));
    if (!take(event::Digest::from(at->key().ToStringView()), *known)) return {};
  }
  if (!at->status().ok()) return store_->error("không đọc được", "cannot read", at->status());
  return {};
}

const Known* RecentIdentities::find(const event::Digest& identity) const {
  if (const auto found = young_.find(identity); found != young_.end()) return &found->second;
  if (const auto found = old_.find(identity); found != old_.end()) return &found->second;
  return nullptr;
}

void RecentIdentities::add(const event::Digest& identity, const Known& known) {
  young_.emplace(identity, known);
  young_last_ = known.sequence;
}

void RecentIdentities::forget_through(Sequence indexed) {
  if (!old_.empty() && old_last_ <= indexed) old_.clear();
  if (old_.empty() && young_.size() >= kGenerationMax) {
    std::swap(old_, young_);
    old_last_ = young_last_;
  }
}

void RecentIdentities::take_back(std::span<const event::Digest> identities) {
  for (const auto& identity : identities) young_.erase(identity);
}

}  // namespace dongbo::journal
