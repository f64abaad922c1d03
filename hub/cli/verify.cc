#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/audit/verify.h"
#include "hub/base/in_both.h"
#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

struct VerifyCommand {
  std::string data = "dongbo-data";
  std::string url;
  bool json = false;
};

// What the hub that runs on the directory has acknowledged. Another hub's positions say nothing of this journal.
Result<event::Position> acknowledged(const std::string& url, const std::string& data) {
  DONGBO_ASSIGN(const auto settings, shard::read_settings(data));
  HttpClient client(url);
  client.patience(std::chrono::seconds(20));
  DONGBO_ASSIGN(const auto body, object_of(client.get("/v1/status"), url, "shards"));
  if (const auto hub = body.value("hub", ""); hub != settings.hub_id)
    return Error::fatal(
        in_both(fmt::format("{} là hub khác (mã {}), không phải hub của {} (mã {}): chỉ đúng hub, hoặc bỏ --url", url, hub, data,
                            settings.hub_id),
                fmt::format("{} is another hub (id {}) than that of {} (id {}): name the one that runs on it, or leave out --url",
                            url, hub, data, settings.hub_id)));
  event::Position out;
  for (const auto& shard : body["shards"])
    out.set(ShardId(shard.at("shard").get<std::uint32_t>()), Sequence(shard.at("position").get<std::uint64_t>()));
  return out;
}

Json json_of(const audit::Verification& result) {
  Json shards = Json::array();
  for (const auto& shard : result.shards) {
    Json rows = Json::object();
    for (const auto& [projection, count] : shard.rows) rows[projection] = count;
    shards.push_back({{"shard", shard.shard.value()},
                      {"head", shard.head.value()},
                      {"applied", shard.applied.value()},
                      {"blocks", shard.journal.blocks},
                      {"events", shard.journal.events},
                      {"identities", shard.journal.identities},
                      {"quarantine", shard.journal.quarantine},
                      {"rows", rows}});
  }
  Json findings = Json::array();
  for (const auto& finding : result.findings)
    findings.push_back({{"kind", finding.kind},
                        {"shard", finding.shard.value()},
                        {"first", finding.first.value()},
                        {"last", finding.last.value()},
                        {"projection", finding.projection},
                        {"key", finding.key},
                        {"detail", finding.detail}});
  return {{"good", result.good()}, {"found", result.found}, {"shards", shards}, {"findings", findings}};
}

std::string place_of(const audit::Finding& finding) {
  auto out = fmt::format("phân mảnh/shard {}", finding.shard.value());
  if (finding.first > Sequence(0))
    out += finding.first == finding.last ? fmt::format(" số/sequence {}", finding.first.value())
                                         : fmt::format(" số/sequences {}-{}", finding.first.value(), finding.last.value());
  if (!finding.projection.empty()) out += " " + finding.projection;
  if (!finding.key.empty()) out += " [" + finding.key + "]";
  return out;
}

void print(const audit::Verification& result) {
  TextTable table({"phân mảnh/shard", "sự kiện/events", "khối/blocks", "danh tính/identities", "cách ly/quarantine",
                   "gộp đến/folded", "dòng/rows"});
  for (const auto& shard : result.shards) {
    std::uint64_t rows = 0;
    for (const auto& [projection, count] : shard.rows) rows += count;
    table.row({std::to_string(shard.shard.value()), grouped(shard.journal.events), grouped(shard.journal.blocks),
               grouped(shard.journal.identities), grouped(shard.journal.quarantine), grouped(shard.applied.value()),
               grouped(rows)});
  }
  fmt::print("{}", table.text());
  const bool behind =
      std::any_of(result.shards.begin(), result.shards.end(), [](const auto& shard) { return shard.applied < shard.head; });
  if (behind)
    fmt::print(
        "Số liệu gộp được so đến chỗ đã ghi xuống đĩa (cột gộp đến); phần sau nằm trong bộ nhớ hub và luôn gộp lại được từ nhật "
        "ký.\n"
        "Projections are compared as far as they are on the disk (folded); what follows is in the hub's memory and can always be "
        "folded again.\n");
  if (result.good()) {
    fmt::print("Tất cả đúng. / Everything is right.\n");
    return;
  }
  fmt::print("CÓ {} ĐIỀU SAI / {} THINGS ARE WRONG:\n", grouped(result.found), grouped(result.found));
  for (const auto& finding : result.findings) fmt::print("  {}: {}: {}\n", place_of(finding), finding.kind, finding.detail);
  if (result.found > result.findings.size()) fmt::print("  … {} nữa / more\n", grouped(result.found - result.findings.size()));
}

int verify(const VerifyCommand& command) {
  set_up_log(spdlog::level::err);
  audit::VerifyOptions options;
  options.data = command.data;
  if (!command.url.empty()) {
    auto position = acknowledged(command.url, command.data);
    if (!position) return fail("verify", position.error());
    options.at_least = std::move(*position);
  }
  ProgressBar bar("Kiểm tra / verifying");
  options.progress = [&](std::uint64_t done, std::uint64_t total) { bar.update(done, total); };
  const auto result = audit::verify(options);
  bar.finish();
  if (!result) return fail("verify", result.error());
  if (command.json) {
    fmt::print("{}\n", json_of(*result).dump(-1, ' ', false, Json::error_handler_t::replace));
  } else {
    print(*result);
  }
  return result->good() ? kDone : kFound;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto options = std::make_shared<VerifyCommand>();
  auto* command = app.add_subcommand("verify",
                                     "Đọc và đối chiếu toàn bộ thư mục dữ liệu; hub vẫn có thể đang chạy.\nReads and compares "
                                     "everything in a data directory; a hub may be running on it.");
  command->add_option("--data", options->data, "thư mục dữ liệu / data directory")->check(not_empty)->capture_default_str();
  command
      ->add_option("--url", options->url,
                   "hub đang chạy trên đó: nhật ký phải có mọi điều nó đã xác nhận / the hub that runs on it: the journal "
                   "must hold what it has acknowledged")
      ->check(hub_address);
  command->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo verify --data dongbo-data --url http://127.0.0.1:8080\n"
      "Kiểm tra: mã kiểm của từng khối, số thứ tự liền nhau, danh tính, khu cách ly, và mọi bảng số liệu bằng một lần gộp lại từ "
      "đầu.\n"
      "Checked: every block's checksum, contiguous sequences, identities, quarantine, and all projections against a fresh fold. "
      "Mã/exit 3: có điều sai / something is wrong, with its place.");
  command->callback([options, &action] { action = [options] { return verify(*options); }; });
}

}  // namespace dongbo::cli
