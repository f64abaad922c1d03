#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

struct RebuildOptions {
  std::string projection;
  std::string url = "http://127.0.0.1:8080";
  bool cancel = false;
  bool no_wait = false;
  bool json = false;
};

Result<Json> projections(HttpClient& client) {
  DONGBO_ASSIGN(auto body, object_of(client.get("/v1/projections"), client.base(), "items"));
  return body["items"];
}

// How far the rebuilds of `names` are, in events over all shards; `running` when one is under way anywhere, `stopped` why one
// failed.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  bool running = false;
  std::string stopped;
};
Progress progress_of(const Json& items, const std::vector<std::string>& names) {
  Progress out;
  for (const auto& item : items) {
    if (std::find(names.begin(), names.end(), item.value("projection", "")) == names.end()) continue;
    for (const auto& shard : item.value("shards", Json::array())) {
      const auto head = shard.value("head", std::uint64_t{0});
      const auto rebuild = shard.value("rebuild", Json());
      const bool begun = rebuild.is_object();
      const bool running = begun && rebuild.value("running", true);
      out.running = out.running || running;
      out.total += head;
      out.done += begun ? std::min(head, rebuild.value("position", std::uint64_t{0})) : head;
      if (begun && !running)
        out.stopped = fmt::format("{} (phân mảnh/shard {}): {}", item.value("projection", ""), shard.value("shard", 0),
                                  rebuild.value("error", "hủy giữa chừng / cancelled meanwhile"));
    }
  }
  return out;
}

int follow(HttpClient& client, const std::vector<std::string>& names) {
  ProgressBar bar("Dựng lại / rebuilding");
  for (;;) {
    const auto items = projections(client);
    if (!items) return fail("rebuild", items.error());
    const auto progress = progress_of(*items, names);
    if (!progress.running) {
      if (progress.stopped.empty()) return kDone;
      fmt::print(stderr, "dongbo rebuild: {}\n", progress.stopped);
      return kFound;
    }
    bar.update(progress.done, progress.total);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

int rebuild(const RebuildOptions& options) {
  HttpClient client(options.url);
  client.patience(std::chrono::seconds(60));
  const auto items = projections(client);
  if (!items) return fail("rebuild", items.error());
  std::vector<std::string> names;
  for (const auto& item : *items)
    if (const auto name = item.value("projection", ""); options.projection.empty() || name == options.projection)
      names.push_back(name);
  if (names.empty()) {
    std::string known;
    for (const auto& item : *items) known += " " + item.value("projection", "");
    return usage("rebuild", "không có bảng / no projection '" + options.projection + "'; có / there are:" + known);
  }
  int failed = 0;
  nlohmann::ordered_json told = nlohmann::ordered_json::array();
  for (const auto& name : names) {
    const auto path = "/v1/projections/" + percent_encoded(name) + "/rebuild";
    const auto answer = options.cancel ? client.del(path) : client.post(path, "", "application/json");
    if (!answer) return fail("rebuild", answer.error());
    // Of all projections, those that are not being rebuilt have nothing to cancel.
    const bool nothing = options.cancel && options.projection.empty() && !answer->good();
    if (!answer->good() && !nothing) {
      ++failed;
      fmt::print(stderr, "dongbo rebuild: {}: {}\n", name, problem_text(*answer));
    }
    told.push_back({{"projection", name}, {"status", answer->status}});
  }
  if (failed == 0 && !options.cancel && !options.no_wait)
    if (const auto code = follow(client, names); code != kDone) return code;
  if (options.json) {
    fmt::print("{}\n", told.dump());
  } else if (failed == 0) {
    fmt::print("{}\n", options.cancel ? "Đã hủy; lần sau dựng tiếp từ chỗ dừng. / Cancelled; the next rebuild goes on from there."
                       : options.no_wait ? "Đã bắt đầu dựng lại bên cạnh bản đang dùng. / Begun, beside the live one."
                                         : "Đã dựng lại và thay vào. / Rebuilt and swapped in.");
  }
  return failed == 0 ? kDone : kFailed;
}

}  // namespace

void add_rebuild(CLI::App& app, Action& action) {
  auto options = std::make_shared<RebuildOptions>();
  auto* command = app.add_subcommand("rebuild",
                                     "Dựng lại bảng số liệu từ nhật ký, bên cạnh bản đang dùng.\nBuilds projections anew from "
                                     "the journal, beside the live ones.");
  command->add_option("projection", options->projection, "tên bảng; không ghi là tất cả / its name; all when left out")
      ->check(not_empty);
  command->add_option("--url", options->url, "địa chỉ hub / the hub")->check(hub_address)->capture_default_str();
  command->add_flag("--cancel", options->cancel, "hủy lần đang dựng / cancels the one under way");
  command->add_flag("--no-wait", options->no_wait, "không chờ xong / does not wait until it is swapped in");
  command->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo rebuild attendance --url http://127.0.0.1:8080\nNgười đọc không phải chờ: bản cũ trả lời cho "
      "đến khi bản mới được thay vào. / Readers never wait: the old one answers until the new one is swapped in.");
  command->callback([options, &action] { action = [options] { return rebuild(*options); }; });
}

}  // namespace dongbo::cli
