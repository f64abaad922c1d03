#include "hub/query/moment.h"

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/projection/past.h"

namespace dongbo::query {
namespace {

// The last sequence that was recorded at or before `time`: recorded times never go back, so the journal is searched by halves.
Result<Sequence> recorded_by(const shard::Shard& shard, Millis time) {
  std::uint64_t known = 0, end = shard.head().value();
  while (known < end) {
    const Sequence middle(known + (end - known + 1) / 2);
    DONGBO_ASSIGN(const auto block, shard.journal().block_at(middle));
    const auto& record = block->records()[middle.value() - block->first().value()];
    if (record.recorded_at <= time) {
      known = middle.value();
    } else {
      end = middle.value() - 1;
    }
  }
  return Sequence(known);
}

Result<event::Position> position_of(const std::string& as_of, const shard::ShardSet& shards) {
  if (as_of.empty()) return shards.folded();
  if (const auto position = event::Position::parse(as_of)) return *position;
  event::Position out;
  for (ShardId shard(0); shard.value() < shards.size(); shard = shard.next()) {
    DONGBO_ASSIGN(const auto sequence, recorded_by(shards.at(shard), *event::parse_timestamp(as_of)));
    out.set(shard, sequence);
  }
  return out;
}

}  // namespace

std::optional<std::string> no_such_shard(const event::Position& position, const shard::ShardSet& shards) {
  const auto& entries = position.entries();
  if (entries.empty() || entries.rbegin()->first.value() < shards.size()) return std::nullopt;
  return fmt::format("hub này không có phân mảnh {0}, chỉ có {1} / this hub has no shard {0}, it has {1}",
                     entries.rbegin()->first.value(), shards.size());
}

std::optional<std::string> not_of_this_hub(const event::Position& position, const shard::ShardSet& shards) {
  if (auto why = no_such_shard(position, shards)) return why;
  if (shards.head().covers(position)) return std::nullopt;
  return fmt::format("hub chưa đến đó; đang ở {0} / the hub has not come so far; it is at {0}", shards.head().text());
}

Result<std::variant<std::optional<Moment>, Problem>> moment_of(const Parameters& parameters, const shard::ShardSet& shards) {
  using Out = std::variant<std::optional<Moment>, Problem>;
  if (!parameters.has("as_of") && !parameters.has("until")) return Out(std::optional<Moment>());
  Moment moment;
  DONGBO_ASSIGN(moment.as_of, position_of(parameters.text("as_of"), shards));
  if (parameters.has("until")) moment.until = event::parse_timestamp(parameters.text("until"));
  if (auto why = not_of_this_hub(moment.as_of, shards)) return Out(Problem::invalid({{"/as_of", std::move(*why)}}));
  for (const auto& [shard, sequence] : moment.as_of.entries()) {
    const bool now = !moment.until && sequence == shards.at(shard).folded();
    if (!now && sequence.value() > projection::kPastEventsMax)
      return Out(Problem::invalid(
          {{"/as_of", fmt::format("một phân mảnh có hơn {0} sự kiện trước thời điểm đó, quá nhiều cho một câu trả lời; hãy phát "
                                  "lại vào một thư mục rồi hỏi ở đó: dongbo replay --sandbox DIR --through {1} / more than {0} "
                                  "events lie before that moment in one shard, too many for one answer; replay them into a "
                                  "sandbox that answers: dongbo replay --sandbox DIR --through {1}",
                                  projection::kPastEventsMax, moment.as_of.text())}}));
  }
  return Out(std::optional(std::move(moment)));
}

}  // namespace dongbo::query
