#include "hub/intake/out_stream.h"

#include <fmt/format.h>

#include "hub/base/log.h"

namespace dongbo::intake {
namespace {

constexpr auto kPause = std::chrono::milliseconds(500);
constexpr std::string_view kTooLargeHeader = "dongbo-too-large";  // bytes of the value that was left out

}  // namespace

void OutStream::Sent::delivered(rd_kafka_resp_err_t error) noexcept {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (KafkaProducer::refused_for_good(error)) chunk.too_large = number;
    chunk.error = error;
    chunk.failed = true;
  }
  chunk.left.fetch_sub(1, std::memory_order_acq_rel);  // the last touch: the chunk may go now
}

bool OutStream::step(std::uint64_t head, std::int32_t partition) {
  bool moved = reap();
  if (going_back_ && chunks_.empty()) {
    going_back_ = false;
    sent_ = delivered_;
    next_try_ = std::chrono::steady_clock::now() + kPause;
  }
  if (!going_back_ && sent_ < head && chunks_.size() < kChunksMax && std::chrono::steady_clock::now() >= next_try_)
    moved |= send_chunk(head, partition);
  return moved;
}

bool OutStream::reap() {
  bool moved = false;
  while (!chunks_.empty() && chunks_.front()->left.load(std::memory_order_acquire) == 0) {
    const auto& chunk = *chunks_.front();
    if (chunk.failed) {
      if (const auto number = chunk.too_large.load(); number != 0) {
        spdlog::warn(
            "kafka: {0}: mục số {1} quá lớn với broker, được phát không kèm giá trị / number {1} is too large for the broker and "
            "goes without its value",
            topic_, number);
        without_value_.insert(number);
      } else {
        problems_.begin("out " + topic_,
                        fmt::format("không phát được ra {0}, đang thử lại / cannot publish to {0}, trying again: {1}", topic_,
                                    rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(chunk.error.load()))));
      }
      going_back_ = true;
    } else if (!going_back_) {
      delivered_ = chunk.last;
      without_value_.erase(without_value_.begin(), without_value_.upper_bound(delivered_));
      problems_.end("out " + topic_);
    }
    chunks_.pop_front();
    moved = true;
  }
  return moved;
}

bool OutStream::send_chunk(std::uint64_t head, std::int32_t partition) {
  auto& chunk = *chunks_.emplace_back(std::make_unique<Chunk>());
  std::size_t bytes = 0;
  bool stopped = false;  // before the end of what there is
  auto passed = read_(sent_, [&](const Record& record) {
    if (record.number > head || chunk.sent.size() >= kChunkRecordsMax || bytes >= kChunkBytesMax) {
      stopped = true;
      return false;
    }
    OutgoingRecord outgoing{topic_, partition, record.key, record.value, record.headers, record.timestamp};
    std::string size;
    auto headers = record.headers;
    if (without_value_.contains(record.number)) {
      size = std::to_string(record.value.size());
      headers.emplace_back(kTooLargeHeader, size);
      outgoing.headers = headers;
      outgoing.value.reset();
    }
    auto& sent = chunk.sent.emplace_back(chunk, record.number);
    chunk.left.fetch_add(1, std::memory_order_acq_rel);
    const auto error = producer_.produce(outgoing, sent);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      chunk.sent.pop_back();
      chunk.left.fetch_sub(1, std::memory_order_acq_rel);
      if (KafkaProducer::refused_for_good(error)) without_value_.insert(record.number);
      next_try_ = std::chrono::steady_clock::now() + kPause / (error == RD_KAFKA_RESP_ERR__QUEUE_FULL ? 20 : 1);
      stopped = true;
      return false;
    }
    bytes += record.value.size() + 128;
    sent_ = record.number;
    return true;
  });
  if (!stopped) sent_ = std::max(sent_, passed);
  chunk.last = sent_;
  chunk.left.fetch_sub(1, std::memory_order_acq_rel);
  return !chunk.sent.empty();
}

}  // namespace dongbo::intake
