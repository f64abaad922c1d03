#include "hub/intake/partition_flow.h"

#include <fmt/format.h>

#include <thread>

#include "hub/base/log.h"
#include "hub/event/entry_view.h"
#include "hub/intake/refused.h"

namespace dongbo::intake {
namespace {

constexpr auto kRewindPause = std::chrono::milliseconds(500);

event::Refusal refusal_of(const event::PreparedEvent& event, std::string detail) {
  return {event::RefusalKind::kInvalid, {{"", std::move(detail)}}, event.id, event.source, ""};
}

}  // namespace

PartitionFlow::PartitionFlow(const FlowSurroundings& around, std::int32_t partition)
    : around_(around),
      partition_(partition),
      shard_(static_cast<std::uint32_t>(partition) % around.shards.size()),
      expected_(journal_position()),
      journaled_(expected_) {}

PartitionFlow::~PartitionFlow() = default;

Offset PartitionFlow::journal_position() const {
  return around_.shards.at(shard_).journal().source_position(around_.topic, partition_).value_or(Offset(0));
}

void PartitionFlow::take(const RecordView& record, event::Codec& codec) {
  // Pausing and resuming may hand the same record out twice.
  if (failed_ || record.offset < expected_) return;
  expected_ = record.offset.next();
  auto& parcel = open_parcel(record.bytes());
  parcel.next = expected_;
  auto decoded = decode_event(codec, record);
  if (auto* refusal = std::get_if<event::Refusal>(&decoded)) {
    add(parcel, record, refused_record(std::move(*refusal), record));
    return;
  }
  auto& event = std::get<event::PreparedEvent>(decoded);
  const auto home = static_cast<std::int32_t>(around_.shards.home(event.home_key).value());
  if (home == partition_) {
    add(parcel, record, std::move(event));
  } else if (record.count(kPassedOnHeader) >= PassingOn::kRoundsMax) {
    add(parcel, record,
        refused_record(
            refusal_of(event,
                       fmt::format("đã chuyển tiếp {0} lần mà chưa tới nơi: các hub đọc {1} có số phân mảnh khác nhau / passed "
                                   "on {0} times and not at home yet: hubs with different numbers of shards read {1}",
                                   PassingOn::kRoundsMax, around_.topic)),
            record));
  } else {
    around_.passing_on.send(record, home, parcel.passages);
  }
}

PartitionFlow::Parcel& PartitionFlow::open_parcel(std::size_t bytes) {
  if (parcels_.empty() || parcels_.back().records >= kParcelRecordsMax || parcels_.back().bytes >= kParcelBytesMax)
    parcels_.emplace_back();
  auto& parcel = parcels_.back();
  ++parcel.records;
  parcel.bytes += bytes;
  return parcel;
}

void PartitionFlow::add(Parcel& parcel, const RecordView& record, std::variant<event::PreparedEvent, shard::RefusedItem> item) {
  if (const auto header = record.header(kRequestHeader))
    if (const auto number = around_.requests.number_of(*header))
      parcel.asked->emplace_back(*number, parcel.submission.items.size());
  parcel.submission.items.push_back({std::move(item), recorded_at(record), record.offset.value()});
}

// The record's own time, so that whoever reads the topic anew comes to the same. Not that of a publisher whose clock is far
// ahead: recorded times never go back, so everything after it would count as recorded then.
Millis PartitionFlow::recorded_at(const RecordView& record) const {
  const auto now = around_.clock.now();
  const bool believed = record.timestamp.value() >= 0 && record.timestamp.value() - now.value() <= event::kClocksDifferMillis;
  return believed ? record.timestamp : now;
}

void PartitionFlow::reached_end(Offset end) {
  if (!failed_) end_ = end;
}

void PartitionFlow::pump() {
  if (flight_ && flight_->landed.load(std::memory_order_acquire)) land();
  if (!flight_ && !failed_ && !parcels_.empty()) submit_next();
  if (!busy() && !failed_ && end_ > expected_) expected_ = journaled_ = end_;  // in memory: nothing is lost if it is read again
}

void PartitionFlow::land() {
  const auto wanted = flight_->next;
  flight_.reset();
  // The journal says whether it took the parcel: one without items has no outcomes to tell it.
  if (journal_position() == wanted) {
    journaled_ = wanted;
    failing_ = false;
    return;
  }
  // Said once: it is tried twice a second, and the shard's status says why.
  spdlog::log(failing_ ? spdlog::level::debug : spdlog::level::warn,
              "kafka: {0}/{1}: chưa ghi được các bản ghi {2}..{3} vào nhật ký, sẽ đọc lại / records {2}..{3} could not be "
              "journaled, they are read again",
              around_.topic, partition_, journaled_.value(), wanted.value() - 1);
  failed_ = failing_ = true;
  parcels_.clear();
  end_ = Offset(0);
  expected_ = journaled_ = journal_position();
  rewind_at_ = std::chrono::steady_clock::now() + kRewindPause;
}

void PartitionFlow::submit_next() {
  auto& parcel = parcels_.front();
  if (parcel.passages->outstanding.load(std::memory_order_acquire) > 0) return;
  // Nobody else holds the passages now that none is outstanding.
  for (const auto& [copy, reason] : parcel.passages->refused) {
    event::Refusal refusal;
    refusal.faults.push_back(
        {"",
         fmt::format(
             "broker từ chối hẳn bản ghi ở phân vùng của nó / the broker refused the record at its home partition for good: {}",
             reason)});
    auto view = copy.view();
    view.headers.pop_back();  // the one that passing on added
    add(parcel, view, refused_record(std::move(refusal), view));
  }
  parcel.passages->refused.clear();

  auto flight = std::make_shared<Flight>();
  flight->next = parcel.next;
  auto& submission = parcel.submission;
  submission.origin = {"kafka", around_.topic, partition_, "", -1};
  submission.positions = {{around_.topic, partition_, parcel.next}};
  submission.done = [flight, asked = parcel.asked, &requests = around_.requests,
                     shard = shard_](std::vector<shard::Outcome> outcomes) {
    for (const auto& [number, index] : *asked) requests.journaled(number, shard, outcomes[index]);
    flight->landed.store(true, std::memory_order_release);
  };
  // Full: the parcel stays and may still grow; when too many wait, the partition is paused.
  if (!around_.shards.at(shard_).submit(submission)) return;
  flight_ = std::move(flight);
  parcels_.pop_front();
}

void PartitionFlow::finish(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  parcels_.clear();
  while (flight_ && !flight_->landed.load(std::memory_order_acquire)) {
    if (std::chrono::steady_clock::now() > deadline) {
      spdlog::warn(
          "kafka: {0}/{1}: trả lại phân vùng khi phân mảnh {2} còn đang ghi các bản ghi của nó / left while shard {2} still "
          "works on its records",
          around_.topic, partition_, shard_.value());
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (flight_) land();
}

bool PartitionFlow::wants_rewind() {
  if (!failed_ || std::chrono::steady_clock::now() < rewind_at_) return false;
  failed_ = false;
  end_ = Offset(0);
  return true;
}

void PartitionFlow::reset_to(Offset offset) {
  parcels_.clear();
  end_ = Offset(0);
  expected_ = offset;
}

}  // namespace dongbo::intake
