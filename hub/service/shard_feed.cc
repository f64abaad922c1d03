#include "hub/service/shard_feed.h"

#include <fmt/format.h>

namespace dongbo::service {
namespace {

// Ends of a segment: whichever comes first. Small enough that building one does not keep other readers waiting long,
// large enough that reading a block once serves many.
constexpr std::uint64_t kSegmentEvents = 2048;
constexpr std::size_t kSegmentBytes = 2u << 20;
constexpr std::size_t kRowsAsked = 4096;

}  // namespace

// Row changes that wait for their place among the entries.
struct ShardFeed::Rows {
  const projection::FoldEngine& engine;
  std::unique_ptr<projection::StateSnapshot> snapshot;
  std::vector<projection::RowChange> changes;  // ascending last_changed
  std::size_t next = 0;
};

Result<void> ShardFeed::add_rows_through(Rows& rows, std::uint64_t sequence, FeedSegmentBuilder& builder) {
  for (; rows.next < rows.changes.size() && rows.changes[rows.next].last_changed.value() <= sequence; ++rows.next) {
    const auto& change = rows.changes[rows.next];
    DONGBO_ASSIGN(const auto row, rows.engine.render(change, *rows.snapshot));
    builder.changed(change.last_changed.value(), change.projection, row.meeting,
                    std::string_view(row.json).substr(1, row.json.size() - 2));
  }
  return {};
}

Result<std::shared_ptr<const FeedSegment>> ShardFeed::build(std::uint32_t shard_number, std::uint64_t after, bool with_changes) {
  const auto& shard = set_.at(ShardId(shard_number));
  auto through = shard.folded().value();
  Rows rows{shard.engine(), nullptr, {}, 0};
  if (with_changes) {
    DONGBO_ASSIGN(auto changes, shard.engine().changes(Sequence(after), kRowsAsked));
    if (!changes) return std::shared_ptr<const FeedSegment>();
    // Nothing may have changed up to the end of what is folded; then the changes reach no further than `after`.
    if (changes->through.value() > after) through = std::min(through, changes->through.value());
    rows.changes = std::move(changes->rows);
    rows.snapshot = shard.engine().snapshot();  // after the changes: it holds them all
  }
  through = std::min(through, after + kSegmentEvents);

  FeedSegmentBuilder builder(shard_number, after);
  std::optional<Error> failure;
  std::uint64_t reached = after;
  const auto take = [&](const event::EntryRecord& record) {
    const auto sequence = record.sequence.value();
    if (auto added = add_rows_through(rows, sequence, builder); !added) {
      failure = added.error();
      return false;
    }
    const auto view = reader_.read(ShardId(shard_number), record.sequence, record.recorded_at, record.identity, record.entry);
    if (view) {
      builder.accepted(sequence, view->type, view->data.text("meeting"), record.entry);
    } else {
      builder.damaged(sequence, view.error().message);
    }
    reached = sequence;
    return builder.bytes() < kSegmentBytes;
  };
  const auto damaged = [&](Sequence first, Sequence last, const std::string& reason) {
    const auto end = std::min(last.value(), through);
    if (failure || end <= reached) return;
    if (auto added = add_rows_through(rows, end, builder); !added) failure = added.error();
    builder.damaged(end,
                    fmt::format("không đọc được các sự kiện {0}:{1} đến {0}:{2} / events {0}:{1} to {0}:{2} cannot be read: {3}",
                                shard_number, first.value(), end, reason));
    reached = end;
  };
  DONGBO_TRY(shard.journal().read(Sequence(after), Sequence(through), take, damaged));
  if (failure) return *failure;
  if (reached == after)
    return Error::fatal(
        fmt::format("nhật ký không trả về mục nào sau {0}:{1} / the journal gave no entry behind {0}:{1}", shard_number, after));
  return builder.finish(reached);
}

}  // namespace dongbo::service
