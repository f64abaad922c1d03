#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace dongbo::projection {

// How many bytes two keys begin with alike.
std::size_t common_prefix(std::string_view a, std::string_view b);
// The first eight bytes as a number that sorts as they do; what is missing counts as zero bytes.
std::uint64_t leading_bytes(std::string_view key);

// Sorts by key. Keys lie far apart in memory: eight bytes of each, from where they begin to differ, decide nearly always.
template <class One, class KeyOf>
void sort_by_key(std::vector<One>& all, KeyOf key_of) {
  if (all.empty()) return;
  const std::string_view first = key_of(all.front());
  auto common = first.size();
  for (const auto& one : all) common = common_prefix(first.substr(0, common), key_of(one));
  std::vector<std::pair<std::uint64_t, One>> order;
  order.reserve(all.size());
  for (const auto& one : all) order.emplace_back(leading_bytes(key_of(one).substr(common)), one);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : key_of(a.second) < key_of(b.second);
  });
  std::transform(order.begin(), order.end(), all.begin(), [](const auto& one) { return one.second; });
}

}  // namespace dongbo::projection
