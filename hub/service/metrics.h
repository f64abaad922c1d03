#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/base/time_histogram.h"

namespace dongbo::service {

enum class Route : std::uint8_t { kEvents, kReading, kFeed, kReports, kAdmin, kOperations, kFiles, kOther };
inline constexpr std::size_t kRoutes = 8;
std::string_view text_of(Route route);

// What the service itself counts; what shards and doors count is asked of them when the page is written. Any thread.
class Metrics {
 public:
  void answered(Route route, unsigned status, std::chrono::nanoseconds took) {
    auto& counters = routes_[static_cast<std::size_t>(route)];
    counters.by_class[status / 100 < 6 ? status / 100 : 5].fetch_add(1, std::memory_order_relaxed);
    counters.times.add(took);
  }

  std::atomic<std::uint64_t> body_bytes{0};              // of events, as sent
  std::array<std::atomic<std::uint64_t>, 5> outcomes{};  // by intake::Receipt::Outcome, over HTTP
  std::atomic<std::uint64_t> back_pressure{0};           // times an upload had to wait for the journal
  std::atomic<std::uint64_t> feed_frames{0};
  std::atomic<std::uint64_t> feed_wakes{0};
  std::atomic<std::uint64_t> feed_resets{0};
  std::atomic<std::uint64_t> feed_cut_off{0};
  std::atomic<std::int64_t> feed_sessions{0};

  void write(std::string& page) const;

 private:
  struct RouteCounters {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};
    TimeHistogram times;
  };
  std::array<RouteCounters, kRoutes> routes_{};
};

// A metric of the page in the Prometheus text format: its head once, then its samples.
void write_head(std::string& page, std::string_view name, std::string_view type, std::string_view help);
void write_sample(std::string& page, std::string_view name, std::string_view labels, double value);
// The buckets, sum and count of one histogram; `labels` may not be empty.
void write_histogram(std::string& page, std::string_view name, std::string_view labels, const TimeHistogram::Reading& reading);

}  // namespace dongbo::service
