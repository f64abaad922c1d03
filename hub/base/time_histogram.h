#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace dongbo {

// How long something took, counted into fixed buckets from 0.1 ms to 10 s, as Prometheus wants histograms. Any thread;
// a reading taken beside an add() may lack it in one of its figures.
class TimeHistogram {
 public:
  static constexpr std::array<std::uint64_t, 15> kEdgesMicroseconds{
      100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 5'000'000, 10'000'000};
  struct Reading {
    std::array<std::uint64_t, kEdgesMicroseconds.size() + 1> counts{};  // by bucket, the last beyond all edges
    double seconds = 0;                                                 // of all together
  };

  void add(std::chrono::nanoseconds took) {
    const auto nanoseconds = static_cast<std::uint64_t>(took.count());
    std::size_t bucket = 0;
    while (bucket < kEdgesMicroseconds.size() && nanoseconds > kEdgesMicroseconds[bucket] * 1000) ++bucket;
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    nanoseconds_.fetch_add(nanoseconds, std::memory_order_relaxed);
  }
  Reading read() const {
    Reading out;
    for (std::size_t i = 0; i < counts_.size(); ++i) out.counts[i] = counts_[i].load(std::memory_order_relaxed);
    out.seconds = static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9;
    return out;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kEdgesMicroseconds.size() + 1> counts_{};
  std::atomic<std::uint64_t> nanoseconds_{0};
};

}  // namespace dongbo
