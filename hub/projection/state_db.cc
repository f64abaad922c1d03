#include "hub/projection/state_db.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>

#include "hub/base/store_options.h"
#include "hub/projection/record_bag.h"

namespace dongbo::projection {
namespace {

constexpr const char* kChangesFamily = "changes";
constexpr const char* kLastCompression = "bottommost_compression";
constexpr const char* kUnstoredFiles = "unstored";
// Files of a family on its first level, one a large commit: as many are merged at a time, from `many` on who writes to memory is
// slowed down, at last stopped. Merging eight at a time took the merging threads a quarter more.
constexpr int kMergedFiles = 16, kManyFiles = 4 * kMergedFiles, kTooManyFiles = 6 * kMergedFiles;
constexpr int kMergedFilesOfRewritten = 4;
constexpr std::string_view kRewrittenSuffix = "+rewritten";  // of the name of the family beside

class MergeBags final : public rocksdb::AssociativeMergeOperator {
  const char* Name() const override { return "dongbo.RecordBag"; }
  bool Merge(const rocksdb::Slice&, const rocksdb::Slice* held, const rocksdb::Slice& more, std::string* merged,
             rocksdb::Logger*) const override {
    merged->clear();
    if (held != nullptr) merged->assign(held->data(), held->size());
    return RecordBag::merge_bytes(*merged, more.ToStringView());
  }
};

rocksdb::ColumnFamilyOptions family_options(const EngineOptions& options, std::string_view name) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes;
  family.arena_block_size = 64u << 10;              // a family with few rows stays small
  family.memtable_prefix_bloom_size_ratio = 0.005;  // 13 bits a row of a full buffer; every family has one, empty or not
  family.memtable_whole_key_filtering = true;
  family.level0_file_num_compaction_trigger = name.ends_with(kRewrittenSuffix) ? kMergedFilesOfRewritten : kMergedFiles;
  family.level0_slowdown_writes_trigger = kManyFiles;
  family.level0_stop_writes_trigger = kTooManyFiles;
  // The first two levels are merged again and again: compressing them was 5 % of all processor time of intake. Files that are
  // taken over (SortedFiles) may overlap nothing and come to lie deeper, not compressed either until they are merged.
  family.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  family.merge_operator = std::make_shared<MergeBags>();
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  static const auto cache = rocksdb::NewLRUCache(64u << 20);  // one for all shards of the process
  table.block_cache = cache;
  table.format_version = 5;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

// What a crash left of commits that were being written.
void remove_unstored(const std::filesystem::path& directory) {
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(directory, none))
    if (file.path().filename().string().starts_with(kUnstoredFiles)) std::filesystem::remove(file.path(), none);
}

}  // namespace

Family::~Family() {
  for (auto* const handle : handles()) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
}

Error StateDb::error(const char* vietnamese, const char* english, const rocksdb::Status& status) const {
  return Error::transient(fmt::format("phân mảnh {0}: bảng số liệu: {1} / shard {0}: projections: {2}: {3}", shard_.value(),
                                      vietnamese, english, status.ToString()));
}

Result<std::unique_ptr<StateDb>> StateDb::open(const std::filesystem::path& directory, ShardId shard,
                                               const EngineOptions& options) {
  auto db_options = store_options(options.read_only);
  db_options.atomic_flush = true;  // rows of all projections and `applied` reach the disk together
  db_options.db_write_buffer_size = options.write_buffer_bytes;
  db_options.max_open_files = 512;
  std::vector<std::string> names;
  if (auto status = rocksdb::DB::ListColumnFamilies(db_options, directory.string(), &names); !status.ok()) {
    if (options.read_only)
      return Error::fatal(fmt::format("phân mảnh {0}: không có bảng số liệu trong {1} / shard {0}: no projections in {1}: {2}",
                                      shard.value(), directory.string(), status.ToString()));
    names = {rocksdb::kDefaultColumnFamilyName};
  }
  if (!options.read_only && std::find(names.begin(), names.end(), kChangesFamily) == names.end())
    names.emplace_back(kChangesFamily);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& name : names) descriptors.emplace_back(name, family_options(options, name));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status = options.read_only ? rocksdb::DB::OpenForReadOnly(db_options, directory.string(), descriptors, &handles, &db)
                                        : rocksdb::DB::Open(db_options, directory.string(), descriptors, &handles, &db);
  if (!status.ok())
    return Error::fatal(
        fmt::format("phân mảnh {0}: không mở được bảng số liệu trong {1} / shard {0}: cannot open the projections in {1}: {2}",
                    shard.value(), directory.string(), status.ToString()));
  std::unique_ptr<StateDb> out(new StateDb(directory, shard, options));
  out->db_.reset(db);
  if (!options.read_only) remove_unstored(directory);  // now that nobody else has the directory
  std::map<std::string, Family::Handle> found;
  for (std::size_t i = 0; i < names.size(); ++i) found.emplace(names[i], handles[i]);
  const auto take = [&found](const std::string& name) -> Family::Handle {
    const auto node = found.extract(name);
    return node ? node.mapped() : nullptr;
  };
  for (const auto& name : names) {
    if (name.ends_with(kRewrittenSuffix)) continue;
    auto family = std::make_shared<Family>(name, take(name), take(name + std::string(kRewrittenSuffix)), db);
    if (name == rocksdb::kDefaultColumnFamilyName) {
      out->meta_ = std::move(family);
    } else if (name == kChangesFamily) {
      out->changes_ = std::move(family);
    } else {
      out->families_.emplace(name, std::move(family));
    }
  }
  // Of families that a crash left without the one they belong to nobody knows.
  for (const auto& [name, alone] : found) {
    const Family left(name, alone, nullptr, db);
    if (!options.read_only) DONGBO_TRY(out->drop(left));
  }
  return out;
}

StateDb::~StateDb() {
  families_.clear();
  meta_.reset();
  changes_.reset();
  if (db_)
    if (auto status = db_->Close(); !status.ok()) return;
}

std::optional<std::string> StateDb::meta_value(std::string_view name, const rocksdb::Snapshot* snapshot) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  std::string value;
  if (!db_->Get(options, meta(), rocksdb::Slice(name), &value).ok()) return std::nullopt;
  return value;
}

FamilyRef StateDb::find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = families_.find(name);
  return found == families_.end() ? nullptr : found->second;
}

std::vector<std::string> StateDb::names() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [name, family] : families_) out.push_back(name);
  return out;
}

Result<FamilyRef> StateDb::create(const std::string& name, bool with_rewritten) {
  rocksdb::Status status;
  const auto make = [&](const std::string& family) {
    Family::Handle handle = nullptr;
    if (status.ok()) status = db_->CreateColumnFamily(family_options(options_, family), family, &handle);
    return handle;
  };
  // In this order: a family that is there is whole.
  auto* const rewritten = with_rewritten ? make(name + std::string(kRewrittenSuffix)) : nullptr;
  auto* const rows = make(name);
  if (!status.ok()) return error("không tạo được bản mới", "cannot create a generation", status);
  auto family = std::make_shared<Family>(name, rows, rewritten, db_.get());
  std::lock_guard lock(mutex_);
  families_[name] = family;
  return FamilyRef(std::move(family));
}

Result<void> StateDb::drop(const std::string& name) {
  FamilyRef family;
  {
    std::lock_guard lock(mutex_);
    const auto found = families_.find(name);
    if (found == families_.end()) return {};
    family = found->second;
    families_.erase(found);
  }
  return drop(*family);
}

// Readers that hold the family still read it; its files go when they let go.
Result<void> StateDb::drop(const Family& family) {
  for (auto* handle : family.handles())
    if (auto status = db_->DropColumnFamily(handle); !status.ok())
      return error("không bỏ được bản cũ", "cannot drop a generation", status);
  return {};
}

// What is still in memory may not be lost when a large batch is not. It will not be: every batch of a writer holds a key of the
// meta family that the one before held too, and before files are stored over what is in memory, RocksDB flushes it, of all
// families atomically.
std::unique_ptr<StateBatch> StateDb::batch(std::size_t bytes) {
  // When merging files lags behind, RocksDB makes those wait that write to its memory.
  if (bytes <= options_.files_from_bytes || has_many_files()) return std::make_unique<MemoryBatch>(*db_, meta());
  return std::make_unique<SortedFiles>(*db_, meta(), directory_ / (kUnstoredFiles + std::to_string(++file_number_)),
                                       storing_files_);
}

Result<void> StateDb::write(StateBatch& batch) {
  if (auto status = batch.store(); !status.ok()) {
    if (auto resumed = db_->Resume(); !resumed.ok()) return error("không ghi được các dòng", "cannot write rows", resumed);
    return error("không ghi được các dòng", "cannot write rows", status);
  }
  return {};
}

bool StateDb::has_many_files() const {
  std::string files;
  for (const auto& family : all())
    for (auto* const handle : family->handles())
      if (db_->GetProperty(handle, rocksdb::DB::Properties::kNumFilesAtLevelPrefix + "0", &files) &&
          std::stoi(files) >= kManyFiles)
        return true;
  return false;
}

const rocksdb::Snapshot* StateDb::snapshot() const {
  std::shared_lock none_is_stored(storing_files_);
  return db_->GetSnapshot();
}

std::vector<FamilyRef> StateDb::all() const {
  std::vector<FamilyRef> out{meta_};
  if (changes_) out.push_back(changes_);
  std::lock_guard lock(mutex_);
  for (const auto& [name, family] : families_) out.push_back(family);
  return out;
}

Result<void> StateDb::flush() {
  const auto held = all();
  std::vector<Family::Handle> families;
  for (const auto& family : held)
    for (auto* const handle : family->handles()) families.push_back(handle);
  if (auto status = db_->Flush({}, families); !status.ok()) return error("không ghi hết được xuống đĩa", "cannot flush", status);
  return {};
}

Result<void> StateDb::compact() {
  DONGBO_TRY(flush());
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  for (const auto& family : all()) {
    for (auto* const handle : family->handles()) {
      // Compressed, whatever level it comes to lie on.
      auto status = db_->SetOptions(handle, {{kLastCompression, "kLZ4Compression"}});
      if (status.ok()) status = db_->CompactRange(options, handle, nullptr, nullptr);
      if (status.ok()) status = db_->SetOptions(handle, {{kLastCompression, "kDisableCompressionOption"}});
      if (!status.ok()) return error("không thu gọn được", "cannot compact", status);
    }
  }
  return {};
}

bool FamilyRows::read_keys(const std::function<bool(std::string_view)>& take) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  for (auto* const handle : family_->handles()) {
    std::unique_ptr<rocksdb::Iterator> at(db_.db()->NewIterator(options, handle));
    for (at->SeekToFirst(); at->Valid(); at->Next())
      if (!take(at->key().ToStringView())) return false;
    if (!at->status().ok()) return false;
  }
  return true;
}

Result<std::optional<std::string>> FamilyRows::get(std::string_view stored_key) const {
  if (!ever_) ever_.emplace([this](const auto& take) { return read_keys(take); });
  if (!ever_->may_have(stored_key)) return std::optional<std::string>();
  std::string value;
  const auto status = db_.db()->Get({}, family_->holding(stored_key), rocksdb::Slice(stored_key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return db_.error("không đọc được một dòng", "cannot read a row", status);
  return std::optional<std::string>(std::move(value));
}

Result<bool> FamilyRows::none_under(std::string_view stored_prefix) const {
  std::unique_ptr<rocksdb::Iterator> at(db_.db()->NewIterator({}, family_->holding(stored_prefix)));
  at->Seek(rocksdb::Slice(stored_prefix));
  if (!at->status().ok()) return db_.error("không đọc được các dòng", "cannot read rows", at->status());
  return !at->Valid() || !at->key().starts_with(rocksdb::Slice(stored_prefix));
}

}  // namespace dongbo::projection
