#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/base/clock.h"
#include "hub/base/result.h"
#include "hub/event/schema_set.h"
#include "hub/intake/intake.h"
#include "hub/shard/shard_set.h"

namespace dongbo::intake {

struct KafkaOptions {
  std::string brokers;
  std::string topic_events = "dongbo.events";
  std::string topic_changes = "dongbo.changes";
  std::string topic_quarantine = "dongbo.quarantine";
  std::string group = "dongbo";
  std::map<std::string, std::string> properties;  // security.protocol, sasl.*, ssl.*, …: passed to librdkafka as they are
};

struct KafkaStatus {
  struct Partition {
    std::int32_t partition = 0;
    std::int64_t next_offset = 0;  // journaled
    std::int64_t end_offset = -1;  // the broker's; -1 unknown
    bool paused = false;           // back-pressure
  };
  // What of a shard's journal or quarantine is not in an out topic yet: entries.
  struct Waiting {
    std::string topic;
    std::uint32_t shard = 0;
    std::uint64_t entries = 0;
  };
  bool connected = false;
  bool topic_fits = false;  // the events topic is there, with a partition for each shard
  std::string last_error;
  std::vector<Partition> partitions;
  std::vector<Waiting> out;
  std::uint64_t passed_on = 0;  // records sent to their home partition
};

// The Kafka door: one consumer of the events topic, partition p into shard p (partitions added beyond the modulus are
// read and passed on), offsets from the journal (Kafka's committed offset only mirrors it), one idempotent producer for
// records away from home and for the out topics, which trail the journal with a durable cursor (at most repeated after a
// crash, never missing; header dongbo-position lets readers drop repeats).
//
// Owned by the service. start() needs no broker: it keeps trying and says so in status(). stop() returns when no callback
// runs and the out topics are flushed or the time for that ran out; may be called twice.
class KafkaDoor {
 public:
  static Result<std::unique_ptr<KafkaDoor>> open(shard::ShardSet& shards, const event::SchemaSet& schemas, const Clock& clock,
                                                 KafkaOptions options);
  ~KafkaDoor();
  void start();
  void stop();
  KafkaStatus status() const;
  // Publishes to the events topic and gives receipts when the own consumer has journaled the records.
  Intake& intake();

 private:
  struct Impl;
  explicit KafkaDoor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Number of partitions of the events topic, to choose the modulus of a new hub; transient error when no broker answers or the
// topic is missing.
Result<std::uint32_t> kafka_partitions(const KafkaOptions& options);

}  // namespace dongbo::intake
