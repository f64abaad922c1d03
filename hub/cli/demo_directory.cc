#include "hub/cli/demo_directory.h"

#include <optional>
#include <set>

#include <fmt/format.h>

#include "hub/audit/replay.h"
#include "hub/base/in_both.h"
#include "hub/cli/console.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {

Result<void> refuse_events_of_others(const std::filesystem::path& data, std::span<const DemoEvent> own) {
  const auto settings = shard::read_settings(data);
  if (!settings || !settings->made) return {};  // new, or broken: the start says so
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const auto& each : own) known.emplace(each.source, each.id);

  DONGBO_ASSIGN(const auto journals, audit::Replay::open(data, {}));
  ProgressBar bar("Xem thư mục / looking at the directory", journals->total());
  event::EntryReader reader;
  std::optional<std::string> foreign;
  const auto read = journals->run(
      [&](const audit::Replayed& each) {
        const auto event = reader.read(each.shard, each.sequence, each.recorded_at, {}, each.entry);
        if (event && !event->source.starts_with("/simulated/") && !known.contains({event->source, event->id}))
          foreign = event->source;
        return !foreign;
      },
      [](ShardId, Sequence, Sequence, const std::string&) {},  // the hub itself tells of what is damaged
      [&](std::uint64_t done) { bar.update(done); });
  bar.finish();
  if (!read) return read.error();
  if (!foreign) return {};
  return Error::fatal(in_both(
      fmt::format(
          "{} có sự kiện thật (nguồn {}), không phát mô phỏng vào đó: chọn --data khác, hoặc bỏ --data để dùng thư mục tạm",
          data.string(), *foreign),
      fmt::format("{} holds events of the source {}, which are not the demo's, and nothing is played into it: choose another "
                  "--data, or leave it out for a temporary directory",
                  data.string(), *foreign)));
}

}  // namespace dongbo::cli
