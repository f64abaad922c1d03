#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/event/schema_set.h"
#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_handle.h"
#include "hub/intake/kafka_problems.h"
#include "hub/intake/kafka_watcher.h"
#include "hub/intake/partition_flow.h"

namespace dongbo::intake {

// The hub's member of the consumer group: takes the partitions the group gives it, starts each at the journal's offset,
// hands records to the partition's flow, pauses what its shard cannot take. One thread does all of it; the rebalance
// callback runs within its poll. A handle that librdkafka gives up on is replaced after a moment.
//
// The broker's committed offset is set behind the journal's, for others' monitoring; the hub never reads it.
//
// Owned by KafkaDoor. start and stop by the owner, stop may be called twice; partitions() by any thread.
class KafkaConsumer {
 public:
  // `instance` is the group.instance.id: see kafka_config.h.
  static Result<std::unique_ptr<KafkaConsumer>> open(const KafkaOptions& options, const event::SchemaSet& schemas,
                                                     FlowSurroundings around, KafkaProblems& problems,
                                                     const KafkaWatcher& watcher, std::string instance);
  ~KafkaConsumer();

  void start();
  void stop();
  std::vector<KafkaStatus::Partition> partitions() const;

 private:
  struct Assigned {
    std::unique_ptr<PartitionFlow> flow;
    bool paused = false;
    Offset committed;
  };

  KafkaConsumer(const KafkaOptions& options, const event::SchemaSet& schemas, FlowSurroundings around, KafkaProblems& problems,
                const KafkaWatcher& watcher, std::string instance);
  Result<RdKafka> new_handle();
  void run();
  void session();  // until stop or a fatal error of the handle
  void close();
  bool poll_batch();
  void take(const rd_kafka_message_t& message);
  void take_error(const rd_kafka_message_t& message);
  void begins_elsewhere(std::int32_t partition);
  void tend_flows();
  void pause(std::int32_t partition, Assigned& assigned, bool paused);
  void assign(const rd_kafka_topic_partition_list_t& list);
  void assign_again();
  void join_again_for_new_partitions();
  void mirror_offsets();
  void publish_status();
  void on_assigned(const rd_kafka_topic_partition_list_t& partitions);
  void on_revoked();
  static void on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions,
                           void* self) noexcept;

  const KafkaOptions options_;
  const FlowSurroundings around_;
  KafkaProblems& problems_;
  const KafkaWatcher& watcher_;
  const std::string instance_;
  event::Codec codec_;
  RdKafka handle_;
  std::map<std::int32_t, Assigned> assigned_;
  bool assign_again_ = false;
  bool broken_ = false;  // the handle
  std::uint32_t partitions_at_join_ = 0;
  bool looked_after_start_ = false;
  std::chrono::steady_clock::time_point joined_at_;
  std::chrono::steady_clock::time_point mirrored_at_;
  std::chrono::steady_clock::time_point published_at_;

  mutable std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::atomic<bool> stop_soon_{false};
  std::vector<KafkaStatus::Partition> published_;
  std::thread thread_;
};

}  // namespace dongbo::intake
