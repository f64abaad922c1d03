#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace dongbo::bench {

// Counts durations in log-linear buckets: 128 to every power of two, so a quantile is at most 0.8 % above the truth.
// Nanoseconds in, up to 18 minutes; longer ones count as that. One thread; add() merges those of others.
class Histogram {
 public:
  Histogram() : counts_(kBuckets) {}

  void record(std::uint64_t nanoseconds) {
    ++counts_[bucket(std::min(nanoseconds, kLongest))];
    ++count_;
    max_ = std::max(max_, nanoseconds);
  }
  void add(const Histogram& other) {
    for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
  }

  std::uint64_t count() const { return count_; }
  double max_ms() const { return static_cast<double>(max_) / 1e6; }
  // The least duration that the share `quantile` does not exceed.
  double ms(double quantile) const {
    const auto wanted = static_cast<std::uint64_t>(quantile * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kBuckets; ++i)
      if ((seen += counts_[i]) > wanted || seen == count_) return static_cast<double>(std::min(last_of(i), max_)) / 1e6;
    return 0;
  }

 private:
  static constexpr int kFine = 7;
  static constexpr std::uint64_t kLongest = (std::uint64_t{1} << 40) - 1;
  static constexpr std::size_t kBuckets = std::size_t{40 - kFine + 1} << kFine;

  static std::size_t bucket(std::uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - kFine - 1);
    return static_cast<std::size_t>(shift) * (1u << kFine) + static_cast<std::size_t>(value >> shift);
  }
  static std::uint64_t last_of(std::size_t index) {
    if (index < (2u << kFine)) return index;
    const auto shift = index / (1u << kFine) - 1;
    return ((index - shift * (1u << kFine) + 1) << shift) - 1;
  }

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace dongbo::bench
