#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hub/intake/kafka_producer.h"
#include "hub/intake/kafka_record.h"

namespace dongbo::intake {

// A record kept beyond its message's life.
struct RecordCopy {
  explicit RecordCopy(const RecordView& record);
  RecordView view() const;  // valid as long as the copy

  std::int32_t partition;
  Offset offset;
  Millis timestamp;
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::vector<std::pair<std::string, std::optional<std::string>>> headers;
};

// The records of one batch that are on their way home: the batch's position may be journaled once none is outstanding.
struct Passages {
  struct Refused {
    RecordCopy record;
    std::string reason;
  };
  std::atomic<std::size_t> outstanding{0};
  std::mutex mutex;
  std::vector<Refused> refused;  // by the broker, for good: the batch keeps them in quarantine
};

// Sends records that arrived away from home to their home partition, with key, value, timestamp and headers as they were
// and one header more that says where they lay. Each is tried until the broker has it; while the broker is away they
// wait here and their partition waits with them.
// Owned by KafkaDoor, outlives the producer's deliveries. send() and try_again() by the consumer thread only.
class PassingOn {
 public:
  // A record that went round this often is not going home: hubs with different numbers of shards read one topic.
  static constexpr std::size_t kRoundsMax = 8;

  PassingOn(KafkaProducer& producer, KafkaProblems& problems, std::string topic);
  ~PassingOn();

  void send(const RecordView& record, std::int32_t home, const std::shared_ptr<Passages>& passages);
  // Sends again what found no room or failed, unless nobody waits for it any more.
  void try_again();
  std::uint64_t passed_on() const { return passed_on_.load(std::memory_order_relaxed); }

 private:
  struct Passage;
  void produce(std::unique_ptr<Passage> passage);
  void waits(std::unique_ptr<Passage> passage, rd_kafka_resp_err_t error);

  KafkaProducer& producer_;
  KafkaProblems& problems_;
  const std::string topic_;
  std::atomic<std::uint64_t> passed_on_{0};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Passage>> waiting_;
  std::atomic<std::size_t> waiting_count_{0};
  std::chrono::steady_clock::time_point next_try_;
};

}  // namespace dongbo::intake
