#include "hub/query/view.h"

#include <algorithm>

#include "hub/event/timestamp.h"
#include "hub/query/json_writer.h"

namespace dongbo::query {

View::View(const shard::ShardSet& shards)
    : shards_(shards), folded_(shards.folded()), head_(shards.head()), snapshots_(shards.size()) {}

const projection::StateSnapshot& View::at(ShardId shard) {
  auto& snapshot = snapshots_[shard.value()];
  if (!snapshot) snapshot = shards_.at(shard).engine().snapshot();
  return *snapshot;
}

std::vector<ShardId> View::all() const {
  std::vector<ShardId> out;
  for (std::uint32_t shard = 0; shard < shards_.size(); ++shard) out.emplace_back(shard);
  return out;
}

event::Position View::position() const {
  if (read_to_) return *read_to_;
  auto out = folded_;
  for (const auto shard : all())
    if (const auto& snapshot = snapshots_[shard.value()]) out.set(shard, snapshot->applied());
  return out;
}

bool View::behind() const {
  for (const auto shard : all())
    if (const auto& snapshot = snapshots_[shard.value()]; snapshot && snapshot->applied() < head_.at(shard)) return true;
  return false;
}

std::string View::event_time() const {
  std::optional<Millis> latest;
  for (const auto& snapshot : snapshots_) {
    if (!snapshot) continue;
    if (const auto time = snapshot->event_time(); time && (!latest || *time > *latest)) latest = time;
  }
  return latest ? event::format_timestamp(*latest) : std::string();
}

std::string View::freshness() const {
  ObjectText out;
  out.member("position", position().text()).member("event_time", event_time()).member("provisional", behind());
  return out.text();
}

}  // namespace dongbo::query
