#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

using Outcome = Receipt::Outcome;

class EmbeddedIntake : public ShardsFixture {
 protected:
  void SetUp() override {
    ShardsFixture::SetUp();
    intake_ = make_embedded_intake(*shards_, clock_);
  }
  void TearDown() override {
    intake_.reset();
    ShardsFixture::TearDown();
  }
  std::unique_ptr<Intake> intake_;
};

TEST_F(EmbeddedIntake, TheMeetingsOfTheFixtureHaveTwoHomes) {
  EXPECT_EQ(event::home_shard(kHome0, kShards), ShardId(0));
  EXPECT_EQ(event::home_shard(kHome1, kShards), ShardId(1));
}

TEST_F(EmbeddedIntake, EventsGoHomeAndReceiptsComeInTheOrderOfTheItems) {
  const auto receipts = give(*intake_, items(item(check_in(kHome1, "a")), item(check_in(kHome0, "b")), item("{"),
                                             item(check_in(kHome1, "c")), item(check_in(kHome1, "a"))));
  ASSERT_EQ(receipts.size(), 5U);
  EXPECT_EQ(receipts[0].id, "a");
  EXPECT_EQ(receipts[0].source, "/simulated/door");
  EXPECT_EQ(receipts[0].outcome, Outcome::kAccepted);
  EXPECT_EQ(receipts[0].position, "1:1");
  EXPECT_EQ(receipts[1].position, "0:1");
  EXPECT_EQ(receipts[2].outcome, Outcome::kInvalid);
  EXPECT_EQ(receipts[2].refusal, event::RefusalKind::kUnreadable);
  EXPECT_FALSE(receipts[2].faults.empty());
  EXPECT_EQ(receipts[2].quarantine, "");
  EXPECT_EQ(receipts[3].position, "1:2");
  EXPECT_EQ(receipts[4].outcome, Outcome::kDuplicate);
  EXPECT_EQ(receipts[4].position, "1:1");
  EXPECT_EQ(journaled(0), std::vector<std::string>({"b"}));
  EXPECT_EQ(journaled(1), std::vector<std::string>({"a", "c"}));
}

TEST_F(EmbeddedIntake, AConflictNamesTheFirstAndItsQuarantineEntry) {
  give(*intake_, items(item(check_in(kHome1, "a", "0001"))));
  const auto receipts = give(*intake_, items(item(check_in(kHome1, "a", "0002"))));
  EXPECT_EQ(receipts[0].outcome, Outcome::kConflict);
  EXPECT_EQ(receipts[0].position, "1:1");
  EXPECT_EQ(receipts[0].quarantine, "1:q1");
}

TEST_F(EmbeddedIntake, RefusedLinesOfAFileAreKeptWithFileAndLine) {
  const auto receipts = give(*intake_, items(item(check_in(kHome1, "a"), 1), item("rubbish", 2)), true);
  EXPECT_EQ(receipts[1].outcome, Outcome::kInvalid);
  EXPECT_EQ(receipts[1].quarantine, "0:q1");
  EXPECT_FALSE(receipts[1].faults.empty());
  const auto kept = quarantined(0);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].raw, "rubbish");
  EXPECT_EQ(kept[0].reason, "unreadable");
  EXPECT_EQ(kept[0].origin.file, "sự-kiện.ndjson");
  EXPECT_EQ(kept[0].origin.ordinal, 2);
}

TEST_F(EmbeddedIntake, ADeliveryOfNothingIsAnsweredWithNothing) {
  EXPECT_TRUE(give(*intake_, {}).empty());
}

TEST_F(EmbeddedIntake, ADeliveryLargerThanABlockIsTakenWhole) {
  std::vector<Item> many;
  for (int i = 0; i < 20'000; ++i) many.push_back(item(check_in(kHome0, std::to_string(i))));
  const auto receipts = give(*intake_, std::move(many));
  ASSERT_EQ(receipts.size(), 20'000U);
  EXPECT_EQ(receipts.back().position, "0:20000");
  EXPECT_EQ(receipts.back().id, "19999");
}

TEST(EmbeddedIntakeOfManyShards, ADeliveryForAllOfThemIsTakenWhileTheirBurdensChange) {
  constexpr int kShards = 16, kThreads = 4, kDeliveries = 1'500;
  const testing::TempDirectory directory;
  shard::ShardSetOptions options;
  options.shards = kShards;
  auto shards = shard::ShardSet::open(directory.path(), options);
  ASSERT_TRUE(shards.has_value());
  (*shards)->start();
  SystemClock clock;
  const auto intake = make_embedded_intake(**shards, clock);
  std::atomic<int> accepted{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&, thread] {
      event::Codec codec(testing::real_schemas());
      for (int i = 0; i < kDeliveries; ++i) {
        Delivery delivery;
        for (int meeting = 0; meeting < kShards; ++meeting) {
          const auto event = testing::check_in(fmt::format("{}-{}-{}", thread, i, meeting), fmt::format("M{}", meeting), "1");
          delivery.items.push_back({codec.decode(event), -1, event});
        }
        delivery.done = [&](std::vector<Receipt> receipts) {
          for (const auto& receipt : receipts) accepted += receipt.outcome == Outcome::kAccepted;
        };
        while (!intake->accept(delivery)) std::this_thread::yield();
      }
    });
  for (auto& thread : threads) thread.join();
  (*shards)->stop();
  EXPECT_EQ(accepted, kShards * kThreads * kDeliveries);
}

TEST_F(EmbeddedIntake, AStoppedHubTakesNothingAndGivesTheDeliveryBackWhole) {
  shards_->stop();
  bool called = false;
  Delivery delivery;
  delivery.items = items(item(check_in(kHome0, "a")), item("{"), item(check_in(kHome1, "b")));
  delivery.done = [&](auto) { called = true; };
  EXPECT_FALSE(intake_->accept(delivery));
  EXPECT_FALSE(called);
  ASSERT_TRUE(delivery.done);
  open();
  intake_ = make_embedded_intake(*shards_, clock_);
  std::promise<std::vector<Receipt>> promise;
  delivery.done = [&](std::vector<Receipt> receipts) { promise.set_value(std::move(receipts)); };
  EXPECT_TRUE(intake_->accept(delivery));
  const auto receipts = promise.get_future().get();
  EXPECT_EQ(receipts[0].position, "0:1");
  EXPECT_EQ(receipts[1].outcome, Outcome::kInvalid);
  EXPECT_EQ(receipts[2].position, "1:1");
}

// Shard 1 does not run and takes one submission only: the second waits among the stragglers while shard 0's part is in.
TEST_F(EmbeddedIntake, APartThatFoundItsShardFullIsAnsweredOnceTheShardHasRoom) {
  intake_.reset();
  shards_.reset();
  shard::ShardSetOptions options;
  options.shards = kShards;
  options.shard.queue_bytes_max = 1;  // one submission at a time
  shards_ = shard::ShardSet::open(directory_, options).value();
  intake_ = make_embedded_intake(*shards_, clock_);
  std::vector<std::promise<std::vector<Receipt>>> promises(2);
  std::vector<Delivery> deliveries(2);
  for (std::size_t i = 0; i < 2; ++i)
    deliveries[i].done = [&, i](std::vector<Receipt> receipts) { promises[i].set_value(std::move(receipts)); };
  deliveries[0].items = items(item(check_in(kHome1, "a")));
  EXPECT_TRUE(intake_->accept(deliveries[0]));
  // Shard 1 is full and fullest, so a delivery to both is refused before shard 0 has its part.
  deliveries[1].items = items(item(check_in(kHome0, "b")), item(check_in(kHome1, "c")));
  EXPECT_FALSE(intake_->accept(deliveries[1]));
  shards_->start();
  EXPECT_EQ(promises[0].get_future().get()[0].position, "1:1");
  // A delivery in more parts than a shard takes at once: the rest follows.
  std::vector<Item> many;
  for (int i = 0; i < 10'000; ++i) many.push_back(item(check_in(kHome0, std::to_string(i))));
  const auto receipts = give(*intake_, std::move(many));
  EXPECT_EQ(receipts.back().outcome, Outcome::kAccepted);
  EXPECT_EQ(receipts.back().position, "0:10000");
  EXPECT_TRUE(intake_->accept(deliveries[1]));
  EXPECT_EQ(promises[1].get_future().get()[1].position, "1:2");
}

}  // namespace
}  // namespace dongbo::intake
