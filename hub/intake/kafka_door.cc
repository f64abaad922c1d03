#include "hub/intake/kafka_door.h"

#include <fmt/format.h>
#include <unistd.h>

#include <random>
#include <set>

#include "hub/base/log.h"
#include "hub/event/identity.h"
#include "hub/intake/kafka_consumer.h"
#include "hub/intake/kafka_intake.h"
#include "hub/intake/kafka_out_topics.h"
#include "hub/intake/kafka_problems.h"
#include "hub/intake/kafka_producer.h"
#include "hub/intake/kafka_requests.h"
#include "hub/intake/kafka_watcher.h"
#include "hub/intake/passing_on.h"

namespace dongbo::intake {
namespace {

constexpr auto kFlushPatience = std::chrono::milliseconds(5000);

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

// Names this data directory on this machine: a copy of it elsewhere is another member of the group.
std::string instance_name(const shard::ShardSet& shards) {
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  std::error_code failed;
  const auto directory = std::filesystem::absolute(shards.directory(), failed);
  return "dongbo-" + hex(event::digest_of(fmt::format("{}\n{}\n{}", shards.hub_id(), host, directory.string())).view());
}

std::string random_prefix() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

// Members in the order of their needs; stop() goes the other way.
struct KafkaDoor::Impl {
  Impl(shard::ShardSet& shards_in, const Clock& clock_in, KafkaOptions options_in)
      : shards(shards_in), clock(clock_in), options(std::move(options_in)), requests(random_prefix()) {}

  shard::ShardSet& shards;
  const Clock& clock;
  const KafkaOptions options;
  KafkaProblems problems;
  KafkaRequests requests;
  std::unique_ptr<KafkaWatcher> watcher;
  std::unique_ptr<PassingOn> passing_on;
  std::unique_ptr<OutTopics> out;
  std::unique_ptr<KafkaProducer> producer;  // goes before those it reports to
  std::unique_ptr<KafkaIntake> intake;
  std::unique_ptr<KafkaConsumer> consumer;
  bool started = false;
  bool stopped = false;
};

Result<std::unique_ptr<KafkaDoor>> KafkaDoor::open(shard::ShardSet& shards, const event::SchemaSet& schemas, const Clock& clock,
                                                   KafkaOptions options) {
  // What goes out would come in again, without end.
  if (std::set{options.topic_events, options.topic_changes, options.topic_quarantine}.size() != 3)
    return Error::fatal(
        fmt::format("kafka: topic sự kiện ({0}), thay đổi ({1}) và cách ly ({2}) phải là ba topic khác nhau / the topics of "
                    "events ({0}), changes ({1}) and quarantine ({2}) must be three",
                    options.topic_events, options.topic_changes, options.topic_quarantine));
  auto impl = std::make_unique<Impl>(shards, clock, std::move(options));
  auto& it = *impl;
  DONGBO_ASSIGN(it.watcher, KafkaWatcher::open(it.options, it.problems, shards.size()));
  DONGBO_ASSIGN(it.producer, KafkaProducer::open(it.options, it.problems));
  it.passing_on = std::make_unique<PassingOn>(*it.producer, it.problems, it.options.topic_events);
  it.out = std::make_unique<OutTopics>(shards, schemas, it.options, *it.producer, it.problems, *it.watcher);
  it.intake = std::make_unique<KafkaIntake>(shards, clock, *it.producer, it.requests, *it.watcher, it.options.topic_events);
  DONGBO_ASSIGN(it.consumer,
                KafkaConsumer::open(it.options, schemas, {shards, clock, *it.passing_on, it.requests, it.options.topic_events},
                                    it.problems, *it.watcher, instance_name(shards)));
  return std::unique_ptr<KafkaDoor>(new KafkaDoor(std::move(impl)));
}

KafkaDoor::KafkaDoor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

KafkaDoor::~KafkaDoor() {
  stop();
}

void KafkaDoor::start() {
  auto& it = *impl_;
  if (it.started) return;
  it.started = true;
  spdlog::info("kafka: {} at {}, group {}", it.options.topic_events, it.options.brokers, it.options.group);
  it.producer->start();
  it.watcher->start([&it] {
    const auto problems = it.problems.text();
    it.requests.expire(KafkaRequests::Time::clock::now(), "Kafka không trả về kịp / Kafka did not bring it back in time" +
                                                              (problems.empty() ? problems : ". " + problems));
  });
  it.consumer->start();
  it.out->start();
}

void KafkaDoor::stop() {
  auto& it = *impl_;
  if (!it.started || it.stopped) return;
  it.stopped = true;
  it.intake->close();
  it.consumer->stop();
  it.out->stop(kFlushPatience);
  it.producer->stop(it.watcher->connected() ? kFlushPatience : std::chrono::milliseconds(0));
  it.watcher->stop();
  it.requests.expire(KafkaRequests::Time::max(), "hub đang dừng / it is stopping");  // whoever still waits is told that it failed
}

KafkaStatus KafkaDoor::status() const {
  const auto& it = *impl_;
  return {it.watcher->connected(),   it.watcher->topic_fits(), it.problems.text(),
          it.consumer->partitions(), it.out->waiting(),        it.passing_on->passed_on()};
}

Intake& KafkaDoor::intake() {
  return *impl_->intake;
}

Result<std::uint32_t> kafka_partitions(const KafkaOptions& options) {
  KafkaProblems problems;
  DONGBO_ASSIGN(const auto watcher, KafkaWatcher::open(options, problems, 0));
  DONGBO_ASSIGN(const auto partitions, watcher->look(options.topic_events, std::chrono::seconds(10)));
  if (partitions == 0)
    return Error::not_found(fmt::format(
        "thiếu topic {0} trên {1}: hãy tạo (deploy/kafka/topics) / topic {0} is missing on {1}: create it (deploy/kafka/topics)",
        options.topic_events, options.brokers));
  return partitions;
}

}  // namespace dongbo::intake
