#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dongbo::projection {

// The sequence numbers of a source that were seen, as merged intervals [lo, hi]: what is missing is what lies between
// them. The number a publisher writes is text ("0000000042"); `width` is the shortest text seen, so that a missing one is
// written as the publisher would.
//
// Invariant: intervals ascend, do not overlap and do not touch (hi + 1 < next lo).
// Limit: kMax intervals. Beyond it the lowest interval is forgotten and `forgotten_to` says up to which number nothing is
// known any more; numbers at or below it are taken without being kept. Up to the limit the intervals are a function of
// the set of numbers; beyond it of their order too (what filled a forgotten gap is not known).
class SequenceIntervals {
 public:
  static constexpr std::size_t kMax = 4096;
  struct Interval {
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    bool operator==(const Interval&) const = default;
    static void fields(auto& row, auto&& visit) {
      visit("lo", row.lo);
      visit("hi", row.hi);
    }
  };

  // False: not a number of 1 to 18 digits.
  bool add(std::string_view text);
  // Takes in what another shard saw of the same source.
  void merge(const SequenceIntervals& other);

  // The missing numbers from the lowest on, at most `limit`, as text.
  std::vector<std::string> missing(std::size_t limit) const;
  std::uint64_t missing_count() const;

  bool empty() const { return intervals_.empty(); }
  const std::vector<Interval>& intervals() const { return intervals_; }
  std::uint32_t width() const { return width_; }
  std::optional<std::uint64_t> forgotten_to() const { return forgotten_to_; }

  static void fields(auto& row, auto&& visit) {
    visit("intervals", row.intervals_);
    visit("width", row.width_);
    visit("forgotten_to", row.forgotten_to_);
  }

 private:
  void add(Interval interval);
  void keep_limit();
  std::vector<Interval> intervals_;
  std::uint32_t width_ = 0;
  std::optional<std::uint64_t> forgotten_to_;
};

}  // namespace dongbo::projection
