#include "hub/intake/kafka_requests.h"

#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

using Outcome = Receipt::Outcome;
using std::chrono::seconds;

class KafkaRequestsTest : public ::testing::Test {
 protected:
  // A delivery of `count` items that waits; its receipts come into answers_.
  std::optional<std::uint64_t> ask(std::size_t count, std::size_t bytes = 100, seconds patience = seconds(30)) {
    std::vector<Item> items(count);
    std::vector<std::size_t> indexes(count);
    for (std::size_t i = 0; i < count; ++i) {
      items[i].decoded = event::PreparedEvent{"", {}, {}, "", std::to_string(i), "/s"};
      indexes[i] = i;
    }
    auto receipts =
        std::make_shared<Receipts>(items, [this](std::vector<Receipt> answered) { answers_.push_back(std::move(answered)); });
    return requests_.expect(std::move(receipts), std::move(indexes), bytes, now_ + patience);
  }
  void journal(std::uint64_t number, std::uint64_t sequence) {
    requests_.journaled(number, ShardId(1), {shard::Outcome::Kind::kAccepted, Sequence(sequence), {}});
  }
  KafkaRequests::Time now_ = KafkaRequests::Time::clock::now();
  KafkaRequests requests_{"abc"};
  std::vector<std::vector<Receipt>> answers_;
};

TEST_F(KafkaRequestsTest, ADeliveryIsAnsweredWhenItsLastRecordIsJournaledInAnyOrder) {
  const auto first = ask(3).value();
  journal(first + 2, 7);
  journal(first, 8);
  EXPECT_TRUE(answers_.empty());
  journal(first + 1, 9);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0][0].position, "1:8");
  EXPECT_EQ(answers_[0][1].position, "1:9");
  EXPECT_EQ(answers_[0][2].position, "1:7");
}

TEST_F(KafkaRequestsTest, ARecordReadTwiceAnswersOnce) {
  const auto first = ask(2).value();
  journal(first, 1);
  journal(first, 1);
  EXPECT_TRUE(answers_.empty());
  journal(first + 1, 2);
  journal(first + 1, 2);
  journal(first + 99, 3);
  EXPECT_EQ(answers_.size(), 1U);
}

TEST_F(KafkaRequestsTest, AFailedAppendIsNoAnswerYet) {
  const auto first = ask(1).value();
  requests_.journaled(first, ShardId(0), shard::Outcome{});
  EXPECT_TRUE(answers_.empty());
  journal(first, 4);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0][0].outcome, Outcome::kAccepted);
}

TEST_F(KafkaRequestsTest, WhatWaitsTooLongFailsAndTheRestOfItsDeliveryKeepsItsAnswer) {
  const auto early = ask(2, 100, seconds(10)).value();
  ask(1, 100, seconds(20));
  journal(early, 5);
  requests_.expire(now_ + seconds(5), "too early");
  EXPECT_TRUE(answers_.empty());
  requests_.expire(now_ + seconds(15), "it took too long");
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0][0].outcome, Outcome::kAccepted);
  EXPECT_EQ(answers_[0][1].outcome, Outcome::kFailed);
  EXPECT_EQ(answers_[0][1].why, "it took too long");
  journal(early + 1, 6);
  EXPECT_EQ(answers_.size(), 1U);
}

TEST_F(KafkaRequestsTest, TooManyBytesWaitingAreBackPressure) {
  EXPECT_TRUE(ask(1, KafkaRequests::kBytesMax * 2).has_value()) << "the first is taken whatever its size";
  EXPECT_FALSE(ask(1).has_value());
  journal(1, 1);
  EXPECT_TRUE(ask(1).has_value());
}

TEST_F(KafkaRequestsTest, HeadersOfOthersAreNotOurs) {
  EXPECT_EQ(requests_.number_of(requests_.header(42)), 42U);
  for (const auto* other : {"", "abc", "abc-", "abd-42", "abc-42x", "abc--1", "abc42", "abc-99999999999999999999999"})
    EXPECT_FALSE(requests_.number_of(other).has_value()) << other;
}

}  // namespace
}  // namespace dongbo::intake
