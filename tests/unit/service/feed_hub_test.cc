#include "hub/service/feed_hub.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>

namespace dongbo::service {
namespace {

// One shard whose events are their numbers; segments of four; what lies before `held_from` has no changes any more.
class NumberSource final : public FeedSource {
 public:
  std::uint32_t shards() const override { return 1; }
  std::uint64_t folded(std::uint32_t) const override { return 100; }
  std::uint64_t head(std::uint32_t) const override { return 100; }
  Result<std::shared_ptr<const FeedSegment>> build(std::uint32_t shard, std::uint64_t after, bool with_changes) override {
    {
      std::unique_lock lock(mutex);
      ++builds;
      may_build.wait(lock, [&] { return open; });
    }
    if (after == 66) return Error::fatal("disk");
    if (with_changes && after < held_from) return std::shared_ptr<const FeedSegment>();
    FeedSegmentBuilder builder(shard, after);
    const auto through = std::min<std::uint64_t>(after + 4, 100);
    for (auto n = after + 1; n <= through; ++n) builder.accepted(n, "t", "", std::to_string(n));
    return builder.finish(through);
  }

  std::uint64_t held_from = 0;
  std::mutex mutex;
  std::condition_variable may_build;
  bool open = true;
  int builds = 0;
};

class FeedHubTest : public testing::Test {
 protected:
  FeedHub::Fetched fetch(FeedHub& hub, std::uint64_t after, bool with_changes = true) {
    std::promise<FeedHub::Fetched> answer;
    hub.fetch(0, after, with_changes, [&](FeedHub::Fetched fetched) { answer.set_value(std::move(fetched)); });
    return answer.get_future().get();
  }
  NumberSource source_;
};

TEST_F(FeedHubTest, ReadersAtOnePlaceShareOneRendering) {
  FeedHub hub(source_, 1u << 20);
  source_.open = false;
  hub.start();
  std::vector<std::promise<FeedHub::Fetched>> answers(50);
  for (auto& answer : answers)
    hub.fetch(0, 8, true, [&answer](FeedHub::Fetched fetched) { answer.set_value(std::move(fetched)); });
  {
    std::lock_guard lock(source_.mutex);
    source_.open = true;
  }
  source_.may_build.notify_all();
  const auto first = answers[0].get_future().get();
  for (std::size_t i = 1; i < answers.size(); ++i) EXPECT_EQ(answers[i].get_future().get().segment, first.segment);
  EXPECT_EQ(source_.builds, 1);
}

TEST_F(FeedHubTest, ASegmentServesEveryPlaceInIt) {
  FeedHub hub(source_, 1u << 20);
  hub.start();
  const auto segment = fetch(hub, 8).segment;
  for (const std::uint64_t after : {8, 9, 10, 11}) EXPECT_EQ(hub.cached(0, after, true), segment);
  EXPECT_EQ(hub.cached(0, 12, true), nullptr);
  EXPECT_EQ(hub.cached(0, 7, true), nullptr);
  EXPECT_EQ(hub.cached(0, 9, false), nullptr);
}

TEST_F(FeedHubTest, MemoryIsBounded) {
  FeedHub hub(source_, 4000);
  hub.start();
  for (std::uint64_t after = 0; after < 100; after += 4)
    if (after != 66) fetch(hub, after);
  EXPECT_LE(hub.cached_bytes(), 4000U);
  EXPECT_EQ(hub.cached(0, 0, true), nullptr);
  EXPECT_NE(hub.cached(0, 96, true), nullptr);
}

TEST_F(FeedHubTest, WhatIsNoLongerHeldIsAReset) {
  source_.held_from = 50;
  FeedHub hub(source_, 1u << 20);
  hub.start();
  const auto gone = fetch(hub, 8);
  EXPECT_EQ(gone.segment, nullptr);
  EXPECT_NE(gone.reset, "");
  EXPECT_NE(fetch(hub, 8, false).segment, nullptr);
  EXPECT_NE(fetch(hub, 50).segment, nullptr);
}

TEST_F(FeedHubTest, AFailureIsAResetWithItsReason) {
  FeedHub hub(source_, 1u << 20);
  hub.start();
  EXPECT_NE(fetch(hub, 66).reset.find("disk"), std::string::npos);
}

TEST_F(FeedHubTest, StoppingAnswersWhoeverWaitsAndLaterOnesAtOnce) {
  FeedHub hub(source_, 1u << 20);
  hub.start();
  hub.stop();
  hub.stop();
  const auto fetched = fetch(hub, 8);
  EXPECT_EQ(fetched.segment, nullptr);
  EXPECT_EQ(fetched.reset, "");
}

}  // namespace
}  // namespace dongbo::service
