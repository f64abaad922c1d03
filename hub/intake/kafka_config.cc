#include "hub/intake/kafka_config.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/log.h"

namespace dongbo::intake {
namespace {

using Setting = std::pair<const char*, const char*>;

// What the hub's promises rest on; nobody may set these.
constexpr std::array kHubsOwn = {"bootstrap.servers",
                                 "metadata.broker.list",
                                 "group.id",
                                 "enable.auto.commit",
                                 "auto.commit.enable",
                                 "enable.auto.offset.store",
                                 "auto.offset.reset",
                                 "partition.assignment.strategy",
                                 "enable.idempotence",
                                 "acks",
                                 "request.required.acks",
                                 "message.timeout.ms",
                                 "delivery.timeout.ms",
                                 "transactional.id"};

// Defaults that a user's property replaces.
constexpr Setting kForAll[] = {
    {"client.id", "dongbo"},
    {"topic.metadata.refresh.interval.ms", "5000"},  // added partitions are read soon
    {"reconnect.backoff.max.ms", "2000"},
    {"message.max.bytes", "8388608"},  // the broker's limit is the one that counts
};
constexpr Setting kForConsumer[] = {
    {"session.timeout.ms", "10000"},
    {"heartbeat.interval.ms", "2000"},
    // Bounds what waits in memory. librdkafka 2.0 leaves a partition alone for a second when its queue is full, so it
    // must hold what is decoded in a second.
    {"queued.min.messages", "400000"},
    {"queued.max.messages.kbytes", "98304"},
    {"fetch.error.backoff.ms", "200"},
};
constexpr Setting kForProducer[] = {
    {"compression.codec", "lz4"},
    {"linger.ms", "5"},
    {"queue.buffering.max.messages", "1000000"},
    {"queue.buffering.max.kbytes", "131072"},
};

constexpr Setting kConsumerPromises[] = {
    {"enable.auto.commit", "false"},
    {"enable.auto.offset.store", "false"},
    {"auto.offset.reset", "error"},  // a position the topic no longer holds is a thing to say, not to pass over
    {"partition.assignment.strategy", "range"},
    {"enable.partition.eof", "true"},  // a topic may end in marks that are no records
    {"allow.auto.create.topics", "false"},
};
constexpr Setting kProducerPromises[] = {
    {"enable.idempotence", "true"},
    {"acks", "all"},
    {"message.timeout.ms", "0"},  // for ever: what is to be passed on is never given up
};
constexpr Setting kWatcherPromises[] = {{"allow.auto.create.topics", "false"}};

std::span<const Setting> defaults_of(KafkaRole role) {
  switch (role) {
    case KafkaRole::kConsumer:
      return kForConsumer;
    case KafkaRole::kProducer:
      return kForProducer;
    case KafkaRole::kWatcher:
      return {};
  }
  return {};
}

std::span<const Setting> promises_of(KafkaRole role) {
  switch (role) {
    case KafkaRole::kConsumer:
      return kConsumerPromises;
    case KafkaRole::kProducer:
      return kProducerPromises;
    case KafkaRole::kWatcher:
      return kWatcherPromises;
  }
  return {};
}

Result<void> set(rd_kafka_conf_t& config, const std::string& name, const std::string& value) {
  char why[512] = "";
  if (rd_kafka_conf_set(&config, name.c_str(), value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK)
    return Error::fatal(fmt::format("thuộc tính / kafka property {}: {}", name, why));
  return {};
}

void log_line(const rd_kafka_t* /*handle*/, int level, const char* facility, const char* text) noexcept {
  try {
    // The client repeats what the status says already; its own words are for looking closer.
    spdlog::log(level <= 3 ? spdlog::level::info : spdlog::level::debug, "kafka client: {}: {}", facility, text);
  } catch (...) {  // NOLINT(bugprone-empty-catch): nothing may throw through librdkafka, and a lost log line harms nobody
  }
}

}  // namespace

Result<RdConf> kafka_config(const KafkaOptions& options, KafkaRole role, const std::string& instance) {
  if (options.brokers.empty())
    return Error::fatal(
        "kafka: chưa nêu broker nào (máy:cổng, cách nhau bằng dấu phẩy) / no brokers are named (host:port, separated by commas)");
  RdConf config(rd_kafka_conf_new());
  for (const auto& [name, value] : kForAll) DONGBO_TRY(set(*config, name, value));
  for (const auto& [name, value] : defaults_of(role)) DONGBO_TRY(set(*config, name, value));
  if (role == KafkaRole::kConsumer && !instance.empty()) DONGBO_TRY(set(*config, "group.instance.id", instance));
  for (const auto& [name, value] : options.properties) {
    for (const std::string_view own : kHubsOwn)
      if (name == own)
        return Error::fatal(fmt::format(
            "thuộc tính kafka {0}: hub tự đặt, hãy bỏ đi / kafka property {0}: the hub sets this one itself, leave it out",
            name));
    DONGBO_TRY(set(*config, name, value));
  }
  DONGBO_TRY(set(*config, "bootstrap.servers", options.brokers));
  for (const auto& [name, value] : promises_of(role)) DONGBO_TRY(set(*config, name, value));
  if (role == KafkaRole::kConsumer) DONGBO_TRY(set(*config, "group.id", options.group));
  rd_kafka_conf_set_log_cb(config.get(), &log_line);
  return config;
}

Result<RdKafka> kafka_handle(RdConf config, KafkaRole role) {
  char why[512] = "";
  const auto type = role == KafkaRole::kProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
  RdKafka handle(rd_kafka_new(type, config.get(), why, sizeof why));
  if (!handle) return Error::fatal(fmt::format("kafka: {}", why));
  config.release();  // the handle owns it now  // NOLINT(bugprone-unused-return-value)
  return handle;
}

}  // namespace dongbo::intake
