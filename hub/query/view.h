#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/event/position.h"
#include "hub/shard/shard_set.h"

namespace dongbo::query {

// What one answer reads: a snapshot of each shard it asks for, taken at the first asking, all of it at or after the
// position of the view. Made for one answer, on one thread.
//
// A position promises that everything up to it was readable: of shards that were not asked, the folded position when the
// view was made.
class View {
 public:
  explicit View(const shard::ShardSet& shards);

  const shard::ShardSet& shards() const { return shards_; }
  ShardId home(std::string_view home_key) const { return shards_.home(home_key); }
  const projection::StateSnapshot& at(ShardId shard);
  const projection::StateSnapshot& at_home(std::string_view home_key) { return at(home(home_key)); }
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
  const shard::ShardSet& shards_;
  event::Position folded_;
  event::Position head_;
  std::optional<event::Position> read_to_;
  std::vector<std::unique_ptr<projection::StateSnapshot>> snapshots_;
};

}  // namespace dongbo::query
