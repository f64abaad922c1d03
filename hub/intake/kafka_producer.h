#pragma once
#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "hub/base/result.h"
#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_handle.h"
#include "hub/intake/kafka_problems.h"

namespace dongbo::intake {

// Told once what became of a record that produce() took. Called on the producer's poll thread, which all other records
// wait for: only note it down.
class KafkaDelivery {
 public:
  virtual void delivered(rd_kafka_resp_err_t error) noexcept = 0;

 protected:
  ~KafkaDelivery() = default;
};

// A record on its way out; everything is copied by produce().
struct OutgoingRecord {
  const std::string& topic;
  std::int32_t partition = 0;
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;
  std::span<const std::pair<std::string_view, std::optional<std::string_view>>> headers;
  std::int64_t timestamp = 0;  // 0: now
};

// The hub's one idempotent producer. Records of a partition keep their order; a record is tried until it is delivered
// or the broker says that it never can be. A handle that librdkafka gives up on (a fatal error of idempotence) is replaced
// by a new one; its undelivered records are reported as failed and their owners send them again.
// Owned by KafkaDoor. produce() by any thread; start and stop by the owner, stop may be called twice.
class KafkaProducer {
 public:
  static Result<std::unique_ptr<KafkaProducer>> open(const KafkaOptions& options, KafkaProblems& problems);
  ~KafkaProducer();

  void start();
  // Gives what is queued `patience` to get out, then reports the rest as failed. No delivery is reported afterwards.
  void stop(std::chrono::milliseconds patience);

  // NO_ERROR: taken, `delivery` will be told. __QUEUE_FULL: try again in a moment. Others: not taken.
  rd_kafka_resp_err_t produce(const OutgoingRecord& record, KafkaDelivery& delivery);

  // No number of tries would help: the record itself is refused.
  static bool refused_for_good(rd_kafka_resp_err_t error);

 private:
  KafkaProducer(const KafkaOptions& options, KafkaProblems& problems) : options_(options), problems_(problems) {}
  Result<RdKafka> new_handle();
  void run();
  void replace_handle();
  static void on_delivery(rd_kafka_t* handle, const rd_kafka_message_t* message, void* self) noexcept;
  static void on_error(rd_kafka_t* handle, int code, const char* reason, void* self) noexcept;

  const KafkaOptions options_;
  KafkaProblems& problems_;
  std::shared_mutex handle_mutex_;  // exclusive only while the handle is replaced
  RdKafka handle_;
  std::atomic<bool> fatal_{false};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace dongbo::intake
