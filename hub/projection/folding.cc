#include "hub/projection/folding.h"

#include <algorithm>

namespace dongbo::projection {
namespace {
constexpr std::size_t kRunEvents = 8'192;
}

Result<void> Folding::fold(const event::EntryView& event) {
  tables_.at(event.sequence);
  auto result = [&]() -> Result<void> {
    try {
      return projection_.fold(event, tables_);
    } catch (const std::exception& failure) {
      return Error::poison(failure.what());
    }
  }();
  if (auto error = tables_.take_error()) return std::move(*error);
  return result;
}

void Folding::discard() {
  for (const auto& table : tables_.all()) table->discard_changes();
}

void Folding::take_writes(const TakeWrite& take) {
  for (const auto& table : tables_.all()) table->take_writes(take);  // a stored key begins with the table's number
}

std::size_t Folding::bytes_held() const {
  std::size_t all = 0;
  for (const auto& table : tables_.all()) all += table->bytes_held();
  return all;
}

std::size_t Folding::bytes_changed() const {
  std::size_t all = 0;
  for (const auto& table : tables_.all()) all += table->bytes_changed();
  return all;
}

Result<void> fold_run(const EntryRun& records, ShardId shard, event::EntryReader& reader, const std::vector<Folding*>& foldings,
                      Millis* latest_time, const EventFilter& filter, const ReplayRuns& replay) {
  const auto pass = [&](const EntryRun& run, const std::vector<Folding*>& targets, std::vector<Folding*>& again) -> Result<void> {
    // Who takes a type is asked once a type and pass, not once an event and projection.
    std::map<std::string, std::vector<Folding*>, std::less<>> by_type;
    const auto takers = [&](std::string_view type) -> const std::vector<Folding*>& {
      if (const auto found = by_type.find(type); found != by_type.end()) return found->second;
      auto& list = by_type[std::string(type)];
      for (auto* folding : targets)
        if (folding->projection().takes(type)) list.push_back(folding);
      return list;
    };
    for (const auto& record : run) {
      const auto& takes = takers(event::type_of_entry(record.entry));
      if (takes.empty() && latest_time == nullptr) continue;  // a projection rebuilt alone: most entries are not parsed for it
      auto view = reader.read(shard, record.sequence, record.recorded_at, record.identity, record.entry);
      if (view && filter && !filter(*view)) continue;
      for (auto* folding : takes) {
        if (folding->is_set_aside(record.sequence)) continue;
        auto folded = view ? folding->fold(*view) : Result<void>(view.error());
        if (folded) continue;
        // A failing disk is not the event's fault: the whole batch is tried again later.
        if (folded.error().error_class != ErrorClass::kPoison) return folded;
        folding->set_aside(record.sequence, folded.error().message);
        if (view && std::find(again.begin(), again.end(), folding) == again.end()) again.push_back(folding);
      }
      if (view && latest_time != nullptr && !view->is_ahead()) *latest_time = std::max(*latest_time, view->time);
    }
    return {};
  };
  std::vector<Folding*> targets = foldings;
  for (bool first = true; !targets.empty(); first = false) {
    std::vector<Folding*> again;
    const auto fold = [&](const EntryRun& run) { return pass(run, targets, again); };
    auto passed = first || !replay ? fold(records) : replay(fold);
    if (!passed) {
      for (auto* folding : foldings) folding->discard();
      return passed;
    }
    for (auto* folding : again) folding->discard();
    targets = std::move(again);
  }
  return {};
}

Result<void> UnstoredRuns::fold(const EntryRun& records, Sequence through, const std::vector<Folding*>& foldings,
                                Millis* latest_time) {
  const auto replay = [&](const std::function<Result<void>(const EntryRun&)>& fold) -> Result<void> {
    std::string lost;
    auto read = read_runs(
        entries_, stored_, folded_,
        [&](const EntryRun& run, Sequence) -> Result<bool> {
          DONGBO_TRY(fold(run));
          return true;
        },
        [&](Sequence first, Sequence, const std::string& reason) {
          for (const auto* folding : foldings)
            if (!folding->is_set_aside(first)) lost = reason;
        });
    if (!read) return read;
    if (!lost.empty())
      return Error::transient("không đọc lại được những sự kiện đã gộp / what was folded cannot be read again: " + lost);
    return fold(records);
  };
  auto folded = fold_run(records, shard_, reader_, foldings, latest_time, {}, replay);
  folded_ = folded ? through : stored_;
  return folded;
}

Result<void> read_runs(const event::EntrySource& entries, Sequence after, Sequence through,
                       const std::function<Result<bool>(const EntryRun&, Sequence end)>& take,
                       const std::function<void(Sequence, Sequence, const std::string&)>& damaged) {
  std::string bytes;
  std::vector<std::pair<event::EntryRecord, std::size_t>> places;  // entry offsets: `bytes` moves while it grows
  EntryRun records;
  while (after < through) {
    const Sequence end(std::min(through.value(), after.value() + kRunEvents));
    bytes.clear();
    places.clear();
    DONGBO_TRY(entries.read(
        after, end,
        [&](const event::EntryRecord& record) {
          places.emplace_back(record, bytes.size());
          bytes.append(record.entry);
          return true;
        },
        damaged));
    records.clear();
    records.reserve(places.size());
    for (auto& [record, offset] : places) {
      record.entry = std::string_view(bytes).substr(offset, record.entry.size());
      records.push_back(record);
    }
    DONGBO_ASSIGN(const bool go_on, take(records, end));
    if (!go_on) return {};
    after = end;
  }
  return {};
}

}  // namespace dongbo::projection
