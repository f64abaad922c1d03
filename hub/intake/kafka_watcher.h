#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/base/result.h"
#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_handle.h"
#include "hub/intake/kafka_problems.h"

namespace dongbo::intake {

// Looks at the broker from time to time with a handle of its own that never creates a topic: does one answer, which of
// the hub's topics are there, with how many partitions. Says what is missing in the problems.
// Owned by KafkaDoor; the answers by any thread.
class KafkaWatcher {
 public:
  // `partitions_wanted`: of the events topic, one for each shard.
  static Result<std::unique_ptr<KafkaWatcher>> open(const KafkaOptions& options, KafkaProblems& problems,
                                                    std::uint32_t partitions_wanted);
  ~KafkaWatcher();

  // `each_time` runs on the watcher's thread about once a second.
  void start(std::function<void()> each_time);
  void stop();  // may be called twice

  bool connected() const { return connected_.load(std::memory_order_relaxed); }
  // Of one of the hub's topics as last seen; 0: missing, or not seen yet.
  std::uint32_t partitions(const std::string& topic) const;
  // The events topic has a partition for every shard. Until then nothing goes through it: what is read would wait for a
  // home that is not there, and be read and passed on again by every start.
  bool topic_fits() const { return partitions(options_.topic_events) >= partitions_wanted_; }

  // One look, for kafka_partitions(): waits up to `patience`. 0: missing.
  Result<std::uint32_t> look(const std::string& topic, std::chrono::milliseconds patience);

 private:
  KafkaWatcher(const KafkaOptions& options, KafkaProblems& problems, std::uint32_t partitions_wanted);
  void run(const std::function<void()>& each_time);
  void look_at_all();
  void judge(const std::string& topic, std::uint32_t partitions);
  static void on_error(rd_kafka_t* handle, int code, const char* reason, void* self) noexcept;

  const KafkaOptions options_;
  KafkaProblems& problems_;
  const std::uint32_t partitions_wanted_;
  RdKafka handle_;
  std::atomic<bool> connected_{false};
  mutable std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  std::string last_reason_;
  std::map<std::string, std::uint32_t> partitions_;
  std::thread thread_;
};

}  // namespace dongbo::intake
