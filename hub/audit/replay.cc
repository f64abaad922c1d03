#include "hub/audit/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/shard/shard_set.h"

namespace dongbo::audit {
namespace {

// `name` itself, or something below it in the tree of slashes.
bool at_or_below(std::string_view name, std::string_view above) {
  if (!name.starts_with(above)) return false;
  return name.size() == above.size() || above.ends_with('/') || name[above.size()] == '/';
}

}  // namespace

bool ReplayFilter::takes(const event::EntryView& event) const {
  if (!type.empty() && !event.type.starts_with(type)) return false;
  if (!source.empty() && !at_or_below(event.source, source)) return false;
  if (!subject.empty() && !at_or_below(event.subject, subject)) return false;
  if (!meeting.empty() && event.data.text("meeting") != meeting) return false;
  if (from && event.time < *from) return false;
  return !until || event.time < *until;
}

// Walks through one shard's journal, entry by entry. Opens it again when a running hub has removed a file under it.
class Replay::Cursor {
 public:
  static Result<std::unique_ptr<Cursor>> open(const std::filesystem::path& data, ShardId shard, const ReplayFilter& filter) {
    std::unique_ptr<Cursor> cursor(new Cursor(shard::shard_directory(data, shard) / "journal", shard));
    DONGBO_TRY(cursor->reopen());
    const auto head = cursor->journal_->head();
    cursor->after_ = filter.after.at(shard);
    cursor->through_ = filter.through ? filter.through->at(shard) : head;
    if (const auto asked = std::max(cursor->after_, cursor->through_); asked > head)
      return Error::fatal(fmt::format("phân mảnh {0} mới đến {1}, chưa tới {2} / shard {0} has only come to {1}, not {2}",
                                      shard.value(), head.value(), asked.value()));
    cursor->total_ = cursor->through_ > cursor->after_ ? cursor->through_.value() - cursor->after_.value() : 0;
    return cursor;
  }

  // The entry at hand; nullptr at the end. What is damaged is told and passed over.
  const event::EntryRecord* current(const std::function<void(ShardId, Sequence, Sequence, const std::string&)>& damaged,
                                    std::uint64_t& lost) {
    while (after_ < through_) {
      if (block_ && after_.next() <= block_->last()) return &block_->records()[after_.next().value() - block_->first().value()];
      auto block = journal_->block_at(after_.next());
      if (!block && reopen()) block = journal_->block_at(after_.next());
      if (block) {
        block_ = std::move(*block);
        continue;
      }
      const auto last = std::min(end_of_damage(), through_);
      damaged(shard_, after_.next(), last, block.error().message);
      lost += last.value() - after_.value();
      after_ = last;
    }
    return nullptr;
  }
  void advance() { after_ = after_.next(); }

  ShardId shard() const { return shard_; }
  std::uint64_t total() const { return total_; }

 private:
  Cursor(std::filesystem::path directory, ShardId shard) : directory_(std::move(directory)), shard_(shard) {}

  Result<void> reopen() {
    block_.reset();
    DONGBO_ASSIGN(journal_, journal::Journal::open(directory_, shard_, journal::Journal::Mode::kReadOnly));
    return {};
  }

  // When even the index cannot be read, all the rest is damaged.
  Sequence end_of_damage() const {
    const auto last = journal_->end_of_damage(after_.next());
    return last ? *last : std::max(journal_->head(), after_.next());
  }

  const std::filesystem::path directory_;
  const ShardId shard_;
  std::unique_ptr<journal::Journal> journal_;
  std::shared_ptr<const journal::Block> block_;
  Sequence after_;
  Sequence through_;
  std::uint64_t total_ = 0;
};

Replay::Replay(ReplayFilter filter) : filter_(std::move(filter)) {}
Replay::~Replay() = default;

Result<std::unique_ptr<Replay>> Replay::open(const std::filesystem::path& data, ReplayFilter filter) {
  DONGBO_ASSIGN(const auto settings, shard::read_settings(data));
  if (auto missing = shard::missing_shards(data, settings)) return std::move(*missing);
  for (const auto& position : {filter.after, filter.through.value_or(event::Position())})
    for (const auto& [shard, sequence] : position.entries())
      if (shard.value() >= settings.shards)
        return Error::fatal(
            fmt::format("{0} có {1} phân mảnh; không có phân mảnh {2} / {0} has {1} shards; there is no shard {2}", data.string(),
                        settings.shards, shard.value()));
  std::unique_ptr<Replay> replay(new Replay(std::move(filter)));
  for (std::uint32_t i = 0; i < settings.shards; ++i) {
    DONGBO_ASSIGN(auto cursor, Cursor::open(data, ShardId(i), replay->filter_));
    replay->cursors_.push_back(std::move(cursor));
  }
  return replay;
}

std::uint64_t Replay::total() const {
  std::uint64_t out = 0;
  for (const auto& cursor : cursors_) out += cursor->total();
  return out;
}

Result<ReplayFigures> Replay::run(const std::function<bool(const Replayed&)>& take,
                                  const std::function<void(ShardId, Sequence, Sequence, const std::string&)>& damaged,
                                  const std::function<void(std::uint64_t read)>& progress) {
  ReplayFigures figures;
  for (;;) {
    Cursor* earliest = nullptr;
    const event::EntryRecord* record = nullptr;
    for (const auto& cursor : cursors_) {
      const auto* candidate = cursor->current(damaged, figures.damaged);
      if (candidate == nullptr || (record != nullptr && candidate->recorded_at >= record->recorded_at)) continue;
      earliest = cursor.get();
      record = candidate;
    }
    if (record == nullptr) return figures;
    ++figures.read;
    bool wanted = true;
    if (filter_.looks_inside()) {
      const auto event = reader_.read(earliest->shard(), record->sequence, record->recorded_at, record->identity, record->entry);
      if (!event) {
        damaged(earliest->shard(), record->sequence, record->sequence, event.error().message);
        ++figures.damaged;
      }
      wanted = event && filter_.takes(*event);
    }
    if (wanted) {
      ++figures.taken;
      if (!take({earliest->shard(), record->sequence, record->recorded_at, record->entry})) return figures;
    }
    earliest->advance();
    if (figures.read % 4096 == 0) progress(figures.read);
  }
}

}  // namespace dongbo::audit
