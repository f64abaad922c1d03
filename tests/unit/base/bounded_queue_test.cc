#include "hub/base/bounded_queue.h"

#include <memory>
#include <thread>

#include <gtest/gtest.h>

namespace dongbo {
namespace {

bool push(BoundedQueue<int>& queue, int item, std::size_t weight) {
  return queue.try_push(item, weight);
}

TEST(BoundedQueue, GivesItemsInOrderUpToAWeight) {
  BoundedQueue<int> queue(100);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(push(queue, i, 10));
  EXPECT_EQ(queue.pop_batch(30), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(queue.weight(), 20U);
  EXPECT_EQ(queue.pop_batch(1), (std::vector<int>{3}));
  EXPECT_EQ(queue.pop_batch(1000), (std::vector<int>{4}));
}

TEST(BoundedQueue, RefusesWhatDoesNotFitAndLeavesItWithItsOwner) {
  BoundedQueue<std::unique_ptr<int>> queue(10);
  auto first = std::make_unique<int>(1);
  auto second = std::make_unique<int>(2);
  EXPECT_TRUE(queue.try_push(first, 8));
  EXPECT_FALSE(queue.try_push(second, 8));
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(*second, 2);
}

TEST(BoundedQueue, TakesOneHeavyItemWhenEmpty) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(push(queue, 1, 1000));
  EXPECT_FALSE(push(queue, 2, 1));
  EXPECT_EQ(queue.pop_batch(5), (std::vector<int>{1}));
  EXPECT_TRUE(push(queue, 2, 1));
}

TEST(BoundedQueue, DrainsAfterClosingAndThenGivesNothing) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(push(queue, 1, 1));
  queue.close();
  EXPECT_TRUE(queue.closed());
  EXPECT_FALSE(push(queue, 2, 1));
  EXPECT_EQ(queue.pop_batch(10), (std::vector<int>{1}));
  EXPECT_TRUE(queue.pop_batch(10).empty());
  EXPECT_TRUE(queue.pop_batch_for(10, std::chrono::hours(1)).empty());
}

TEST(BoundedQueue, APopThatWaitsTooLongComesBackEmpty) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(queue.pop_batch_for(10, std::chrono::milliseconds(1)).empty());
  EXPECT_FALSE(queue.closed());
}

TEST(BoundedQueue, HandsEverythingFromThreadToThread) {
  constexpr int kCount = 20'000;
  BoundedQueue<int> queue(64);
  std::thread producer([&] {
    for (int i = 0; i < kCount;) {
      if (push(queue, i, 1)) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
    queue.close();
  });
  int next = 0;
  for (auto batch = queue.pop_batch(16); !batch.empty(); batch = queue.pop_batch(16)) {
    for (const int item : batch) EXPECT_EQ(item, next++);
  }
  producer.join();
  EXPECT_EQ(next, kCount);
}

}  // namespace
}  // namespace dongbo
