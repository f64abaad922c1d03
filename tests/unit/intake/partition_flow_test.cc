#include "hub/intake/partition_flow.h"

#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

class PartitionFlowTest : public ShardsFixture {
 protected:
  void SetUp() override {
    ShardsFixture::SetUp();
    KafkaOptions options;
    options.brokers = "127.0.0.1:1";  // nothing is ever delivered
    producer_ = std::move(KafkaProducer::open(options, problems_)).value();
    passing_on_ = std::make_unique<PassingOn>(*producer_, problems_, "dongbo.events");
    around_ =
        std::make_unique<FlowSurroundings>(FlowSurroundings{*shards_, flow_clock_, *passing_on_, requests_, "dongbo.events"});
  }
  void TearDown() override {
    producer_.reset();
    ShardsFixture::TearDown();
  }

  PartitionFlow flow(std::int32_t partition) { return PartitionFlow(*around_, partition); }
  void take(PartitionFlow& flow, std::int64_t offset, const std::string& value) {
    take(flow, offset, value, Millis(1'700'000'000'000 + offset));
  }
  void take(PartitionFlow& flow, std::int64_t offset, const std::string& value, Millis timestamp) {
    RecordView record;
    record.partition = flow.partition();
    record.offset = Offset(offset);
    record.timestamp = timestamp;
    record.value = value;
    flow.take(record, codec_);
  }
  template <class Holds>
  static void pump_until(PartitionFlow& flow, Holds holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      flow.pump();
      std::this_thread::yield();
    }
  }
  static void settle(PartitionFlow& flow) {
    pump_until(flow, [&] { return !flow.busy(); });
  }
  std::int64_t position(std::int32_t partition) const {
    return shards_->at(ShardId(static_cast<std::uint32_t>(partition) % kShards))
        .journal()
        .source_position("dongbo.events", partition)
        .value_or(Offset(-1))
        .value();
  }

  ManualClock flow_clock_{Millis(1'700'000'000'000)};
  KafkaProblems problems_;
  KafkaRequests requests_{"abc"};
  std::unique_ptr<PassingOn> passing_on_;
  std::unique_ptr<KafkaProducer> producer_;
  std::unique_ptr<FlowSurroundings> around_;
};

TEST_F(PartitionFlowTest, EventsAndOffsetAreJournaledTogetherAndReadingGoesOnThere) {
  {
    auto first = flow(0);
    EXPECT_EQ(first.expected(), Offset(0));
    take(first, 0, check_in(kHome0, "a"));
    take(first, 1, "rubbish");
    take(first, 5, check_in(kHome0, "b"));  // a gap: compaction, or marks of a transaction
    settle(first);
    EXPECT_EQ(first.journaled(), Offset(6));
  }
  EXPECT_EQ(position(0), 6);
  auto second = flow(0);
  EXPECT_EQ(second.expected(), Offset(6));
  take(second, 5, "rubbish once more");  // handed out twice by the client
  settle(second);
  EXPECT_EQ(quarantined(0).size(), 1U);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"a", "b"}));
}

TEST_F(PartitionFlowTest, TheTimeOfRecordingIsTheRecordsOwn) {
  auto one = flow(0);
  take(one, 7, check_in(kHome0, "a"));
  settle(one);
  const auto block = shards_->at(ShardId(0)).journal().block_at(Sequence(1));
  ASSERT_TRUE(block.has_value());
  EXPECT_EQ((*block)->records()[0].recorded_at, Millis(1'700'000'000'007));
}

TEST_F(PartitionFlowTest, APublishersClockFarAheadDoesNotSetTheTimeOfRecording) {
  const auto now = flow_clock_.now().value();
  auto one = flow(0);
  take(one, 7, check_in(kHome0, "a"), Millis(now + 1'000));
  take(one, 8, check_in(kHome0, "b"), Millis(253'402'300'799'000));  // the end of the year 9999
  settle(one);
  flow_clock_.advance(std::chrono::minutes(1));
  take(one, 9, check_in(kHome0, "c"), Millis(now + 59'000));
  settle(one);
  std::vector<std::int64_t> recorded;
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    const auto block = shards_->at(ShardId(0)).journal().block_at(Sequence(sequence));
    ASSERT_TRUE(block.has_value());
    recorded.push_back((*block)->records()[sequence - (*block)->first().value()].recorded_at.value());
  }
  EXPECT_EQ(recorded, (std::vector<std::int64_t>{now + 1'000, now + 1'000, now + 59'000}));
}

TEST_F(PartitionFlowTest, TheOffsetWaitsUntilWhatWasPassedOnIsDelivered) {
  auto one = flow(0);
  take(one, 0, check_in(kHome0, "a"));
  take(one, 1, check_in(kHome1, "away"));
  for (int i = 0; i < 1000; ++i) one.pump();
  EXPECT_TRUE(one.busy());
  EXPECT_EQ(position(0), -1);
  // Given back before the delivery: the next reader begins before both.
  one.finish(std::chrono::seconds(5));
  EXPECT_EQ(flow(0).expected(), Offset(0));
}

TEST_F(PartitionFlowTest, APartitionBeyondTheShardsKeepsItsOffsetAndWhatCannotBeReadAtItsShard) {
  auto one = flow(3);
  take(one, 0, "rubbish");
  settle(one);
  EXPECT_EQ(position(3), 1);
  ASSERT_EQ(quarantined(1).size(), 1U);
  EXPECT_EQ(quarantined(1)[0].origin.partition, 3);
  // Even what belongs to that shard is passed on: its partition alone tells a shard's whole story.
  take(one, 1, check_in(kHome1, "a"));
  for (int i = 0; i < 1000; ++i) one.pump();
  EXPECT_TRUE(one.busy());
  EXPECT_TRUE(journaled(1).empty());
}

TEST_F(PartitionFlowTest, AFullShardMakesTheFlowOverfullAndRoomyAgain) {
  shards_->stop();
  auto one = flow(0);
  std::int64_t offset = 0;
  while (!one.overfull()) {
    ASSERT_LT(offset, 100'000);
    take(one, offset, check_in(kHome0, std::to_string(offset)));
    ++offset;
    one.pump();
  }
  EXPECT_GT(offset, static_cast<std::int64_t>(PartitionFlow::kParcelRecordsMax));
  EXPECT_FALSE(one.roomy());
}

TEST_F(PartitionFlowTest, MarksAtTheEndOfThePartitionCountAsRead) {
  auto one = flow(0);
  take(one, 0, check_in(kHome0, "a"));
  one.reached_end(Offset(3));
  settle(one);
  one.pump();
  EXPECT_EQ(one.journaled(), Offset(3));
  EXPECT_EQ(one.expected(), Offset(3));
}

TEST_F(PartitionFlowTest, ATopicMadeAnewIsReadFromItsBeginning) {
  auto one = flow(0);
  take(one, 40, check_in(kHome0, "a"));
  settle(one);
  one.reset_to(Offset(0));
  take(one, 0, check_in(kHome0, "a"));
  take(one, 1, check_in(kHome0, "b"));
  settle(one);
  EXPECT_EQ(position(0), 2);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"a", "b"}));
}

}  // namespace
}  // namespace dongbo::intake
