#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/http_client.h"
#include "hub/cli/quarantine_list.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string number_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_number_unsigned() ? grouped(found->get<std::uint64_t>()) : "-";
}

std::string text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// True: a projection is not live, or has set something aside, or a shard has failed.
bool print_projections(const Json& projections) {
  bool wrong = false;
  for (const auto& item : projections.value("items", Json::array()))
    for (const auto& shard : item.value("shards", Json::array())) {
      const auto name = text_of(item, "projection");
      const auto id = shard.value("shard", std::uint64_t{0});
      if (const auto rebuild = shard.value("rebuild", Json()); rebuild.is_object() && !text_of(rebuild, "error").empty()) {
        wrong = true;
        fmt::print(
            "  {} (phân mảnh/shard {}): dựng lại bị dừng, bản cũ vẫn dùng / the rebuild stopped, the old one answers: {}\n", name,
            id, text_of(rebuild, "error"));
      } else if (rebuild.is_object()) {
        fmt::print("  {} (phân mảnh/shard {}): {}, {:.0f} %\n", name, id,
                   rebuild.value("running", true) ? "đang dựng lại / rebuilding" : "dựng lại đã hủy / a rebuild was cancelled",
                   rebuild.value("progress", 0.0) * 100);
      }
      const auto aside = shard.value("set_aside", Json::array());
      if (aside.empty()) continue;
      wrong = true;
      fmt::print("  {} (phân mảnh/shard {}): để riêng / set aside {} sự kiện / events, đầu tiên / first {}: {}\n", name, id,
                 shard.value("set_aside_count", std::uint64_t{aside.size()}), text_of(aside.front(), "position"),
                 text_of(aside.front(), "reason"));
    }
  return wrong;
}

// What /readyz says is wrong.
std::string why_not(const Result<HttpAnswer>& ready) {
  if (!ready) return ready.error().message;
  const auto body = Json::parse(ready->body, nullptr, false);
  if (!body.is_object() || !body.contains("checks")) return ready->body;
  std::string out;
  for (const auto& check : body["checks"])
    if (!check.value("ok", true))
      out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", text_of(check, "name"), text_of(check, "detail"));
  return out;
}

void print_kafka(const Json& kafka) {
  std::int64_t lag = 0;
  for (const auto& partition : kafka.value("partitions", Json::array()))
    lag += std::max<std::int64_t>(
        0, partition.value("end_offset", std::int64_t{0}) - partition.value("next_offset", std::int64_t{0}));
  std::uint64_t waiting = 0;
  for (const auto& topic : kafka.value("out", Json::array())) waiting += topic.value("waiting", std::uint64_t{0});
  fmt::print("Kafka: {}; {} phân vùng / partitions, {} bản ghi chờ nhận / records to take, {} chờ phát / entries to publish\n",
             kafka.value("connected", false) ? "đã nối / connected" : "chưa nối / not connected",
             kafka.value("partitions", Json::array()).size(), lag, waiting);
  if (const auto trouble = text_of(kafka, "last_error"); !trouble.empty()) fmt::print("  {}\n", trouble);
}

// How many events wait in quarantine for someone to look at them, and what to do.
void print_held(HttpClient& client) {
  constexpr std::uint64_t kCountedMax = 1000;  // they come with their bytes
  std::uint64_t held = 0;
  const auto read = each_quarantined(client, "state=held", [&](const auto&) { return ++held < kCountedMax; });
  if (!read) {
    fmt::print("Cách ly / quarantine: không hỏi được / cannot be asked: {}\n", read.error().message);
    return;
  }
  if (held == 0) return;
  fmt::print(
      "Cách ly / quarantine: {} sự kiện đang giữ / events held; xem / look: dongbo quarantine list --state held --url {}\n",
      (held == kCountedMax ? "từ / at least " : "") + grouped(held), client.base());
}

int status(const std::string& url, bool json) {
  HttpClient client(url);
  client.patience(std::chrono::seconds(20));
  const auto answer = client.get("/v1/status");
  const auto object = object_of(answer, url);
  if (!object) return fail("status", object.error());
  const auto& body = *object;
  bool wrong = false;
  for (const auto& shard : body.value("shards", Json::array())) wrong = wrong || !text_of(shard, "failure").empty();
  const auto ready = client.get("/readyz");
  wrong = wrong || !ready || !ready->good();
  if (json) {
    fmt::print("{}\n", answer->body);
    return wrong ? kFound : kDone;
  }
  const auto ready_text = ready && ready->good() ? "sẵn sàng / ready" : "chưa sẵn sàng / not ready: " + why_not(ready);
  fmt::print("Dongbo {} tại / at {}: {}\n", text_of(body, "version"), client.base(), ready_text);
  TextTable table({"phân mảnh/shard", "ghi/journaled", "gộp/folded", "trễ/lag", "chờ/queue"});
  for (const auto& shard : body.value("shards", Json::array()))
    table.row({number_of(shard, "shard"), number_of(shard, shard.contains("position") ? "position" : "head"),
               number_of(shard, "folded"), number_of(shard, "lag"),
               number_of(shard, shard.contains("queue") ? "queue" : "queue_bytes")});
  fmt::print("{}", table.text());
  for (const auto& shard : body.value("shards", Json::array()))
    if (const auto failure = text_of(shard, "failure"); !failure.empty())
      fmt::print("  phân mảnh/shard {}: {}\n", number_of(shard, "shard"), failure);
  if (const auto kafka = body.value("kafka", Json()); kafka.is_object()) print_kafka(kafka);
  print_held(client);
  const auto projections = client.get("/v1/projections");
  if (projections && projections->good()) {
    const auto parsed = Json::parse(projections->body, nullptr, false);
    if (parsed.is_object()) wrong = print_projections(parsed) || wrong;
  }
  return wrong ? kFound : kDone;
}

}  // namespace

void add_status(CLI::App& app, Action& action) {
  struct Options {
    std::string url = "http://127.0.0.1:8080";
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("status", "Hỏi một hub đang chạy xem nó thế nào.\nAsks a running hub how it is.");
  command->add_option("--url", options->url, "địa chỉ hub / the hub")->check(hub_address)->capture_default_str();
  command->add_flag("--json", options->json, "nguyên văn câu trả lời / the answer as it is");
  command->footer(
      "Ví dụ / example:\n  dongbo status --url http://127.0.0.1:8080\nMã/exit 3: hub chạy nhưng có điều sai / it runs, and "
      "something is wrong.");
  command->callback([options, &action] { action = [options] { return status(options->url, options->json); }; });
}

}  // namespace dongbo::cli
