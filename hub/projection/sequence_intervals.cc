#include "hub/projection/sequence_intervals.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace dongbo::projection {

bool SequenceIntervals::add(std::string_view text) {
  if (text.empty() || text.size() > 18) return false;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  const auto width = static_cast<std::uint32_t>(text.size());
  width_ = width_ == 0 ? width : std::min(width_, width);
  if (!intervals_.empty() && number == intervals_.back().hi + 1) {
    ++intervals_.back().hi;  // the usual case: the next one
    return true;
  }
  add(Interval{number, number});
  keep_limit();
  return true;
}

void SequenceIntervals::add(Interval interval) {
  if (forgotten_to_) {
    if (interval.hi <= *forgotten_to_) return;
    interval.lo = std::max(interval.lo, *forgotten_to_ + 1);
  }
  // The first interval that overlaps or touches from the left; then all that the new one reaches.
  auto first = std::lower_bound(intervals_.begin(), intervals_.end(), interval,
                                [](const Interval& a, const Interval& b) { return a.hi + 1 < b.lo; });
  auto last = first;
  while (last != intervals_.end() && last->lo <= interval.hi + 1) {
    interval.lo = std::min(interval.lo, last->lo);
    interval.hi = std::max(interval.hi, last->hi);
    ++last;
  }
  if (first == last) {
    intervals_.insert(first, interval);
  } else {
    *first = interval;
    intervals_.erase(first + 1, last);
  }
}

void SequenceIntervals::keep_limit() {
  if (intervals_.size() <= kMax) return;
  const auto kept = intervals_.end() - static_cast<std::ptrdiff_t>(kMax);
  forgotten_to_ = std::prev(kept)->hi;
  intervals_.erase(intervals_.begin(), kept);
}

void SequenceIntervals::merge(const SequenceIntervals& other) {
  if (other.width_ != 0) width_ = width_ == 0 ? other.width_ : std::min(width_, other.width_);
  if (other.forgotten_to_ && (!forgotten_to_ || *forgotten_to_ < *other.forgotten_to_)) {
    forgotten_to_ = other.forgotten_to_;
  }
  // Both are sorted: laid together in one pass, however many there are.
  std::vector<Interval> together(intervals_.size() + other.intervals_.size());
  std::merge(intervals_.begin(), intervals_.end(), other.intervals_.begin(), other.intervals_.end(), together.begin(),
             [](const Interval& a, const Interval& b) { return a.lo < b.lo; });
  intervals_.clear();
  for (auto interval : together) {
    if (forgotten_to_ && interval.hi <= *forgotten_to_) continue;
    if (forgotten_to_) interval.lo = std::max(interval.lo, *forgotten_to_ + 1);
    if (!intervals_.empty() && interval.lo <= intervals_.back().hi + 1) {
      intervals_.back().hi = std::max(intervals_.back().hi, interval.hi);
    } else {
      intervals_.push_back(interval);
    }
  }
  keep_limit();
}

std::vector<std::string> SequenceIntervals::missing(std::size_t limit) const {
  std::vector<std::string> out;
  for (std::size_t i = 1; i < intervals_.size(); ++i) {
    for (auto number = intervals_[i - 1].hi + 1; number < intervals_[i].lo; ++number) {
      if (out.size() >= limit) return out;
      auto text = std::to_string(number);
      if (text.size() < width_) text.insert(0, width_ - text.size(), '0');
      out.push_back(std::move(text));
    }
  }
  return out;
}

std::uint64_t SequenceIntervals::missing_count() const {
  std::uint64_t out = 0;
  for (std::size_t i = 1; i < intervals_.size(); ++i) out += intervals_[i].lo - intervals_[i - 1].hi - 1;
  return out;
}

}  // namespace dongbo::projection
