#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {
namespace {

struct CompactOptions {
  std::string data = "dongbo-data";
  bool json = false;
};

std::uint64_t bytes_in(const std::filesystem::path& directory) {
  std::uint64_t out = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    if (entry.is_regular_file(gone))
      if (const auto size = entry.file_size(gone); !gone) out += size;
  return out;
}

int compact(const CompactOptions& options) {
  set_up_log(spdlog::level::err);
  // Opening would make a new directory of what is none.
  if (const auto settings = shard::read_settings(options.data); !settings) return fail("compact", settings.error());
  const auto before = bytes_in(options.data);
  std::uint64_t events = 0;
  {
    auto shards = shard::ShardSet::open(options.data, {});
    if (!shards) return fail("compact", shards.error());
    ProgressBar bar("Thu gọn / compacting");
    for (std::uint32_t id = 0; id < (*shards)->size(); ++id) {
      bar.update(id, (*shards)->size());
      auto& shard = (*shards)->at(ShardId(id));
      if (auto done = shard.compact(); !done) return fail("compact", done.error());
      events += shard.head().value();
    }
    bar.finish();
  }
  const auto after = bytes_in(options.data);
  if (options.json) {
    fmt::print("{}\n", nlohmann::ordered_json{{"events", events}, {"bytes_before", before}, {"bytes_after", after}}.dump());
  } else {
    fmt::print("{} sự kiện / events: {} → {} byte", grouped(events), grouped(before), grouped(after));
    fmt::print("{}\n", events == 0 ? "" : fmt::format(" ({} byte một sự kiện / an event)", after / events));
  }
  return kDone;
}

}  // namespace

void add_compact(CLI::App& app, Action& action) {
  auto options = std::make_shared<CompactOptions>();
  auto* command = app.add_subcommand("compact",
                                     "Thu gọn thư mục dữ liệu khi hub đã dừng; không mất gì.\nGives back disk space of a data "
                                     "directory, the hub being stopped; nothing is lost.");
  command->add_option("--data", options->data, "thư mục dữ liệu / data directory")->check(not_empty)->capture_default_str();
  command->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo compact --data dongbo-data\n"
      "Hub tự thu gọn dần khi chạy; lệnh này làm nốt phần còn lại, ví dụ trước khi sao chép. Cần chỗ trống bằng phần lớn nhất "
      "(danh tính hoặc một bảng số liệu). / A running hub compacts by and by; this does what is left, before a copy for "
      "instance. It needs free space for the "
      "largest part (the identities, or a projection) once more.");
  command->callback([options, &action] { action = [options] { return compact(*options); }; });
}

}  // namespace dongbo::cli
