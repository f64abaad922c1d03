#include "hub/intake/passing_on.h"

#include <fmt/format.h>

namespace dongbo::intake {
namespace {

constexpr auto kPause = std::chrono::milliseconds(200);
constexpr const char* kTrouble = "passing on";

template <class Text>
std::optional<std::string> owned(const Text& text) {
  return text ? std::optional<std::string>(*text) : std::nullopt;
}
std::optional<std::string_view> viewed(const std::optional<std::string>& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

}  // namespace

RecordCopy::RecordCopy(const RecordView& record)
    : partition(record.partition),
      offset(record.offset),
      timestamp(record.timestamp),
      key(owned(record.key)),
      value(owned(record.value)) {
  for (const auto& [name, of] : record.headers) headers.emplace_back(name, owned(of));
}

RecordView RecordCopy::view() const {
  RecordView out{partition, offset, timestamp, viewed(key), viewed(value), {}};
  for (const auto& [name, of] : headers) out.headers.emplace_back(name, viewed(of));
  return out;
}

struct PassingOn::Passage final : KafkaDelivery {
  Passage(PassingOn& owner_in, const RecordView& record_in, std::int32_t home_in, std::shared_ptr<Passages> passages_in)
      : owner(owner_in), record(record_in), home(home_in), passages(std::move(passages_in)) {}

  void delivered(rd_kafka_resp_err_t error) noexcept override {
    std::unique_ptr<Passage> self(this);  // produce() let go of it
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      owner.passed_on_.fetch_add(1, std::memory_order_relaxed);
      owner.problems_.end(kTrouble);
      passages->outstanding.fetch_sub(1, std::memory_order_acq_rel);
    } else {
      owner.waits(std::move(self), error);
    }
  }

  PassingOn& owner;
  RecordCopy record;
  std::int32_t home;
  std::shared_ptr<Passages> passages;
};

PassingOn::PassingOn(KafkaProducer& producer, KafkaProblems& problems, std::string topic)
    : producer_(producer), problems_(problems), topic_(std::move(topic)) {}

PassingOn::~PassingOn() = default;

void PassingOn::send(const RecordView& record, std::int32_t home, const std::shared_ptr<Passages>& passages) {
  passages->outstanding.fetch_add(1, std::memory_order_acq_rel);
  auto passage = std::make_unique<Passage>(*this, record, home, passages);
  passage->record.headers.emplace_back(kPassedOnHeader, fmt::format("{}/{}/{}", topic_, record.partition, record.offset.value()));
  produce(std::move(passage));
}

void PassingOn::produce(std::unique_ptr<Passage> passage) {
  const auto view = passage->record.view();
  const OutgoingRecord outgoing{topic_, passage->home, view.key, view.value, view.headers, view.timestamp.value()};
  const auto error = producer_.produce(outgoing, *passage);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    static_cast<void>(passage.release());  // delivered() takes it back
  } else {
    waits(std::move(passage), error);
  }
}

void PassingOn::waits(std::unique_ptr<Passage> passage, rd_kafka_resp_err_t error) {
  if (KafkaProducer::refused_for_good(error)) {
    auto& passages = *passage->passages;
    {
      std::lock_guard lock(passages.mutex);
      passages.refused.push_back({std::move(passage->record), rd_kafka_err2str(error)});
    }
    passages.outstanding.fetch_sub(1, std::memory_order_acq_rel);
    return;
  }
  // The broker takes no such old or new time: it may stamp the record itself.
  if (error == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP) passage->record.timestamp = Millis(0);
  if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL && error != RD_KAFKA_RESP_ERR__PURGE_QUEUE &&
      error != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)
    problems_.begin(kTrouble, fmt::format("bản ghi của phân vùng {0} thuộc {1} chưa chuyển tiếp được và đang chờ / records for "
                                          "partition {0} of {1} cannot be passed on and wait: {2}",
                                          passage->home, topic_, rd_kafka_err2str(error)));
  std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(passage));
  waiting_count_ = waiting_.size();
}

void PassingOn::try_again() {
  if (waiting_count_ == 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_try_) return;
  next_try_ = now + kPause;
  std::vector<std::unique_ptr<Passage>> waiting;
  {
    std::lock_guard lock(mutex_);
    waiting.swap(waiting_);
    waiting_count_ = 0;
  }
  bool tried = false;
  for (auto& passage : waiting) {
    // Held by nobody else: its batch was dropped and will be read again.
    if (passage->passages.use_count() == 1) continue;
    produce(std::move(passage));
    tried = true;
  }
  if (!tried) problems_.end(kTrouble);
}

}  // namespace dongbo::intake
