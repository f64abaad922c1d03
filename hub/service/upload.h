#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "hub/intake/intake.h"
#include "hub/service/metrics.h"
#include "hub/service/receipts.h"
#include "hub/service/signal.h"

namespace dongbo::service {

// Hands the events of one body to the intake in chunks, a few on their way at a time, and collects their receipts in the
// order of the body. Shared with the chunks' callbacks; all methods on the connection's thread.
class Upload : public std::enable_shared_from_this<Upload> {
 public:
  static constexpr std::size_t kChunkEvents = 512;
  static constexpr std::size_t kChunkBytes = 4u << 20;
  static constexpr std::size_t kChunksOnTheirWay = 4;

  Upload(const asio::any_io_executor& executor, intake::Intake& intake, Metrics& metrics, UploadSummary summary = UploadSummary())
      : executor_(executor), arrived_(executor), intake_(intake), metrics_(metrics), summary_(std::move(summary)) {
    origin_.door = "http";
  }

  // What is refused goes to quarantine as coming from this file, whose line `first_line` is the body's first.
  void keep_refused(journal::Origin origin, std::uint64_t first_line = 1) {
    origin_ = std::move(origin);
    first_line_ = first_line;
    keep_refused_ = true;
  }

  // `index`: place in the body, from 0; `bytes`: its size there.
  void add(event::Decoded decoded, std::uint64_t index, std::string_view text);
  bool full() const { return items_.size() >= kChunkEvents || bytes_ >= kChunkBytes; }

  // Hands on what was added since the last time. False: the intake stayed full for ten seconds; nothing of it was taken.
  Task<bool> hand_on();
  // Waits for the receipts of all that was handed on.
  Task<> finish();

  const UploadSummary& summary() const { return summary_; }
  // What became of all items with a smaller index is decided: a sender may go on from there. REQUIRES: finish().
  std::uint64_t taken() const { return std::min(handed_on_, summary_.first_failed()); }

 private:
  struct Chunk {
    std::vector<std::uint64_t> indexes;
    std::optional<std::vector<intake::Receipt>> receipts;
  };
  void take(std::uint64_t number, std::vector<intake::Receipt> receipts);

  const asio::any_io_executor executor_;
  Signal arrived_;
  intake::Intake& intake_;
  Metrics& metrics_;
  bool keep_refused_ = false;
  journal::Origin origin_;
  std::uint64_t first_line_ = 1;

  std::vector<intake::Item> items_;  // not handed on yet
  std::vector<std::uint64_t> indexes_;
  std::size_t bytes_ = 0;
  std::deque<Chunk> on_their_way_;
  std::uint64_t first_number_ = 0;  // of the oldest chunk on its way
  std::uint64_t handed_on_ = 0;     // all items with a smaller index have been
  UploadSummary summary_;
};

// Pauses between tries under back-pressure: 5 ms doubling to 50 ms, ten seconds in all.
class Patience {
 public:
  // nullopt: it has run out.
  std::optional<std::chrono::milliseconds> next() {
    if (waited_ >= kAll) return std::nullopt;
    const auto pause = pause_;
    waited_ += pause;
    pause_ = std::min(pause_ * 2, kLongest);
    return pause;
  }

 private:
  static constexpr std::chrono::milliseconds kAll{10'000};
  static constexpr std::chrono::milliseconds kLongest{50};
  std::chrono::milliseconds pause_{5};
  std::chrono::milliseconds waited_{0};
};

Task<> pause_for(std::chrono::milliseconds time);

}  // namespace dongbo::service
