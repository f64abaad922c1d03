#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hub/base/clock.h"
#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/base/time_histogram.h"
#include "hub/event/event.h"
#include "hub/event/fault.h"
#include "hub/journal/journal.h"
#include "hub/projection/engine.h"

namespace dongbo::shard {

// What became of one item of a submission.
struct Outcome {
  enum class Kind {
    kAccepted,     // journaled now, at `sequence`
    kDuplicate,    // the same event is already there, at `sequence`
    kConflict,     // the identity is there with other content, at `sequence`; this one is kept in quarantine
    kQuarantined,  // refused by the door and kept in quarantine, as the door asked
    kFailed,       // not taken, nothing of it is kept: the disk failed; sending again is right
  };
  Kind kind = Kind::kFailed;
  Sequence sequence{};
  QuarantineNumber quarantine{};
  std::string_view why{};  // kFailed, for people; while done() runs
};

// A refused item that is to be kept (it came over Kafka or from a file).
struct RefusedItem {
  event::Refusal refusal;
  std::string raw;
  std::string content_type;
  std::string attributes;  // binary mode, see journal::QuarantineEntry
};

struct Admission {
  std::variant<event::PreparedEvent, RefusedItem> item;
  Millis recorded_at;         // when the hub got it: the door's clock, or the broker's timestamp
  std::int64_t ordinal = -1;  // offset or line, for the origin of what is quarantined
};

// The door of what comes from quarantine again.
inline constexpr std::string_view kRedriveDoor = "redrive";

// Items that are decided in order and become durable together, or not at all. A submission is never split.
struct Submission {
  std::vector<Admission> items;
  journal::Origin origin;  // of all items; `ordinal` is taken from each
  std::vector<journal::SourcePosition> positions;
  // Called once, on the shard's owner thread, after the batch is synced (or failed): one outcome an item. Only hand the
  // outcomes on: the owner thread waits.
  std::function<void(std::vector<Outcome>)> done;
};

struct ShardOptions {
  std::size_t queue_bytes_max = 32u << 20;  // waiting submissions; beyond it submit() refuses
  std::size_t trail_lag_max = 500'000;      // events not folded yet; beyond it submit() refuses until the trail is nearer
  projection::EngineOptions engine;
};

// Where events that are not new were recognised.
struct IdentityLooks {
  std::uint64_t found_in_memory = 0;
  std::uint64_t found_in_index = 0;  // on the disk
  std::uint64_t asked_of_index = 0;  // the others of these were new, though the filter did not say so
};

struct ShardStatus {
  ShardId shard;
  Sequence head;
  Sequence folded;
  Sequence indexed;
  std::size_t queue_bytes = 0;
  std::size_t queue_bytes_max = 0;  // this and the next: see ShardOptions
  std::size_t lag_max = 0;
  std::size_t recent_identities = 0;
  std::uint64_t accepted = 0;    // since the start
  std::uint64_t duplicates = 0;  // this and the next: without what was re-driven
  std::uint64_t conflicts = 0;
  std::uint64_t quarantined = 0;   // refused and kept; conflicts are counted apart
  TimeHistogram::Reading appends;  // synced writes to the journal, one a batch
  TimeHistogram::Reading folds;    // batches folded into all projections
  TimeHistogram::Reading indexed_runs;
  IdentityLooks identity_looks;  // since the start
  std::string failure;           // empty: healthy
};

// The pipeline of one partition: admit > journal > acknowledge > fold > notify. One directory, one owner thread that
// decides identities and appends, one trail thread that indexes identities and folds; all else talks to it through
// submit() and snapshots.
//
// Life: open (recovers: the tail is indexed and folded again), start, submit from any thread, stop (drains the queue,
// folds what is journaled, flushes; may be called twice), destroyed.
class Shard {
 public:
  static Result<std::unique_ptr<Shard>> open(const std::filesystem::path& directory, ShardId id, ShardOptions options);
  ~Shard();

  // Called on the trail thread after each fold, with the range that became readable. Set before start().
  void on_folded(std::function<void(ShardId, Sequence from, Sequence through)> listener);
  void start();
  void stop();
  // Gives back on the disk what was written and is held no more. REQUIRES: not started.
  Result<void> compact();

  // False: the queue is full, the trail is too far behind, or the shard stops; nothing was taken, try again later.
  bool submit(Submission& submission);

  ShardId id() const;
  Sequence head() const;        // durable
  Sequence folded() const;      // readable in snapshots
  std::string failure() const;  // what keeps it from writing or folding now; empty: nothing
  ShardStatus status() const;
  journal::Journal& journal();
  const journal::Journal& journal() const;
  projection::FoldEngine& engine();
  const projection::FoldEngine& engine() const;
  // Duplicates and conflicts by source since the start, for /v1/sources. Any thread.
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> repeats_by_source() const;

 private:
  struct Impl;
  explicit Shard(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::shard
