#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/event/position.h"
#include "hub/shard/shard_set.h"

namespace dongbo::query {

// A moment of the past to look at: what the hub knew at a position, of that what had happened by a time.
struct Moment {
  event::Position as_of;
  std::optional<Millis> until;
};

// What one answer reads: a snapshot of each shard it asks for, taken at the first asking, all of it at or after the
// position of the view. Made for one answer, on one thread.
//
// A position promises that everything up to it was readable: of shards that were not asked, the folded position when the
// view was made.
class View {
 public:
  explicit View(const shard::ShardSet& shards);
  // From now on reads rows as they were at `moment`. REQUIRES: nothing was read yet; the journals reach it.
  void look_at(Moment moment) { moment_ = std::move(moment); }

  const shard::ShardSet& shards() const { return shards_; }
  ShardId home(std::string_view home_key) const { return shards_.home(home_key); }
  const projection::StateSnapshot& at(ShardId shard) { return at(shard, {}); }
  const projection::StateSnapshot& at_home(std::string_view home_key) { return at(home(home_key)); }
  // The rows of one meeting and what else is folded from its events: in the past nothing else has to be folded again.
  const projection::StateSnapshot& at_meeting(const std::string& meeting) { return at(home(meeting), meeting); }
  std::vector<ShardId> all() const;

  event::Position position() const;
  // The answer comes from the journal itself, as far as `position`: so says position() from now on.
  void reads_to(event::Position position) { read_to_ = std::move(position); }
  // Is something journaled before the view was made not in the shards that were asked?
  bool behind() const;
  std::string event_time() const;  // the latest event of the shards that were asked, "" when none

  // {"position","event_time","provisional"}
  std::string freshness() const;

 private:
  const projection::StateSnapshot& at(ShardId shard, const std::string& meeting);
  std::shared_ptr<const projection::StateSnapshot> open(ShardId shard, const std::string& meeting) const;

  const shard::ShardSet& shards_;
  event::Position folded_;
  event::Position head_;
  std::optional<event::Position> read_to_;
  std::optional<Moment> moment_;
  std::map<std::pair<ShardId, std::string>, std::shared_ptr<const projection::StateSnapshot>> snapshots_;
};

}  // namespace dongbo::query
