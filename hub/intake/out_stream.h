#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/intake/kafka_problems.h"
#include "hub/intake/kafka_producer.h"

namespace dongbo::intake {

// One numbered row of records of a shard (its accepted events, or its quarantine) on its way into one partition of an out
// topic, in order, from the last number delivered. Sends in chunks; when one of them fails, everything after the last
// delivered number is sent again once the others have come back: repeated at most, never missing.
// A record the broker finds too large for ever is sent without its value, so that its place is not missing.
// Owned by OutTopics, used by its thread; deliveries come on the producer's thread; delivered() by any thread.
class OutStream {
 public:
  static constexpr std::size_t kChunkRecordsMax = 1024;
  static constexpr std::size_t kChunksMax = 8;
  static constexpr std::size_t kChunkBytesMax = 2u << 20;

  struct Record {
    std::uint64_t number = 0;
    std::optional<std::string_view> key;
    std::string_view value;
    std::vector<std::pair<std::string_view, std::optional<std::string_view>>> headers;
    std::int64_t timestamp = 0;
  };
  // Reads records with a number above `after`, ascending, until `take` returns false; returns the last number it has
  // passed, which may lie above the last record taken when something cannot be read.
  using Reader = std::function<std::uint64_t(std::uint64_t after, const std::function<bool(const Record&)>& take)>;

  OutStream(KafkaProducer& producer, KafkaProblems& problems, std::string topic, std::uint64_t delivered, Reader read)
      : producer_(producer),
        problems_(problems),
        topic_(std::move(topic)),
        read_(std::move(read)),
        sent_(delivered),
        delivered_(delivered) {}

  // Looks after what came back and sends more, up to `head`; `partition` of the topic. True: something moved.
  bool step(std::uint64_t head, std::int32_t partition);
  std::uint64_t delivered() const { return delivered_; }
  bool in_flight() const { return !chunks_.empty(); }

 private:
  struct Chunk;
  struct Sent final : KafkaDelivery {
    Sent(Chunk& chunk_in, std::uint64_t number_in) : chunk(chunk_in), number(number_in) {}
    void delivered(rd_kafka_resp_err_t error) noexcept override;
    Chunk& chunk;
    std::uint64_t number;
  };
  struct Chunk {
    std::atomic<std::size_t> left{1};  // one for the sender, while it still adds
    std::atomic<bool> failed{false};
    std::atomic<std::uint64_t> too_large{0};
    std::atomic<int> error{0};
    std::uint64_t last = 0;
    std::deque<Sent> sent;  // a deque: its elements do not move
  };

  bool reap();
  bool send_chunk(std::uint64_t head, std::int32_t partition);

  KafkaProducer& producer_;
  KafkaProblems& problems_;
  const std::string topic_;
  const Reader read_;
  std::uint64_t sent_;
  std::atomic<std::uint64_t> delivered_;
  bool going_back_ = false;
  std::chrono::steady_clock::time_point next_try_;
  std::set<std::uint64_t> without_value_;
  std::deque<std::unique_ptr<Chunk>> chunks_;
};

}  // namespace dongbo::intake
