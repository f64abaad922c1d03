#pragma once
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hub/base/clock.h"
#include "hub/event/codec.h"
#include "hub/intake/kafka_record.h"
#include "hub/intake/kafka_requests.h"
#include "hub/intake/passing_on.h"
#include "hub/shard/shard_set.h"

namespace dongbo::intake {

// What a flow needs of the door; all outlive it.
struct FlowSurroundings {
  shard::ShardSet& shards;
  const Clock& clock;
  PassingOn& passing_on;
  KafkaRequests& requests;
  std::string topic;
};

// One assigned partition of the events topic, from its records to its shard.
//
// Records are decoded and gathered in parcels; a parcel becomes one submission that carries the offset after its last
// record, so that events and offset are durable together or not at all. A parcel is submitted when the records it passed
// on have arrived at home, and only when the parcel before it is journaled: were two on their way and the first failed,
// the second's offset would pass over it. What fails is read again from the journal's offset.
//
// Partition p < shards belongs to shard p. A partition added later (p >= shards) is nobody's home: everything readable is
// passed on, and its offset (and what could not be read) is kept by shard p % shards.
//
// Owned by the consumer's session, on the consumer thread; only the submission's `done` comes from elsewhere.
class PartitionFlow {
 public:
  static constexpr std::size_t kParcelRecordsMax = 4096;
  static constexpr std::size_t kParcelBytesMax = 4u << 20;

  PartitionFlow(const FlowSurroundings& around, std::int32_t partition);
  ~PartitionFlow();
  PartitionFlow(const PartitionFlow&) = delete;
  PartitionFlow& operator=(const PartitionFlow&) = delete;

  void take(const RecordView& record, event::Codec& codec);
  // Nothing more is there before `end`: what lies between the last record and it are marks of transactions. Ignored while
  // records are dropped: then records lie there.
  void reached_end(Offset end);
  // Moves on what can be moved on. Never blocks.
  void pump();
  // Waits, `patience` at most, until nothing of this flow is with the shard. What was gathered is dropped.
  void finish(std::chrono::milliseconds patience);

  // An append failed: the consumer is to read again from expected(). Asked once, when its pause is over.
  bool wants_rewind();
  // The topic does not hold the journal's offset any more: go on at `offset`, be it before or after.
  void reset_to(Offset offset);

  Offset expected() const { return expected_; }    // the next record to take
  Offset journaled() const { return journaled_; }  // everything before it is durable
  bool busy() const { return flight_ != nullptr || !parcels_.empty(); }
  bool overfull() const { return parcels_.size() > kParcelsMax; }
  bool roomy() const { return parcels_.size() <= 1; }
  std::int32_t partition() const { return partition_; }

 private:
  static constexpr std::size_t kParcelsMax = 4;

  using Asked = std::vector<std::pair<std::uint64_t, std::size_t>>;  // a request's number, the index of its item
  struct Parcel {
    shard::Submission submission;
    std::shared_ptr<Asked> asked = std::make_shared<Asked>();
    std::shared_ptr<Passages> passages = std::make_shared<Passages>();
    std::size_t records = 0;
    std::size_t bytes = 0;
    Offset next;
  };
  // A parcel that is with the shard.
  struct Flight {
    Offset next;
    std::atomic<bool> landed{false};
  };

  Parcel& open_parcel(std::size_t bytes);
  void add(Parcel& parcel, const RecordView& record, std::variant<event::PreparedEvent, shard::RefusedItem> item);
  Millis recorded_at(const RecordView& record) const;
  void land();
  void submit_next();
  Offset journal_position() const;

  const FlowSurroundings& around_;
  const std::int32_t partition_;
  const ShardId shard_;
  Offset expected_;
  Offset journaled_;
  Offset end_;  // the last one reached
  std::deque<Parcel> parcels_;
  std::shared_ptr<Flight> flight_;
  bool failed_ = false;   // drops records until the rewind
  bool failing_ = false;  // until something is journaled again
  std::chrono::steady_clock::time_point rewind_at_;
};

}  // namespace dongbo::intake
