#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/entry_source.h"
#include "hub/journal/block.h"
#include "hub/journal/quarantine.h"

namespace dongbo::journal {

// The append-only log of one shard: a RocksDB directory that holds blocks (FORMAT.md), the quarantine and the source
// positions. What append() returned from is on the disk: one synced write-ahead batch holds all of it or none.
//
// Owned by the Shard. append() is called by the shard's owner thread only; everything else by any thread.
// Invariants: sequences are contiguous from 1; the head only grows; an entry is never changed or removed; recorded times
// never go back, so that a moment is a place: what comes while the clock stands behind gets the time recorded last.
class Journal {
 public:
  enum class Mode { kReadWrite, kReadOnly };  // read-only opens beside a running hub and sees what was synced by then

  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& directory, ShardId shard, Mode mode);
  ~Journal();

  struct Append {
    std::vector<BlockEntry> entries;
    std::vector<SourcePosition> positions;
    std::vector<QuarantineEntry> quarantine;
  };
  struct Appended {
    Sequence first;                     // of the entries; head().next() when there were none
    QuarantineNumber first_quarantine;  // of the quarantine entries
  };
  // Durable on return. On an error nothing of it counts: the same append may be tried again (a full disk that was freed).
  Result<Appended> append(const Append& what);
  // Why append() and settle_quarantine() would refuse now: the disk is nearly full, or the directory is not there any more.
  std::optional<Error> hindrance() const;

  ShardId shard() const { return shard_; }
  Sequence head() const { return Sequence(head_.load(std::memory_order_acquire)); }
  std::optional<Offset> source_position(const std::string& topic, std::int32_t partition) const;

  // The block that holds `sequence`; blocks appended lately come from memory. NotFound past the head; poison when the
  // block is damaged (the error names its sequences and file).
  Result<std::shared_ptr<const Block>> block_at(Sequence sequence) const;
  // Where the block ends that block_at() could not give for `sequence`: the index still says it. The way past damage.
  Result<Sequence> end_of_damage(Sequence sequence) const;

  // See event::EntrySource::read.
  Result<void> read(Sequence after, Sequence through, const std::function<bool(const event::EntryRecord&)>& take,
                    const std::function<void(Sequence, Sequence, const std::string&)>& damaged) const;

  // Quarantine entries with number > after, ascending, until `take` returns false.
  Result<void> read_quarantine(QuarantineNumber after, const std::function<bool(const NumberedQuarantineEntry&)>& take) const;
  Result<QuarantineEntry> quarantine_entry(QuarantineNumber number) const;
  // The entry that holds the same already, see likeness_of; nullopt once that one is settled.
  Result<std::optional<QuarantineNumber>> held_as(const event::Digest& likeness) const;
  // Synced. Conflict error when the entry is no longer held.
  Result<void> settle_quarantine(QuarantineNumber number, QuarantineState state, const std::string& note);
  QuarantineNumber quarantine_head() const { return QuarantineNumber(quarantine_head_.load(std::memory_order_acquire)); }

  // First and last sequence of every block, from the index alone: for verify. Until `take` returns false.
  Result<void> read_index(const std::function<bool(Sequence first, Sequence last)>& take) const;

  // Gives back what the log and overwritten positions take on the disk. Blocks stay as they are: each is written once.
  Result<void> compact();
  std::uint64_t disk_bytes() const;  // with the log

 private:
  struct Store;
  Journal(ShardId shard, std::unique_ptr<Store> store);
  struct Extent {
    Sequence first, last;
  };
  Result<Extent> extent_of(Sequence sequence) const;
  Result<std::shared_ptr<const Block>> load(Extent extent) const;
  void tell_of_the_clock(Millis now);

  const ShardId shard_;
  std::unique_ptr<Store> store_;
  std::atomic<std::uint64_t> head_{0};
  std::atomic<std::uint64_t> quarantine_head_{0};
  std::mutex settle_mutex_;
  Millis recorded_at_{INT64_MIN};  // of the last entry; owner thread
  bool clock_is_behind_ = false;
};

}  // namespace dongbo::journal
