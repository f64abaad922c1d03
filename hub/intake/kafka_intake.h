#pragma once
#include <atomic>
#include <string>

#include "hub/base/clock.h"
#include "hub/intake/intake.h"
#include "hub/intake/kafka_producer.h"
#include "hub/intake/kafka_requests.h"
#include "hub/intake/kafka_watcher.h"

namespace dongbo::intake {

// The intake of a hub with Kafka: what came over HTTP or from a file goes into the events topic, at home, in canonical
// form, and its receipts are given when the hub's own consumer has journaled the records; so the topic alone tells
// everything that happened. What is refused never enters the topic: it is answered at once, or kept by shard 0 when the
// delivery asks so.
// A record whose partition another hub of the group reads gets no receipt here and fails after the patience, though it
// will be journaled there; sending it again is harmless.
// Owned by KafkaDoor. Any thread.
class KafkaIntake final : public Intake {
 public:
  static constexpr auto kPatience = std::chrono::seconds(30);

  KafkaIntake(shard::ShardSet& shards, const Clock& clock, KafkaProducer& producer, KafkaRequests& requests,
              const KafkaWatcher& watcher, std::string topic)
      : shards_(shards), clock_(clock), producer_(producer), requests_(requests), watcher_(watcher), topic_(std::move(topic)) {}

  // False also while the topic is missing or no broker was seen yet.
  bool accept(Delivery& delivery) override;
  void close() { closed_ = true; }  // refuses from now on

 private:
  struct Sent;
  void publish(const event::PreparedEvent& event, std::uint64_t number);

  shard::ShardSet& shards_;
  const Clock& clock_;
  KafkaProducer& producer_;
  KafkaRequests& requests_;
  const KafkaWatcher& watcher_;
  const std::string topic_;
  std::atomic<bool> closed_{false};
};

}  // namespace dongbo::intake
