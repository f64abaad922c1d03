#include "hub/journal/identity_index.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <chrono>
#include <future>
#include <semaphore>

#include "tests/support/temp_directory.h"

namespace dongbo::journal {
namespace {

event::Digest identity(std::size_t number) {
  return event::digest_of("event " + std::to_string(number));
}
std::vector<IdentityIndex::Item> items(std::size_t first, std::size_t last) {
  std::vector<IdentityIndex::Item> out;
  for (auto number = first; number <= last; ++number)
    out.push_back({identity(number), {event::digest_of(std::to_string(number)), Sequence(number)}});
  return out;
}
std::optional<Known> known(const IdentityIndex& index, std::size_t number) {
  const auto wanted = identity(number);
  const auto found = index.find(std::span(&wanted, 1));
  EXPECT_TRUE(found);
  return found ? (*found)[0] : std::nullopt;
}

TEST(IdentityIndex, ALongRunIsOnTheDiskWithAllThatCameBefore) {
  const testing::TempDirectory directory;
  const auto index = IdentityIndex::open(directory.path(), ShardId(0), false);
  ASSERT_TRUE(index);
  constexpr std::size_t kFew = 100, kMany = kFew + IdentityIndex::kRunItems;
  auto few = items(1, kFew), many = items(kFew + 1, kMany);
  ASSERT_TRUE((*index)->index(few, Sequence(kFew)));
  ASSERT_TRUE((*index)->index(many, Sequence(kMany)));
  // As a hub that was killed now would find it.
  const auto beside = IdentityIndex::open(directory.path(), ShardId(0), true);
  ASSERT_TRUE(beside);
  EXPECT_EQ((*beside)->through(), Sequence(kMany));
  for (const auto number : {std::size_t{1}, kFew, kFew + 1, kMany}) {
    const auto found = known(**beside, number);
    ASSERT_TRUE(found) << number;
    EXPECT_EQ(found->sequence, Sequence(number));
    EXPECT_EQ(found->content, event::digest_of(std::to_string(number)));
  }
  EXPECT_FALSE(known(**beside, kMany + 1));
}

TEST(IdentityIndex, WhatIsIndexedAgainAfterACrashIsTheSame) {
  const testing::TempDirectory directory;
  const auto index = IdentityIndex::open(directory.path(), ShardId(0), false);
  ASSERT_TRUE(index);
  auto once = items(1, IdentityIndex::kRunItems), again = items(1000, IdentityIndex::kRunItems + 5000);
  ASSERT_TRUE((*index)->index(once, Sequence(IdentityIndex::kRunItems)));
  ASSERT_TRUE((*index)->index(again, Sequence(IdentityIndex::kRunItems + 5000)));
  std::size_t held = 0;
  ASSERT_TRUE((*index)->for_each([&](const event::Digest&, const Known&) { return ++held, true; }));
  EXPECT_EQ(held, IdentityIndex::kRunItems + 5000);
  EXPECT_EQ(known(**index, 1000)->sequence, Sequence(1000));
}

// Takes every merging thread of the process while it lives.
class MergingIsHeldUp {
 public:
  MergingIsHeldUp() {
    for (int i = 0; i < threads_; ++i) rocksdb::Env::Default()->Schedule(hold, this, rocksdb::Env::LOW);
    for (int i = 0; i < threads_; ++i) taken_.acquire();
  }
  ~MergingIsHeldUp() {
    over_.release(threads_);
    for (int i = 0; i < threads_; ++i) taken_.acquire();
  }

 private:
  static void hold(void* self) {
    auto& held = *static_cast<MergingIsHeldUp*>(self);
    held.taken_.release();
    held.over_.acquire();
    held.taken_.release();
  }
  const int threads_ = rocksdb::Env::Default()->GetBackgroundThreads(rocksdb::Env::LOW);
  std::counting_semaphore<> taken_{0}, over_{0};
};

TEST(IdentityIndex, RunsAreTakenWhileNothingCanBeMerged) {
  const testing::TempDirectory directory;
  const auto index = IdentityIndex::open(directory.path(), ShardId(0), false);
  ASSERT_TRUE(index);
  constexpr std::size_t kRuns = 24;  // RocksDB by itself stops at twenty files
  std::future<bool> done;
  bool in_time = false;
  {
    const MergingIsHeldUp held_up;
    done = std::async(std::launch::async, [&] {
      for (std::size_t run = 0; run < kRuns; ++run) {
        auto more = items(run * IdentityIndex::kRunItems + 1, (run + 1) * IdentityIndex::kRunItems);
        if (!(*index)->index(more, Sequence((run + 1) * IdentityIndex::kRunItems))) return false;
      }
      return true;
    });
    in_time = done.wait_for(std::chrono::minutes(2)) == std::future_status::ready;
  }
  EXPECT_TRUE(done.get());
  EXPECT_TRUE(in_time);
  EXPECT_EQ(known(**index, kRuns * IdentityIndex::kRunItems)->sequence, Sequence(kRuns * IdentityIndex::kRunItems));
}

}  // namespace
}  // namespace dongbo::journal
