#include "hub/base/key_filter.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>

#include "hub/base/store_filter.h"

namespace dongbo {
namespace {

std::uint64_t hash(std::size_t number) {
  return KeyFilter::hash_of("key " + std::to_string(number));
}

TEST(KeyFilter, NeverDeniesAKeyThatWasAdded) {
  KeyFilter filter;
  for (std::size_t i = 0; i < 100'000; ++i) filter.add(hash(i));
  for (std::size_t i = 0; i < 100'000; ++i) ASSERT_TRUE(filter.may_have(hash(i))) << i;
}

TEST(KeyFilter, DeniesNearlyAllThatWereNotHoweverManySegmentsItHas) {
  KeyFilter filter;
  std::size_t added = 0;
  for (const std::size_t size : {10u, 1'000u, 30'000u, 400'000u}) {
    for (; added < size; ++added) filter.add(hash(added));
    std::size_t taken = 0;
    for (std::size_t i = 0; i < 100'000; ++i) taken += filter.may_have(hash(1'000'000 + i)) ? 1 : 0;
    EXPECT_LE(taken, 1'000u) << "of 100,000 with " << size << " keys";
  }
  EXPECT_LE(filter.bytes(), 4 * added * 2) << "16 bits a key, and room for four times as many";
}

TEST(KeyFilter, AKeyThatIsThereTakesNoRoomAgain) {
  KeyFilter filter;
  for (int round = 0; round < 10; ++round)
    for (std::size_t i = 0; i < 1'000; ++i) filter.add_once(hash(i));
  EXPECT_EQ(filter.bytes(), 1'024u * 2);
}

TEST(KeyFilter, OneThatIsFullTakesNoMoreRoomAndDeniesNothing) {
  KeyFilter filter(2'000);
  for (std::size_t i = 0; i < 1'999; ++i) filter.add(hash(i));
  std::size_t taken = 0;
  for (std::size_t i = 0; i < 1'000; ++i) taken += filter.may_have(hash(1'000'000 + i)) ? 1 : 0;
  EXPECT_LE(taken, 30u);
  filter.add(hash(1'999));
  const auto bytes = filter.bytes();
  for (std::size_t i = 2'000; i < 100'000; ++i) filter.add(hash(i));
  EXPECT_EQ(filter.bytes(), bytes);
  for (std::size_t i = 0; i < 200'000; ++i) ASSERT_TRUE(filter.may_have(hash(i))) << i;
}

TEST(KeyFilter, AnEmptyOneDeniesAll) {
  EXPECT_FALSE(KeyFilter().may_have(hash(1)));
}

// A store whose reading waits at its second key until it is let go.
class SlowStore {
 public:
  bool read(const std::function<bool(std::string_view)>& take) {
    if (!take("first")) return false;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return go_; });
    return take("second");
  }
  void go() {
    std::lock_guard lock(mutex_);
    go_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool go_ = false;
};

// Waits until the reading has ended; asking goes on beside it.
bool denies(const StoreFilter& filter, std::string_view key) {
  for (int i = 0; i < 5'000 && filter.may_have(key); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return !filter.may_have(key);
}

TEST(StoreFilter, WhileTheStoreIsReadEveryKeyMayBeThere) {
  SlowStore store;
  StoreFilter filter([&](const auto& take) { return store.read(take); });
  filter.add("added");
  EXPECT_TRUE(filter.may_have("never"));
  store.go();
  EXPECT_TRUE(denies(filter, "never"));
  for (const auto* key : {"first", "second", "added"}) EXPECT_TRUE(filter.may_have(key)) << key;
  filter.add("later");
  EXPECT_TRUE(filter.may_have("later"));
}

TEST(StoreFilter, WhatCouldNotBeReadToItsEndDeniesNothing) {
  StoreFilter filter([](const auto& take) {
    take("first");
    return false;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_TRUE(filter.may_have("never"));
}

TEST(StoreFilter, ItsEndEndsTheReading) {
  bool was_told = false;
  {
    StoreFilter filter([&](const auto& take) {
      while (take("another")) std::this_thread::yield();
      was_told = true;
      return false;
    });
  }
  EXPECT_TRUE(was_told) << "and the filter waited for it";
}

}  // namespace
}  // namespace dongbo
