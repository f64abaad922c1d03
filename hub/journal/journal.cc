#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/transaction_log.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include "hub/base/bytes.h"
#include "hub/base/disk_space.h"
#include "hub/base/in_both.h"
#include "hub/base/store_options.h"
#include "hub/event/timestamp.h"
#include "hub/journal/journal_store.h"

namespace dongbo::journal {
namespace {

// Column families: the index names the blocks so that a damaged one can be named and stepped over.
constexpr const char* kBlocks = "blocks";          // big-endian first sequence -> block
constexpr const char* kIndex = "index";            // big-endian first sequence -> big-endian last sequence
constexpr const char* kQuarantine = "quarantine";  // big-endian number -> QuarantineEntry
constexpr const char* kHeld = "held";              // likeness of what is held in quarantine -> its big-endian number
constexpr const char* kPositions = "positions";    // topic, zero byte, partition as text -> varint of the next offset

constexpr std::size_t kBlockBytesMax = 4u << 20;  // a block is closed at the entry that reaches it

constexpr std::uintmax_t kDiskReserveBytes = 32u << 20;  // more than a batch

constexpr std::int64_t kClockStepTold = 60'000;  // milliseconds back

// What a directory is, whatever its name: one that was removed, or replaced, is another.
std::pair<dev_t, ino_t> directory_itself(const std::filesystem::path& directory) {
  struct stat found {};
  if (::stat(directory.c_str(), &found) != 0) return {};
  return {found.st_dev, found.st_ino};
}

std::string position_key(const std::string& topic, std::int32_t partition) {
  return topic + '\0' + std::to_string(partition);
}

}  // namespace

Error disk_error(ShardId shard, const char* vietnamese, const char* english, const rocksdb::Status& status) {
  auto in_vietnamese = fmt::format("phân mảnh {}: {}", shard.value(), vietnamese);
  auto in_english = fmt::format("shard {}: {}: {}", shard.value(), english, status.ToString());
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kNoSpace)
    return Error::transient(in_both(in_vietnamese + "; hãy giải phóng dung lượng đĩa, hub sẽ tự chạy tiếp",
                                    in_english + "; free some space, the hub goes on by itself"));
  if (status.IsCorruption())
    return Error::poison(in_both(in_vietnamese + "; hãy chạy dongbo verify để biết chỗ hỏng",
                                 in_english + "; run dongbo verify to see what is damaged"));
  return Error::transient(in_both(in_vietnamese, in_english));
}

Journal::Journal(ShardId shard, std::unique_ptr<Store> store) : shard_(shard), store_(std::move(store)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& directory, ShardId shard, Mode mode) {
  auto options = store_options(mode != Mode::kReadWrite);
  // Every batch is synced, so only the last one may be torn; damage before it is refused, never dropped in silence.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_total_wal_size = 64u << 20;
  options.max_open_files = 256;

  rocksdb::ColumnFamilyOptions large;
  large.write_buffer_size = 16u << 20;
  large.compression = rocksdb::kNoCompression;                   // blocks are compressed already
  large.compaction_style = rocksdb::kCompactionStyleUniversal;   // keys only grow:
  large.compaction_options_universal.allow_trivial_move = true;  // files go deeper as they are
  large.level0_slowdown_writes_trigger = 64;                     // files overlap nowhere: many cost a reader nothing
  large.level0_stop_writes_trigger = 96;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(4u << 20);
  table.format_version = 5;
  table.block_size = 1;  // each of our blocks lies in one of RocksDB's alone, so damage takes one with it
  large.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::ColumnFamilyOptions small = large;
  small.write_buffer_size = 2u << 20;
  rocksdb::ColumnFamilyOptions looked_up = small;
  rocksdb::BlockBasedTableOptions filtered = table;
  filtered.block_size = 4u << 10;
  filtered.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));  // mostly it is not there
  looked_up.table_factory.reset(rocksdb::NewBlockBasedTableFactory(filtered));

  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, small},
                                                           {kBlocks, large},
                                                           {kIndex, small},
                                                           {kQuarantine, small},
                                                           {kPositions, small},
                                                           {kHeld, looked_up}};
  auto store = std::make_unique<Store>();
  store->directory = directory;
  rocksdb::DB* db = nullptr;
  const auto status = mode == Mode::kReadWrite
                          ? rocksdb::DB::Open(options, directory.string(), families, &store->handles, &db)
                          : rocksdb::DB::OpenForReadOnly(options, directory.string(), families, &store->handles, &db);
  if (!status.ok())
    return Error::fatal(
        fmt::format("phân mảnh {0}: không mở được nhật ký trong {1} / shard {0}: cannot open the journal in {1}: {2}",
                    shard.value(), directory.string(), status.ToString()));
  store->db.reset(db);
  store->directory_itself = directory_itself(directory);
  store->blocks = store->handles[1];
  store->index = store->handles[2];
  store->quarantine = store->handles[3];
  store->positions = store->handles[4];
  store->held = store->handles[5];

  std::unique_ptr<Journal> journal(new Journal(shard, std::move(store)));
  const auto& open = *journal->store_;
  std::unique_ptr<rocksdb::Iterator> last(open.db->NewIterator({}, open.index));
  last->SeekToLast();
  if (last->Valid()) journal->head_ = read_big_endian_u64(last->value().ToStringView());
  if (!last->status().ok())
    return disk_error(shard, "không đọc được chỉ mục của nhật ký", "cannot read the journal's index", last->status());
  std::unique_ptr<rocksdb::Iterator> quarantine(open.db->NewIterator({}, open.quarantine));
  quarantine->SeekToLast();
  if (quarantine->Valid()) journal->quarantine_head_ = read_big_endian_u64(quarantine->key().ToStringView());
  if (!quarantine->status().ok())
    return disk_error(shard, "không đọc được khu cách ly", "cannot read the quarantine", quarantine->status());
  // A last block that cannot be read says no time; verify names it.
  if (journal->head() > Sequence(0))
    if (const auto block = journal->block_at(journal->head())) journal->recorded_at_ = (*block)->records().back().recorded_at;
  return journal;
}

std::optional<Error> Journal::hindrance() const {
  // RocksDB would go on writing into files that no name leads to, and all of it would be gone with the process.
  if (directory_itself(store_->directory) != store_->directory_itself)
    return Error::transient(fmt::format(
        "phân mảnh {0}: không ghi được vào nhật ký: {1} đã bị xóa hoặc bị thay khi hub đang chạy; hãy trả lại thư mục "
        "cũ, hoặc dừng hub rồi chạy lại với thư mục hiện có / shard {0}: cannot write to the journal: {1} was removed "
        "or replaced while the hub runs; put back what was there, or stop the hub and start it on what is there now",
        shard_.value(), store_->directory.string()));
  if (const auto left = too_little_space(store_->directory, kDiskReserveBytes))
    return Error::transient(fmt::format(
        "phân mảnh {0}: không ghi được vào nhật ký: đĩa của {2} chỉ còn {1} MiB; hãy giải phóng dung lượng, hub sẽ tự "
        "chạy tiếp / shard {0}: cannot write to the journal: only {1} MiB are left on the disk of {2}; free some "
        "space, the hub goes on by itself",
        shard_.value(), *left >> 20, store_->directory.string()));
  return std::nullopt;
}

void Journal::tell_of_the_clock(Millis now) {
  const bool behind = recorded_at_.value() > now.value() && recorded_at_.value() - now.value() > kClockStepTold;
  if (behind && !clock_is_behind_)
    spdlog::warn(
        "phân mảnh {0}: đồng hồ chỉ {1}, nhưng đã có sự kiện ghi lúc {2}: đến khi đồng hồ tới đó, mọi sự kiện được ghi vào lúc "
        "ấy / shard {0}: the clock says {1}, but something was recorded at {2} already: until the clock has come there, that is "
        "when things are recorded",
        shard_.value(), event::format_timestamp(now), event::format_timestamp(recorded_at_));
  clock_is_behind_ = behind;
}

Result<Journal::Appended> Journal::append(const Append& what) {
  if (auto hindered = hindrance()) return std::move(*hindered);
  if (!what.entries.empty()) tell_of_the_clock(what.entries.front().recorded_at);
  const Appended out{head().next(), quarantine_head().next()};
  rocksdb::WriteBatch batch;
  auto status = rocksdb::Status::OK();
  const auto put = [&](rocksdb::ColumnFamilyHandle* family, std::string_view key, std::string_view value) {
    if (status.ok()) status = batch.Put(family, rocksdb::Slice(key), rocksdb::Slice(value));
  };
  std::vector<std::pair<std::shared_ptr<const Block>, std::size_t>> blocks;
  std::uint64_t last = head().value();
  auto recorded_at = recorded_at_;
  for (std::size_t at = 0; at < what.entries.size();) {
    std::size_t bytes = 0;
    auto end = at;
    while (end < what.entries.size() && end - at < kBlockEntriesMax && (end == at || bytes < kBlockBytesMax))
      bytes += what.entries[end++].entry.size();
    const Sequence first(last + 1);
    last += end - at;
    const bool final_block = end == what.entries.size();
    auto block = std::make_shared<const Block>(
        Block::of(first, std::span(what.entries).subspan(at, end - at),
                  final_block ? std::span(what.positions) : std::span<const SourcePosition>(), recorded_at));
    recorded_at = block->records().back().recorded_at;
    const auto encoded = block->encode();
    put(store_->blocks, big_endian_u64(first.value()), encoded);
    blocks.emplace_back(std::move(block), encoded.size() * 4);
    put(store_->index, big_endian_u64(first.value()), big_endian_u64(last));
    at = end;
  }
  for (const auto& position : what.positions) {
    std::string value;
    put_varint(value, zigzag(position.next.value()));
    put(store_->positions, position_key(position.topic, position.partition), value);
  }
  auto number = out.first_quarantine;
  for (const auto& entry : what.quarantine) {
    put(store_->quarantine, big_endian_u64(number.value()), encode_record(entry));
    put(store_->held, likeness_of(entry).view(), big_endian_u64(number.value()));
    number = number.next();
  }
  rocksdb::WriteOptions synced;
  synced.sync = true;
  if (status.ok()) status = store_->db->Write(synced, &batch);
  if (!status.ok()) {
    // A full disk stops RocksDB's writing until it is told to go on; the next append then finds it open again.
    Store::ignore_status(store_->db->Resume());
    return disk_error(shard_, "không ghi thêm được vào nhật ký", "cannot append to the journal", status);
  }
  for (auto& [block, memory] : blocks) store_->remember(std::move(block), memory);
  recorded_at_ = recorded_at;
  head_.store(last, std::memory_order_release);
  quarantine_head_.store(number.value() - 1, std::memory_order_release);
  return out;
}

std::optional<Offset> Journal::source_position(const std::string& topic, std::int32_t partition) const {
  std::string value;
  if (!store_->db->Get({}, store_->positions, position_key(topic, partition), &value).ok()) return std::nullopt;
  ByteReader in(value);
  const auto next = unzigzag(in.varint());
  return in.ok() ? std::optional(Offset(next)) : std::nullopt;
}

// From the index alone: where the block lies that holds `sequence`.
Result<Journal::Extent> Journal::extent_of(Sequence sequence) const {
  std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, store_->index));
  at->SeekForPrev(big_endian_u64(sequence.value()));
  if (!at->status().ok())
    return disk_error(shard_, "không đọc được chỉ mục của nhật ký", "cannot read the journal's index", at->status());
  if (at->Valid()) {
    const Extent extent{Sequence(read_big_endian_u64(at->key().ToStringView())),
                        Sequence(read_big_endian_u64(at->value().ToStringView()))};
    if (sequence <= extent.last) return extent;
  }
  return Error::poison(fmt::format("phân mảnh {0}: không khối nào chứa số thứ tự {1} / shard {0}: no block holds sequence {1}",
                                   shard_.value(), sequence.value()));
}

Result<Sequence> Journal::end_of_damage(Sequence sequence) const {
  DONGBO_ASSIGN(const auto extent, extent_of(sequence));
  return extent.last;
}

Result<std::shared_ptr<const Block>> Journal::load(Extent extent) const {
  const auto first = extent.first, last = extent.last;
  std::string bytes;
  const auto status = store_->db->Get({}, store_->blocks, big_endian_u64(first.value()), &bytes);
  if (!status.ok())
    return Error::poison(
        fmt::format("phân mảnh {0}: không đọc được khối các số thứ tự {1}-{2} / shard {0}: block of sequences {1}-{2} cannot be "
                    "read: {3}",
                    shard_.value(), first.value(), last.value(), status.ToString()));
  auto block = Block::decode(bytes);
  if (!block)
    return Error::poison(
        fmt::format("phân mảnh {0}: khối các số thứ tự {1}-{2} bị hỏng / shard {0}: block of sequences {1}-{2} is damaged: {3}",
                    shard_.value(), first.value(), last.value(), block.error().message));
  if (block->first() != first || block->last() != last)
    return Error::poison(
        fmt::format("phân mảnh {0}: khối các số thứ tự {1}-{2} lại chứa {3}-{4} / shard {0}: block of sequences {1}-{2} holds "
                    "{3}-{4} instead",
                    shard_.value(), first.value(), last.value(), block->first().value(), block->last().value()));
  return std::make_shared<const Block>(std::move(*block));
}

Result<std::shared_ptr<const Block>> Journal::block_at(Sequence sequence) const {
  if (sequence > head() || sequence == Sequence(0))
    return Error::not_found(
        fmt::format("phân mảnh {0} có số thứ tự 1-{1}, không có {2} / shard {0} holds sequences 1-{1}, not {2}", shard_.value(),
                    head().value(), sequence.value()));
  {
    std::lock_guard lock(store_->recent_mutex);
    const auto& recent = store_->recent;
    if (!recent.empty() && recent.front()->first() <= sequence) {
      const auto found =
          std::partition_point(recent.begin(), recent.end(), [&](const auto& block) { return block->last() < sequence; });
      if (found != recent.end() && (*found)->first() <= sequence) return *found;
    }
  }
  DONGBO_ASSIGN(const auto extent, extent_of(sequence));
  return load(extent);
}

Result<void> Journal::read(Sequence after, Sequence through, const std::function<bool(const event::EntryRecord&)>& take,
                           const std::function<void(Sequence, Sequence, const std::string&)>& damaged) const {
  through = std::min(through, head());
  while (after < through) {
    auto block = block_at(after.next());
    if (!block) {
      DONGBO_ASSIGN(const auto last, end_of_damage(after.next()));
      damaged(after.next(), std::min(last, through), block.error().message);
      after = last;
      continue;
    }
    const auto& records = (*block)->records();
    for (std::size_t i = after.next().value() - (*block)->first().value(); i < records.size(); ++i) {
      if (records[i].sequence > through) return {};
      if (!take(records[i])) return {};
    }
    after = (*block)->last();
  }
  return {};
}

Result<void> Journal::read_index(const std::function<bool(Sequence, Sequence)>& take) const {
  std::unique_ptr<rocksdb::Iterator> at(store_->db->NewIterator({}, store_->index));
  for (at->SeekToFirst(); at->Valid(); at->Next())
    if (!take(Sequence(read_big_endian_u64(at->key().ToStringView())), Sequence(read_big_endian_u64(at->value().ToStringView()))))
      return {};
  if (!at->status().ok())
    return disk_error(shard_, "không đọc được chỉ mục của nhật ký", "cannot read the journal's index", at->status());
  return {};
}

Result<void> Journal::compact() {
  if (auto status = store_->db->Flush({}, store_->handles); !status.ok())
    return disk_error(shard_, "không ghi hết được xuống đĩa", "cannot flush", status);
  for (auto* family : {store_->quarantine, store_->positions, store_->held})
    if (auto status = store_->db->CompactRange({}, family, nullptr, nullptr); !status.ok())
      return disk_error(shard_, "không thu gọn được", "cannot compact", status);
  return {};
}

std::uint64_t Journal::disk_bytes() const {
  std::uint64_t out = 0;
  for (auto* family : store_->handles) {
    std::uint64_t bytes = 0;
    if (store_->db->GetIntProperty(family, rocksdb::DB::Properties::kTotalSstFilesSize, &bytes)) out += bytes;
  }
  rocksdb::VectorLogPtr logs;
  if (store_->db->GetSortedWalFiles(logs).ok())
    for (const auto& log : logs) out += log->SizeFileBytes();
  return out;
}

}  // namespace dongbo::journal
