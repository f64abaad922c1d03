#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/event/entry_source.h"
#include "hub/projection/past.h"
#include "hub/projection/projection.h"
#include "hub/projection/state_store.h"

namespace dongbo::projection {

struct EngineOptions {
  std::size_t held_rows_bytes = 160u << 20;    // of decoded rows in memory (a person's: about 340); more is committed
  std::size_t commit_bytes_max = 32u << 20;    // about: what is folded is committed before it is more
  std::size_t write_buffer_bytes = 16u << 20;  // of RocksDB's memory, for small commits
  std::size_t files_from_bytes = 2u << 20;     // a commit of more is written as sorted files, not to RocksDB's memory
  std::uint64_t changes_kept = 1'000'000;      // sequences whose row changes a feed can resume over
  bool read_only = false;
};

// The state of one projection in one shard, for /v1/projections.
struct ProjectionStatus {
  std::string projection;
  std::uint32_t version = 0;
  Sequence position;
  std::vector<SetAside> set_aside;  // the first 100
  std::uint64_t set_aside_count = 0;
  // A rebuild that is under way or waits to be resumed.
  struct Rebuild {
    Sequence position;
    bool running = false;
    std::string error;  // why it stopped, when it failed
  };
  std::optional<Rebuild> rebuild;
};

// Folds a shard's entries into all projections and keeps their rows: a RocksDB directory without write-ahead log, one
// column family a projection and generation, flushed atomically together with the applied sequence. After a crash it is
// at an older applied sequence and folds the journal's tail again: the same rows, because folds are pure.
//
// Owned by the Shard. fold(), folded(), is_full(), commit(), skip(), finish_rebuilds() by the trail thread only; compact() alone;
// snapshot(), past(), status(), changes() by any thread; start_rebuild()/cancel_rebuild() by any thread (they only ask; one reads
// `entries` once for all that is rebuilt, beside the live generations; the trail thread swaps in what caught up).
class FoldEngine {
 public:
  static Result<std::unique_ptr<FoldEngine>> open(const std::filesystem::path& directory, ShardId shard,
                                                  std::vector<std::unique_ptr<Projection>> projections,
                                                  const event::EntrySource& entries, EngineOptions options);
  ~FoldEngine();

  // Folds entries with sequences folded()+1… in order, in memory: they can be read from commit() on. On an error (disk)
  // nothing since the last commit counts: folded() is applied() again.
  Result<void> fold(const std::vector<event::EntryRecord>& records);
  Sequence folded() const;
  // Makes what was folded readable, all at once. On an error nothing of it counts.
  Result<void> commit();
  // Does it hold as much of rows in memory as it may? Then it is time to commit.
  bool is_full() const;
  // Steps over entries that the journal cannot give any more (a damaged block): every projection sets them aside. Commits
  // before.
  Result<void> skip(Sequence first, Sequence last, const std::string& reason);
  Sequence applied() const;
  // Writes everything to disk: applied() survives a crash from here on.
  Result<void> flush();
  // Gives back what rows that were overwritten take on the disk; needs room for the largest projection once more meanwhile.
  Result<void> compact();

  std::unique_ptr<StateSnapshot> snapshot() const;
  // The rows as they were at a moment. REQUIRES: moment.through is in the journal and at most kPastEventsMax.
  std::shared_ptr<const StateSnapshot> past(const PastMoment& moment) const;

  // Row changes with last_changed > after of the fold batches that end after `after`, in ascending last_changed; stops
  // after the batch in which `changes_max` is reached and sets `through` to that batch's end. nullopt: `after` is older
  // than what is kept.
  struct Changes {
    std::vector<RowChange> rows;
    Sequence through;
  };
  Result<std::optional<Changes>> changes(Sequence after, std::size_t changes_max) const;
  // A changed row as people read it, from a snapshot.
  struct ShownRow {
    std::string meeting;  // of its key; empty when rows of this table belong to none
    std::string json;     // {"projection","table","key":{…},"row":{…}|null}
  };
  Result<ShownRow> render(const RowChange& change, const StateSnapshot& snapshot) const;

  std::vector<ProjectionStatus> status() const;
  // Builds `projection` anew beside the live one. Conflict error when one is running; not-found when unknown. A cancelled
  // or interrupted rebuild goes on from where it was. Several asked for together cost one reading of the journal.
  Result<void> start_rebuild(const std::string& projection);
  Result<void> cancel_rebuild(const std::string& projection);
  // Swaps in what caught up; what cannot be folded to the end waits again. REQUIRES: what was folded is committed.
  Result<void> finish_rebuilds();
  bool rebuild_waits() const;  // a rebuilt generation has caught up and waits for finish_rebuilds()

  // Every stored row of a projection's live generation, in key order: for verify and for comparing two states.
  Result<void> for_each_row(const std::string& projection,
                            const std::function<bool(std::string_view stored_key, std::string_view value)>& take) const;

 private:
  struct Impl;
  explicit FoldEngine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::projection
