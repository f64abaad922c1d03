#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "hub/event/schema_set.h"
#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_producer.h"
#include "hub/intake/kafka_watcher.h"
#include "hub/intake/out_cursor.h"
#include "hub/intake/out_stream.h"
#include "hub/shard/shard_set.h"

namespace dongbo::intake {

// Publishes what the shards hold, behind the journal and never in its way:
//   changes     each accepted event: the canonical entry, key = home key, header dongbo-position "1:42"
//   quarantine  each entry kept there: the raw value, key = event id, headers dongbo-quarantine "0:q7", dongbo-reason,
//               dongbo-origin, dongbo-detail
// Shard s goes to partition s modulo the topic's partitions. A topic that is missing waits; the other goes on.
// Owned by KafkaDoor; one thread for all shards. waiting() by any thread.
class OutTopics {
 public:
  OutTopics(shard::ShardSet& shards, const event::SchemaSet& schemas, const KafkaOptions& options, KafkaProducer& producer,
            KafkaProblems& problems, const KafkaWatcher& watcher);
  ~OutTopics();

  void start();
  // Publishes what is journaled by now if `patience` allows, stores the cursors. May be called twice.
  void stop(std::chrono::milliseconds patience);
  // Of every shard and topic what is not delivered yet.
  std::vector<KafkaStatus::Waiting> waiting() const;

 private:
  struct OneShard;
  void run();
  bool step();
  bool caught_up() const;
  void store_cursors();

  const KafkaOptions options_;
  KafkaProblems& problems_;
  const KafkaWatcher& watcher_;
  std::vector<std::unique_ptr<OneShard>> shards_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::chrono::steady_clock::time_point stop_by_;
  std::thread thread_;
};

}  // namespace dongbo::intake
