#include "hub/query/listing.h"

#include <gtest/gtest.h>

namespace dongbo::query {
namespace {

Listing part(const std::vector<std::string>& keys, std::string next = "") {
  Listing out;
  for (const auto& key : keys) out.items.emplace_back(key, key);
  out.next = std::move(next);
  return out;
}
std::string keys(const Listing& listing) {
  std::string out;
  for (const auto& [key, item] : listing.items) out += key;
  return out;
}

TEST(MergedListing, IsSortedByKeyOverAllShards) {
  const auto out = merge({part({"b", "d"}), part({"a", "c", "e"}), part({})}, 10);
  EXPECT_EQ(keys(out), "abcde");
  EXPECT_EQ(out.next, "");
}

TEST(MergedListing, EndsWithTheLastItemOfAFullPage) {
  const auto out = merge({part({"b", "d"}), part({"a", "c"})}, 3);
  EXPECT_EQ(keys(out), "abc");
  EXPECT_EQ(out.next, "c");
}

TEST(MergedListing, LeavesWhatLiesBeyondAListThatDidNotEnd) {
  // The first list has more after "b": "z" of the other must wait, "c" of the first may come before it.
  const auto out = merge({part({"a", "b"}, "b"), part({"aa", "z"})}, 10);
  EXPECT_EQ(keys(out), "aaab");
  EXPECT_EQ(out.next, "b");
}

TEST(MergedListing, TakesAKeyOfSeveralListsOnceFromTheFirst) {
  auto first = part({"b"});
  first.items[0].second = "first";
  const auto out = merge({first, part({"a", "b", "c"})}, 3);
  EXPECT_EQ(keys(out), "abc");
  EXPECT_EQ(out.items[1].second, "first");
  EXPECT_EQ(out.next, "");
}

TEST(MergedListing, WalkedPageByPageIsTheWholeWithoutGapOrDouble) {
  std::vector<std::vector<std::string>> shards(3);
  std::string whole;
  for (char c = 'a'; c <= 'z'; ++c) {
    shards[static_cast<std::size_t>(c * 7 % 3)].push_back(std::string(1, c));
    whole += c;
  }
  for (std::size_t size = 1; size <= 30; ++size) {
    std::string seen;
    std::string after;
    for (int page = 0; page < 60; ++page) {
      std::vector<Listing> parts;
      for (const auto& shard : shards) {
        Listing one;
        for (const auto& key : shard) {
          if (key <= after) continue;
          if (one.items.size() == size) {
            one.next = one.items.back().first;
            break;
          }
          one.items.emplace_back(key, key);
        }
        parts.push_back(std::move(one));
      }
      const auto out = merge(std::move(parts), size);
      EXPECT_LE(out.items.size(), size);
      seen += keys(out);
      after = out.next;
      if (after.empty()) break;
    }
    EXPECT_EQ(seen, whole) << size;
  }
}

}  // namespace
}  // namespace dongbo::query
