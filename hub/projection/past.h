#pragma once
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hub/event/entry_source.h"
#include "hub/projection/memory_rows.h"
#include "hub/projection/projection.h"
#include "hub/projection/state_store.h"

namespace dongbo::projection {

// A moment of a shard's history to look at: what it knew at a sequence (as of), of that only what had happened by a time
// (until), and only the events that name a meeting, when it is named, for that is much less to fold.
struct PastMoment {
  Sequence through;
  std::optional<Millis> until;
  std::string meeting;  // empty: all events

  bool takes(const event::EntryView& event) const {
    return (!until || event.time <= *until) && (meeting.empty() || event.data.text("meeting") == meeting);
  }
};

// How many entries a look at the past may fold; what lies further is for a replay into a sandbox.
inline constexpr std::uint64_t kPastEventsMax = 2'000'000;

// The rows of a shard as they were at a moment, made by folding its entries again: the same folds, the same rows. A
// projection is folded when it is first asked for, into memory. Any thread; the readers of one state wait for its folding.
class PastState final : public StateSnapshot {
 public:
  using Projections = std::vector<std::unique_ptr<Projection>>;

  // Goes on from `earlier` (may be none), a state of the same meeting at a lower sequence, of the same `until`.
  // `projections` and `entries` must outlive it.
  PastState(ShardId shard, const Projections& projections, const event::EntrySource& entries, PastMoment moment,
            std::weak_ptr<const PastState> earlier);

  const PastMoment& moment() const { return moment_; }
  std::size_t rows() const;  // folded so far
  Sequence applied() const override { return moment_.through; }
  std::optional<Millis> event_time() const override;  // of what was folded so far
  Result<std::optional<std::string>> get(std::string_view projection, std::string_view stored_key) const override;
  Result<void> scan(std::string_view projection, std::string_view stored_prefix, std::string_view after,
                    const std::function<bool(std::string_view, std::string_view)>& take) const override;
  std::optional<std::string> edition(std::string_view) const override { return std::nullopt; }

 private:
  struct Folded {
    MemoryRows rows;
    Millis latest{INT64_MIN};
  };
  Result<const Folded*> folded(std::string_view projection) const;  // nullptr: no such projection
  Result<void> fold(const Projection& projection, Sequence after, Folded& folded) const;
  std::shared_ptr<const Folded> kept(std::string_view projection) const;

  const ShardId shard_;
  const Projections& projections_;
  const event::EntrySource& entries_;
  const PastMoment moment_;
  mutable std::mutex mutex_;
  const std::weak_ptr<const PastState> earlier_;  // what was forgotten meanwhile is folded from the start
  mutable std::map<std::string, std::shared_ptr<const Folded>, std::less<>> folded_;
};

// The states of a shard that were looked at lately: a dashboard asks several things of one moment, and steps on from it.
// Those asked longest ago go when there are more than kKept, or together more than kRowsKept rows. Any thread.
class PastStates {
 public:
  PastStates(ShardId shard, const PastState::Projections& projections, const event::EntrySource& entries)
      : shard_(shard), projections_(projections), entries_(entries) {}
  std::shared_ptr<const PastState> at(const PastMoment& moment);

 private:
  static constexpr std::size_t kKept = 8;
  static constexpr std::size_t kRowsKept = 300'000;
  const ShardId shard_;
  const PastState::Projections& projections_;
  const event::EntrySource& entries_;
  std::mutex mutex_;
  std::list<std::shared_ptr<const PastState>> states_;  // the latest asked first
};

}  // namespace dongbo::projection
