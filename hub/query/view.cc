#include "hub/query/view.h"

#include <algorithm>

#include "hub/event/timestamp.h"
#include "hub/query/json_writer.h"

namespace dongbo::query {

View::View(const shard::ShardSet& shards) : shards_(shards), folded_(shards.folded()), head_(shards.head()) {}

std::shared_ptr<const projection::StateSnapshot> View::open(ShardId shard, const std::string& meeting) const {
  const auto& engine = shards_.at(shard).engine();
  if (!moment_) return engine.snapshot();
  const auto through = moment_->as_of.at(shard);
  if (!moment_->until) {
    // What the hub knew just now is in the live rows.
    std::shared_ptr<const projection::StateSnapshot> live = engine.snapshot();
    if (live->applied() == through) return live;
  }
  return engine.past({through, moment_->until, meeting});
}

const projection::StateSnapshot& View::at(ShardId shard, const std::string& meeting) {
  // Live, one snapshot of a shard answers for all its meetings.
  auto& snapshot = snapshots_[{shard, moment_ ? meeting : std::string()}];
  if (!snapshot) snapshot = open(shard, meeting);
  return *snapshot;
}

std::vector<ShardId> View::all() const {
  std::vector<ShardId> out;
  for (std::uint32_t shard = 0; shard < shards_.size(); ++shard) out.emplace_back(shard);
  return out;
}

event::Position View::position() const {
  if (read_to_) return *read_to_;
  if (moment_) return moment_->as_of;
  auto out = folded_;
  for (const auto& [place, snapshot] : snapshots_) out.set(place.first, snapshot->applied());
  return out;
}

bool View::behind() const {
  if (moment_) return false;  // a moment of the past is complete
  return std::any_of(snapshots_.begin(), snapshots_.end(),
                     [&](const auto& item) { return item.second->applied() < head_.at(item.first.first); });
}

std::string View::event_time() const {
  std::optional<Millis> latest;
  for (const auto& [place, snapshot] : snapshots_)
    if (const auto time = snapshot->event_time(); time && (!latest || *time > *latest)) latest = time;
  return latest ? event::format_timestamp(*latest) : std::string();
}

std::string View::freshness() const {
  ObjectText out;
  out.member("position", position().text()).member("event_time", event_time()).member("provisional", behind());
  return out.text();
}

}  // namespace dongbo::query
