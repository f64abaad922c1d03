#include "hub/shard/trail.h"

#include <spdlog/spdlog.h>

#include "hub/base/this_thread.h"
#include "hub/shard/index_tail.h"

namespace dongbo::shard {
namespace {
constexpr std::size_t kFoldEvents = 8'192;  // of one step: larger ones cost memory
// A single event is folded at once; while few come at a time they are gathered this long, for a fold costs the same
// for one and for a hundred.
constexpr std::size_t kFewEvents = 1'024;
constexpr auto kGather = std::chrono::milliseconds(20);
constexpr auto kRetryPause = std::chrono::seconds(1);          // after the disk refused
constexpr auto kRebuildLook = std::chrono::milliseconds(100);  // how often a finished rebuild is looked for when idle
}  // namespace

Result<void> Trail::commit() {
  const auto from = engine_.applied().next();
  DONGBO_TRY(engine_.commit());
  if (listener_ && from <= engine_.applied()) listener_(shard_, from, engine_.applied());
  return {};
}

Result<void> Trail::fold_step() {
  std::vector<std::shared_ptr<const journal::Block>> blocks;  // keep the records' bytes
  std::vector<event::EntryRecord> records;
  auto through = engine_.folded();
  // Folds look events up by identity: what is folded is indexed before.
  const auto end = std::min(index_.through(), journal_.head());
  while (through < end && records.size() < kFoldEvents) {
    auto block = journal_.block_at(through.next());
    if (!block) {
      if (!records.empty()) break;
      DONGBO_ASSIGN(const auto last, journal_.end_of_damage(through.next()));
      spdlog::error("phân mảnh {0}: để riêng các sự kiện của khối hỏng / shard {0}: {1}; its events are set aside",
                    shard_.value(), block.error().message);
      DONGBO_TRY(commit());
      return engine_.skip(through.next(), last, block.error().message);
    }
    for (const auto& record : (*block)->records())
      if (record.sequence > through && record.sequence <= end) records.push_back(record);
    through = std::min(end, (*block)->last());
    blocks.push_back(std::move(*block));
  }
  const auto start = std::chrono::steady_clock::now();
  DONGBO_TRY(engine_.fold(records));
  // Far behind, a row is written once for many steps: rows are shown when half as much is folded as still waits, so that
  // nothing is shown much later than it would have been. Bulk load 13.4 -> 9.8 us of processor time an event, a rebuild 8.5
  // -> 4.4.
  const auto waits = journal_.head().value() - through.value();
  const auto folded = through.value() - engine_.applied().value();
  if (folded >= waits / 2 || engine_.is_full()) DONGBO_TRY(commit());
  folds_.add(std::chrono::steady_clock::now() - start);
  return {};
}

Result<void> Trail::step() {
  // What is folded is indexed before, and what is not indexed is held in memory: between the two limits indexing waits,
  // so that under load it comes in long runs, which are cheaper.
  const auto unindexed = journal_.head().value() - index_.through().value();
  const bool folds_wait = index_.through() < Sequence(engine_.folded().value() + kFoldEvents);
  if (unindexed > 0 && (folds_wait || unindexed >= kIndexEvents)) {
    const auto start = std::chrono::steady_clock::now();
    DONGBO_TRY(index_some(journal_, index_));
    indexed_runs_.add(std::chrono::steady_clock::now() - start);
  }
  if (engine_.applied() < index_.through()) DONGBO_TRY(fold_step());
  if (engine_.rebuild_waits()) {
    DONGBO_TRY(commit());
    DONGBO_TRY(engine_.finish_rebuilds());
  }
  return {};
}

Result<void> Trail::catch_up() {
  while (behind()) DONGBO_TRY(step());
  return {};
}

void Trail::start() {
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void Trail::run() {
  // On two cores single events at 100 connections 14 -> 20 k/s, attendance under intake p99 104 -> 45 ms.
  lower_this_thread(Niceness::kFollows);
  name_this_thread("fold " + std::to_string(shard_.value()));
  auto stepped = std::chrono::steady_clock::time_point();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (!behind()) {
        if (stopping_) return;
        wake_.wait_for(lock, kRebuildLook, [&] { return woken_ || stopping_; });
      }
      if (journal_.head().value() - engine_.applied().value() < kFewEvents)
        wake_.wait_until(lock, stepped + kGather, [&] { return stopping_; });
      woken_ = false;
    }
    stepped = std::chrono::steady_clock::now();
    auto done = step();
    std::unique_lock lock(mutex_);
    if (done) {
      failure_.clear();
      continue;
    }
    if (failure_ != done.error().message) spdlog::error("shard {}: {}", shard_.value(), done.error().message);
    failure_ = done.error().message;
    if (stopping_) return;  // the journal has everything; the next start folds it
    wake_.wait_for(lock, kRetryPause, [&] { return stopping_; });
  }
}

void Trail::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void Trail::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (!thread_.joinable()) return;
  thread_.join();
  for (const auto& flushed : {index_.flush(), engine_.flush()}) {
    if (flushed) continue;
    spdlog::error("{}", flushed.error().message);
    std::lock_guard lock(mutex_);
    failure_ = flushed.error().message;
  }
}

std::string Trail::failure() const {
  std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace dongbo::shard
