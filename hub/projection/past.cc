#include "hub/projection/past.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/projection/folding.h"

namespace dongbo::projection {
PastState::PastState(ShardId shard, const Projections& projections, const event::EntrySource& entries, PastMoment moment,
                     std::weak_ptr<const PastState> earlier)
    : shard_(shard), projections_(projections), entries_(entries), moment_(std::move(moment)), earlier_(std::move(earlier)) {}

std::shared_ptr<const PastState::Folded> PastState::kept(std::string_view projection) const {
  std::lock_guard lock(mutex_);
  const auto found = folded_.find(projection);
  return found == folded_.end() ? nullptr : found->second;
}

Result<const PastState::Folded*> PastState::folded(std::string_view name) const {
  std::lock_guard lock(mutex_);
  if (const auto found = folded_.find(name); found != folded_.end()) return found->second.get();
  const auto projection =
      std::find_if(projections_.begin(), projections_.end(), [&](const auto& p) { return p->name() == name; });
  if (projection == projections_.end()) return static_cast<const Folded*>(nullptr);
  auto made = std::make_shared<Folded>();
  Sequence after(0);
  if (const auto earlier = earlier_.lock()) {
    if (const auto base = earlier->kept(name)) {
      *made = *base;
      after = earlier->moment_.through;
    }
  }
  DONGBO_TRY(fold(**projection, after, *made));
  return folded_.emplace(name, std::move(made)).first->second.get();
}

Result<void> PastState::fold(const Projection& projection, Sequence after, Folded& folded) const {
  const auto takes = [this](const event::EntryView& event) { return moment_.takes(event); };
  Folding folding(projection, folded.rows, entries_, shard_, takes);
  event::EntryReader reader;
  std::optional<Error> damage;  // an answer without what is lost would look like a whole one
  auto read = read_runs(
      entries_, after, moment_.through,
      [&](const std::vector<event::EntryRecord>& records, Sequence) -> Result<bool> {
        DONGBO_TRY(fold_run(records, shard_, reader, {&folding}, &folded.latest, takes));
        folding.take_writes([&](const RowWrite& write) { folded.rows.apply(write); });
        (void)folding.take_aside();  // what a projection cannot take is missing from its rows then as now
        return true;
      },
      [&](Sequence first, Sequence last, const std::string& reason) {
        damage = Error::poison(
            fmt::format("phân mảnh {0} không còn đọc được các số thứ tự {1}-{2}, nên không trả lời được thời điểm nào sau đó / "
                        "shard {0} cannot give its sequences {1}-{2} any more, and so no moment behind them: {3}",
                        shard_.value(), first.value(), last.value(), reason));
      });
  if (read && damage) return *damage;
  return read;
}

std::optional<Millis> PastState::event_time() const {
  std::lock_guard lock(mutex_);
  Millis latest(INT64_MIN);
  for (const auto& [name, folded] : folded_) latest = std::max(latest, folded->latest);
  return latest == Millis(INT64_MIN) ? std::nullopt : std::optional(latest);
}

std::size_t PastState::rows() const {
  std::lock_guard lock(mutex_);
  std::size_t out = 0;
  for (const auto& [name, folded] : folded_) out += folded->rows.all().size();
  return out;
}

Result<std::optional<std::string>> PastState::get(std::string_view projection, std::string_view stored_key) const {
  DONGBO_ASSIGN(const auto* state, folded(projection));
  if (state == nullptr) return std::optional<std::string>();
  return state->rows.get(stored_key);
}

Result<void> PastState::scan(std::string_view projection, std::string_view stored_prefix, std::string_view after,
                             const std::function<bool(std::string_view, std::string_view)>& take) const {
  DONGBO_ASSIGN(const auto* state, folded(projection));
  if (state == nullptr) return {};
  const auto& rows = state->rows.all();
  auto at = after.empty() || after < stored_prefix ? rows.lower_bound(stored_prefix) : rows.upper_bound(after);
  for (; at != rows.end() && at->first.starts_with(stored_prefix); ++at)
    if (!take(at->first, at->second)) return {};
  return {};
}

std::shared_ptr<const PastState> PastStates::at(const PastMoment& moment) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<const PastState> earlier;
  for (auto state = states_.begin(); state != states_.end(); ++state) {
    const auto& held = (*state)->moment();
    if (held.meeting != moment.meeting || held.until != moment.until) continue;
    if (held.through == moment.through) {
      states_.splice(states_.begin(), states_, state);
      return states_.front();
    }
    if (held.through < moment.through && (!earlier || earlier->moment().through < held.through)) earlier = *state;
  }
  states_.push_front(std::make_shared<PastState>(shard_, projections_, entries_, moment, earlier));
  std::size_t rows = 0;
  for (auto state = std::next(states_.begin()); state != states_.end();) {
    rows += (*state)->rows();
    const auto kept = static_cast<std::size_t>(std::distance(states_.begin(), state)) < kKept && rows <= kRowsKept;
    state = kept ? std::next(state) : states_.erase(state);
  }
  return states_.front();
}

}  // namespace dongbo::projection
