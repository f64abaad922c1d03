#pragma once
#include "hub/event/entry_view.h"
#include "hub/service/feed_hub.h"
#include "hub/shard/shard_set.h"

namespace dongbo::service {

// The feed's frames out of the shards: accepted events from the journal, changed rows from the fold engine, rendered
// from a snapshot that is at least as far as the segment. Owned by the Service; build() on the FeedHub's thread only.
class ShardFeed final : public FeedSource {
 public:
  explicit ShardFeed(const shard::ShardSet& shards) : set_(shards) {}

  std::uint32_t shards() const override { return set_.size(); }
  std::uint64_t folded(std::uint32_t shard) const override { return set_.at(ShardId(shard)).folded().value(); }
  std::uint64_t head(std::uint32_t shard) const override { return set_.at(ShardId(shard)).head().value(); }
  Result<std::shared_ptr<const FeedSegment>> build(std::uint32_t shard, std::uint64_t after, bool with_changes) override;

 private:
  struct Rows;
  Result<void> add_rows_through(Rows& rows, std::uint64_t sequence, FeedSegmentBuilder& builder);

  const shard::ShardSet& set_;
  event::EntryReader reader_;
};

}  // namespace dongbo::service
