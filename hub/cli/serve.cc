#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/base/log.h"
#include "hub/base/version.h"
#include "hub/cli/commands.h"
#include "hub/cli/console.h"
#include "hub/cli/hub_process.h"
#include "hub/cli/serve_settings.h"
#include "hub/cli/signals.h"
#include "hub/intake/kafka_door.h"
#include "hub/shard/shard_set.h"

namespace dongbo::cli {
namespace {

constexpr const char* kLevels[] = {"trace", "debug", "info", "warn", "error", "off"};

// What was said on the command line; what was not leaves the file's word.
struct Given {
  std::string config;
  std::optional<std::string> data, listen, log_level, resources, kafka, topic, changes, quarantine, group;
  std::optional<std::uint32_t> shards, threads;
  std::optional<std::uint64_t> body_bytes;
  std::vector<std::string> properties;
  bool allow_open = false;
  bool json = false;
};

Result<ServeSettings> settings_of(const Given& given) {
  ServeSettings settings;
  if (!given.config.empty()) DONGBO_TRY(read_settings_file(given.config, settings));
  const auto over = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  over(given.data, settings.data);
  over(given.listen, settings.listen);
  over(given.log_level, settings.log_level);
  over(given.resources, settings.resources);
  over(given.shards, settings.shards);
  over(given.threads, settings.threads);
  over(given.body_bytes, settings.body_bytes);
  over(given.kafka, settings.kafka_brokers);
  over(given.topic, settings.kafka_topic);
  over(given.changes, settings.kafka_changes);
  over(given.quarantine, settings.kafka_quarantine);
  over(given.group, settings.kafka_group);
  for (const auto& text : given.properties) DONGBO_TRY(add_property(text, settings.kafka_properties));
  settings.allow_open = settings.allow_open || given.allow_open;
  DONGBO_ASSIGN(const auto listen, parse_listen(settings.listen));
  if (!is_loopback(listen.host) && !settings.allow_open)
    return Error::fatal("Địa chỉ " + settings.listen +
                        " mở ra ngoài máy này mà chưa có kiểm soát truy cập; thêm --allow-open nếu thật sự muốn / " +
                        settings.listen +
                        " is open beyond this machine and there is no access control; say --allow-open if that is meant");
  if (std::find(std::begin(kLevels), std::end(kLevels), settings.log_level) == std::end(kLevels))
    return Error::fatal(
        in_both(fmt::format("mức ghi log '{}' không có trong trace, debug, info, warn, error, off", settings.log_level),
                fmt::format("log level '{}' is none of trace, debug, info, warn, error, off", settings.log_level)));
  return settings;
}

// The modulus of a new hub with Kafka is the number of partitions of its topic; waits for a broker as long as it takes.
// False: a signal came first.
Result<bool> choose_shards(ServeSettings& settings, Signals& signals) {
  std::error_code ignored;
  if (settings.kafka_brokers.empty() || settings.shards != 0 ||
      std::filesystem::exists(settings.data / "hub" / "settings.json", ignored))
    return true;
  intake::KafkaOptions kafka;
  kafka.brokers = settings.kafka_brokers;
  kafka.topic_events = settings.kafka_topic;
  kafka.properties = settings.kafka_properties;
  for (;;) {
    auto partitions = intake::kafka_partitions(kafka);
    if (partitions && *partitions > 0) {
      settings.shards = *partitions;
      spdlog::info("hub mới: {0} phân mảnh, bằng số phân vùng của {1} / new hub: {0} shards, as many as {1} has partitions",
                   *partitions, settings.kafka_topic);
      return true;
    }
    if (!partitions && partitions.error().error_class != ErrorClass::kTransient) return partitions.error();
    spdlog::warn(
        "chưa biết số phân vùng / cannot tell yet how many partitions {} has: {}; đang thử lại (hay cho --shards N) / trying "
        "again (or say --shards N)",
        settings.kafka_topic, partitions ? std::string("the topic has none") : partitions.error().message);
    if (signals.wait_for(std::chrono::seconds(2))) return false;
  }
}

int serve(const Given& given) {
  auto settings = settings_of(given);
  if (!settings) return usage("serve", settings.error().message);
  set_up_log(spdlog::level::from_str(settings->log_level == "warn" ? "warning" : settings->log_level));
  Signals signals;
  const auto chosen = choose_shards(*settings, signals);
  if (!chosen) return fail("serve", chosen.error());
  if (!*chosen) return kDone;
  auto hub = HubProcess::start(*settings);
  if (!hub) return fail("serve", hub.error());
  if (given.json) {
    const nlohmann::ordered_json told = {{"url", (*hub)->url()}, {"data", settings->data.string()}, {"version", kVersion}};
    fmt::print("{}\n", told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    fmt::print("Dongbo {} đang chạy tại / is serving on {}  ({})\n", kVersion, (*hub)->url(), settings->data.string());
  }
  std::fflush(stdout);
  signals.wait();
  spdlog::info("đang dừng, làm nốt những gì đã nhận / stopping: finishing what was taken");
  if (const auto stopped = (*hub)->stop(); !stopped) return fail("serve", stopped.error());
  spdlog::info("đã dừng / stopped");
  return kDone;
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  auto given = std::make_shared<Given>();
  auto* command = app.add_subcommand(
      "serve", "Chạy hub: nhận sự kiện, trả số liệu, phát luồng thay đổi.\nRuns the hub: takes events, answers, feeds changes.");
  command->add_option("--config", given->config, "dongbo.toml; dòng lệnh được ưu tiên / the command line goes before it")
      ->check(CLI::ExistingFile);
  command->add_option("--data", given->data, "thư mục dữ liệu / data directory (dongbo-data)")->check(not_empty);
  command->add_option("--listen", given->listen, "địa chỉ nghe / HOST:PORT (127.0.0.1:8080)");
  command->add_option("--shards", given->shards, "số phân mảnh của hub mới / shards of a new hub (4, or the topic's partitions)")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--kafka", given->kafka, "máy chủ Kafka / brokers, host:port,…; không có thì chỉ HTTP / without it: HTTP only")
      ->check(not_empty);
  command
      ->add_option("--kafka-property", given->properties,
                   "NAME=VALUE cho/for librdkafka (security.protocol, sasl.*, ssl.*); lặp lại được / repeatable")
      ->allow_extra_args(false);
  command->add_option("--kafka-topic", given->topic, "chủ đề vào / topic of events (dongbo.events)");
  command->add_option("--kafka-topic-changes", given->changes, "chủ đề ra / topic of what was accepted (dongbo.changes)");
  command->add_option("--kafka-topic-quarantine", given->quarantine,
                      "chủ đề cách ly / topic of what was not (dongbo.quarantine)");
  command->add_option("--kafka-group", given->group, "nhóm tiêu thụ / consumer group (dongbo)");
  command->add_flag("--allow-open", given->allow_open, "cho phép nghe ngoài máy này / allow listening beyond this machine");
  command->add_option("--body-bytes", given->body_bytes, "giới hạn một lần tải NDJSON / longest NDJSON upload in bytes (1 GiB)");
  command
      ->add_option("--threads", given->threads, "luồng mạng, gấp đôi để đọc / network threads (one a core), twice as many read")
      ->check(CLI::Range(1, 256));
  command->add_option("--resources", given->resources, "thư mục có schemas/ / directory that holds schemas/");
  command->add_option("--log-level", given->log_level, "mức ghi log / trace, debug, info, warn, error, off (info)");
  command->add_flag("--json", given->json, "dòng báo đã chạy ở dạng JSON / the line that says it serves as JSON");
  command->footer(
      "Ví dụ / example:\n  dongbo serve --data /var/lib/dongbo --listen 127.0.0.1:8080 --kafka kafka1:9092,kafka2:9092\nCtrl-C "
      "hoặc/or SIGTERM: dừng êm / drains and ends with 0.");
  command->callback([given, &action] { action = [given] { return serve(*given); }; });
}

}  // namespace dongbo::cli
