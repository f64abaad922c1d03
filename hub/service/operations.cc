#include "hub/service/operations.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "hub/base/version.h"
#include "hub/event/codec.h"

namespace dongbo::service {
namespace {

using Json = nlohmann::ordered_json;

HttpResponse json_answer(unsigned status, const Json& body) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/json";
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

double number(std::uint64_t value) {
  return static_cast<double>(value);
}

}  // namespace

HttpResponse Operations::status() const {
  Json body;
  body["version"] = kVersion;
  body["hub"] = shards_.hub_id();
  body["started_at_unix"] = std::chrono::duration_cast<std::chrono::seconds>(started_.time_since_epoch()).count();
  body["position"] = shards_.folded().text();
  body["shards"] = Json::array();
  for (std::uint32_t i = 0; i < shards_.size(); ++i) {
    const auto& shard = shards_.at(ShardId(i));
    const auto s = shard.status();
    body["shards"].push_back({{"shard", i},
                              {"position", s.head.value()},
                              {"folded", s.folded.value()},
                              {"indexed", s.indexed.value()},
                              {"lag", s.head.value() - std::min(s.head.value(), s.folded.value())},
                              {"queue", s.queue_bytes},
                              {"accepted", s.accepted},
                              {"duplicates", s.duplicates},
                              {"conflicts", s.conflicts},
                              {"quarantined", s.quarantined},
                              {"disk_bytes", shard.journal().disk_bytes()},
                              {"failure", s.failure}});
  }
  if (kafka_ != nullptr) {
    const auto s = kafka_->status();
    Json kafka{
        {"connected", s.connected}, {"last_error", s.last_error}, {"passed_on", s.passed_on}, {"partitions", Json::array()}};
    for (const auto& p : s.partitions)
      kafka["partitions"].push_back(
          {{"partition", p.partition}, {"next_offset", p.next_offset}, {"end_offset", p.end_offset}, {"paused", p.paused}});
    kafka["out"] = Json::array();
    for (const auto& one : s.out) kafka["out"].push_back({{"topic", one.topic}, {"shard", one.shard}, {"waiting", one.entries}});
    body["kafka"] = std::move(kafka);
  } else {
    body["kafka"] = nullptr;
  }
  const auto checks = health_.checks();
  body["ready"] = Health::ready(checks);
  body["connections"] = server_ != nullptr ? server_->connections() : 0;
  body["feed_sessions"] = metrics_.feed_sessions.load();
  body["resident_bytes"] = resident_bytes();
  body["json_kernel"] = event::json_kernel();
  body["simulated_note"] =
      "Nguồn bắt đầu bằng /simulated/ là dữ liệu mô phỏng / Sources that start with /simulated/ are simulated data";
  auto response = json_answer(200, body);
  response.headers.emplace_back("Dongbo-Position", shards_.folded().text());
  return response;
}

HttpResponse Operations::alive() const {
  return json_answer(200, {{"alive", true}, {"version", kVersion}});
}

HttpResponse Operations::ready() const {
  const auto checks = health_.checks();
  const bool ready = Health::ready(checks);
  Json body{{"ready", ready}, {"checks", Json::array()}};
  for (const auto& check : checks) body["checks"].push_back({{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
  auto response = json_answer(ready ? 200 : 503, body);
  if (!ready) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse Operations::metrics() const {
  std::string page;
  page.reserve(16u << 10);
  metrics_.write(page);
  write_shards(page);
  write_projections(page);
  write_kafka(page);
  write_process(page);
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(page);
  return response;
}

void Operations::write_shards(std::string& page) const {
  std::vector<shard::ShardStatus> shards;
  for (std::uint32_t i = 0; i < shards_.size(); ++i) shards.push_back(shards_.at(ShardId(i)).status());
  const auto each = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
    write_head(page, name, type, help);
    for (std::size_t i = 0; i < shards.size(); ++i) write_sample(page, name, fmt::format("shard=\"{}\"", i), value(shards[i]));
  };
  using Status = shard::ShardStatus;
  each("dongbo_shard_head", "gauge", "Last journaled sequence.", [](const Status& s) { return number(s.head.value()); });
  each("dongbo_shard_folded", "gauge", "Last sequence that answers hold.",
       [](const Status& s) { return number(s.folded.value()); });
  each("dongbo_shard_indexed", "gauge", "Last sequence in the identity index on disk.",
       [](const Status& s) { return number(s.indexed.value()); });
  each("dongbo_shard_queue_bytes", "gauge", "Bytes of the events that wait to be journaled.",
       [](const Status& s) { return number(s.queue_bytes); });
  each("dongbo_shard_queue_bytes_max", "gauge", "As much may wait; what comes beyond is refused until there is room.",
       [](const Status& s) { return number(s.queue_bytes_max); });
  each("dongbo_shard_healthy", "gauge", "1 while the shard can journal and fold.",
       [](const Status& s) { return s.failure.empty() ? 1.0 : 0.0; });
  each("dongbo_shard_fold_lag_events", "gauge", "Events journaled that answers do not hold yet.",
       [](const Status& s) { return number(s.head.value() - std::min(s.head.value(), s.folded.value())); });
  each("dongbo_shard_fold_lag_events_max", "gauge", "So many may lag; beyond it events are refused until folds are nearer.",
       [](const Status& s) { return number(s.lag_max); });
  each("dongbo_shard_recent_identities", "gauge", "Identities held in memory.",
       [](const Status& s) { return number(s.recent_identities); });
  const auto of_journal = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
    write_head(page, name, type, help);
    for (std::uint32_t i = 0; i < shards_.size(); ++i)
      write_sample(page, name, fmt::format("shard=\"{}\"", i), number(value(shards_.at(ShardId(i)).journal())));
  };
  using journal::Journal;
  of_journal("dongbo_shard_journal_bytes", "gauge", "What the journal takes on the disk.",
             [](const Journal& j) { return j.disk_bytes(); });
  of_journal("dongbo_shard_quarantine_entries_total", "counter", "Entries ever kept in quarantine, settled ones too.",
             [](const Journal& j) { return j.quarantine_head().value(); });
  const auto times = [&](std::string_view name, std::string_view help, auto reading) {
    write_head(page, name, "histogram", help);
    for (std::size_t i = 0; i < shards.size(); ++i)
      write_histogram(page, name, fmt::format("shard=\"{}\"", i), reading(shards[i]));
  };
  times("dongbo_shard_append_seconds",
        "Synced writes to the journal that succeeded, one a batch: accepted events / count is its size.",
        [](const Status& s) { return s.appends; });
  times("dongbo_shard_fold_seconds", "Batches folded into all projections.", [](const Status& s) { return s.folds; });
  times("dongbo_shard_index_seconds", "Runs of identities brought to the disk.", [](const Status& s) { return s.indexed_runs; });
  write_head(page, "dongbo_shard_identity_hits_total", "counter", "Where events that are not new were recognised.");
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const auto sample = [&](std::string_view where, std::uint64_t value) {
      write_sample(page, "dongbo_shard_identity_hits_total", fmt::format("shard=\"{}\",where=\"{}\"", i, where), number(value));
    };
    sample("memory", shards[i].identity_looks.found_in_memory);
    sample("index", shards[i].identity_looks.found_in_index);
  }
  each("dongbo_shard_identity_lookups_total", "counter", "Identities looked up in the index on the disk.",
       [](const Status& s) { return number(s.identity_looks.asked_of_index); });
  write_head(page, "dongbo_shard_events_total", "counter",
             "Events decided, by outcome, since the start; quarantined: refused and kept, conflicts are counted apart.");
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const auto sample = [&](std::string_view outcome, std::uint64_t value) {
      write_sample(page, "dongbo_shard_events_total", fmt::format("shard=\"{}\",outcome=\"{}\"", i, outcome), number(value));
    };
    sample("accepted", shards[i].accepted);
    sample("duplicate", shards[i].duplicates);
    sample("conflict", shards[i].conflicts);
    sample("quarantined", shards[i].quarantined);
  }
}

void Operations::write_projections(std::string& page) const {
  std::map<std::string, std::uint64_t> set_aside, rebuilding;
  for (std::uint32_t i = 0; i < shards_.size(); ++i)
    for (const auto& one : shards_.at(ShardId(i)).engine().status()) {
      set_aside[one.projection] += one.set_aside_count;
      rebuilding[one.projection] += one.rebuild && one.rebuild->running ? 1 : 0;
    }
  const auto each = [&](std::string_view name, std::string_view help, const std::map<std::string, std::uint64_t>& values) {
    write_head(page, name, "gauge", help);
    for (const auto& [projection, value] : values)
      write_sample(page, name, fmt::format("projection=\"{}\"", projection), number(value));
  };
  each("dongbo_projection_set_aside_events", "Events whose fold failed: the projection's rows do without them.", set_aside);
  each("dongbo_projection_rebuilding_shards", "Shards in which the projection is being rebuilt.", rebuilding);
}

void Operations::write_kafka(std::string& page) const {
  if (kafka_ == nullptr) return;
  const auto status = kafka_->status();
  write_head(page, "dongbo_kafka_connected", "gauge", "1 while a broker answers.");
  write_sample(page, "dongbo_kafka_connected", "", status.connected ? 1 : 0);
  write_head(page, "dongbo_kafka_passed_on_total", "counter", "Records sent on to their home partition.");
  write_sample(page, "dongbo_kafka_passed_on_total", "", number(status.passed_on));
  write_head(page, "dongbo_kafka_lag_records", "gauge", "Records of the events topic that are not journaled yet.");
  for (const auto& p : status.partitions)
    if (p.end_offset >= 0)
      write_sample(page, "dongbo_kafka_lag_records", fmt::format("partition=\"{}\"", p.partition),
                   static_cast<double>(std::max<std::int64_t>(0, p.end_offset - p.next_offset)));
  write_head(page, "dongbo_kafka_paused", "gauge", "1 while a partition waits for the journal.");
  for (const auto& p : status.partitions)
    write_sample(page, "dongbo_kafka_paused", fmt::format("partition=\"{}\"", p.partition), p.paused ? 1 : 0);
  write_head(page, "dongbo_kafka_out_waiting_entries", "gauge", "Entries that are not in the out topic yet.");
  for (const auto& one : status.out)
    write_sample(page, "dongbo_kafka_out_waiting_entries", fmt::format("topic=\"{}\",shard=\"{}\"", one.topic, one.shard),
                 number(one.entries));
}

void Operations::write_process(std::string& page) const {
  write_head(page, "dongbo_ready", "gauge", "1 while /readyz answers 200.");
  write_sample(page, "dongbo_ready", "", Health::ready(health_.checks()) ? 1 : 0);
  write_head(page, "dongbo_http_connections", "gauge", "Open connections.");
  write_sample(page, "dongbo_http_connections", "", server_ != nullptr ? number(server_->connections()) : 0);
  write_head(page, "dongbo_http_refused_connections_total", "counter", "Connections refused because there were too many.");
  write_sample(page, "dongbo_http_refused_connections_total", "",
               server_ != nullptr ? number(server_->refused_connections()) : 0);
  write_head(page, "dongbo_feed_segments_total", "counter", "Feed segments rendered, each once for all readers.");
  write_sample(page, "dongbo_feed_segments_total", "", number(feed_.built()));
  write_head(page, "dongbo_feed_cache_bytes", "gauge", "Rendered feed segments in memory.");
  write_sample(page, "dongbo_feed_cache_bytes", "", number(feed_.cached_bytes()));
  write_head(page, "dongbo_disk_available_bytes", "gauge",
             "Room on the disk of the data directory. Below 32 MiB, or an eighth of a small disk, nothing is journaled.");
  std::error_code unknown;
  if (const auto space = std::filesystem::space(shards_.directory(), unknown); !unknown)
    write_sample(page, "dongbo_disk_available_bytes", "", number(space.available));
  write_head(page, "dongbo_process_resident_bytes", "gauge", "Resident memory.");
  write_sample(page, "dongbo_process_resident_bytes", "", number(resident_bytes()));
  write_head(page, "dongbo_start_time_seconds", "gauge", "When the hub started, in seconds since 1970.");
  write_sample(page, "dongbo_start_time_seconds", "", std::chrono::duration<double>(started_.time_since_epoch()).count());
  write_head(page, "dongbo_build_info", "gauge", "1, with the version.");
  write_sample(page, "dongbo_build_info", fmt::format("version=\"{}\"", kVersion), 1);
}

}  // namespace dongbo::service
