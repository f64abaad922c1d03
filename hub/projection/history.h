#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "hub/projection/latest.h"

namespace dongbo::projection {

// The facts that were said about one thing, by event time, whatever the order of arrival. Bounded: beyond `kMax` the
// oldest by event time leave, and `total` still counts them, so a reader sees that some are not listed. What is kept is a
// function of the set of facts, not of their order: the newest kMax. A fact is an event; folding one twice changes nothing
// while it is listed (the journal holds each event once, so it is not folded twice anyway).
//
// T has a member `Stamp stamp`.
template <class T, std::size_t kMax>
struct History {
  std::uint64_t total = 0;  // facts ever said, listed or not
  std::vector<T> items;     // ascending by stamp, at most kMax

  void add(T item) {
    const auto at = std::lower_bound(items.begin(), items.end(), item, [](const T& a, const T& b) { return a.stamp < b.stamp; });
    if (at != items.end() && at->stamp == item.stamp) {
      *at = std::move(item);
      return;
    }
    ++total;
    items.insert(at, std::move(item));
    if (items.size() > kMax) items.erase(items.begin());
  }
  std::uint64_t not_listed() const { return total - items.size(); }
  static void fields(auto& row, auto&& visit) {
    visit("total", row.total);
    visit("items", row.items);
  }
};

}  // namespace dongbo::projection
