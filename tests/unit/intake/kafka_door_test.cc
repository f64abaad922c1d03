#include "hub/intake/kafka_door.h"

#include "hub/intake/redrive.h"
#include "tests/unit/intake/kafka_fixture.h"

namespace dongbo::intake {
namespace {

using Outcome = Receipt::Outcome;

class KafkaDoorTest : public KafkaFixture {};

// The mock broker lets a group wait three seconds before its first assignment, so one start of the door tells several
// things.
TEST_F(KafkaDoorTest, RecordsAreJournaledPassedOnOrKeptAndTheOutTopicsSayWhich) {
  Headers rounds;
  for (int i = 0; i < 8; ++i) rounds.emplace_back("dongbo-passed-on", fmt::format("dongbo.events/{}/0", i));
  publish(0, check_in(kHome0, "a"));
  publish(0, check_in(kHome1, "away"), {{"traceparent", "00-1"}});
  publish(0, check_in(kHome1, "round and round"), rounds);
  publish(1, check_in(kHome1, "b"));
  publish(1, check_in(kHome1, "b"));
  publish(1, "rubbish", {{"content-type", "application/json"}, {"ce_id", "x-1"}, {"ce_type", "nothing.known"}});
  publish(1, std::nullopt);
  open_door();
  until_read(0, 3);
  until_read(1, 5);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"a"}));
  EXPECT_EQ(journaled(1), std::vector<std::string>({"b", "away"}));
  EXPECT_EQ(shards_->at(ShardId(1)).status().duplicates, 1U);
  EXPECT_EQ(door_->status().passed_on, 1U);
  for (const auto& record : read("dongbo.events", 8)) {
    if (!record.headers.contains("traceparent")) continue;
    EXPECT_EQ(record.headers.at("traceparent"), "00-1");
    EXPECT_EQ(record.headers.contains("dongbo-passed-on"), record.partition == 1);
    if (record.partition == 1) {
      EXPECT_EQ(record.headers.at("dongbo-passed-on"), "dongbo.events/0/1");
    }
  }

  auto kept = quarantined(0);
  ASSERT_EQ(kept.size(), 1U) << "a record that goes round is kept instead";
  EXPECT_EQ(kept[0].event_id, "round and round");
  kept = quarantined(1);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].raw, "rubbish");
  EXPECT_EQ(kept[0].origin.door, "kafka");
  EXPECT_EQ(kept[0].origin.topic, "dongbo.events");
  EXPECT_EQ(kept[0].origin.partition, 1);
  EXPECT_EQ(kept[0].origin.ordinal, 2);
  EXPECT_EQ(kept[1].reason, "unreadable");
  EXPECT_EQ(kept[1].origin.ordinal, 3);

  std::map<std::string, Record> changes;
  for (auto& record : read("dongbo.changes", 3)) changes[record.headers.at("dongbo-position")] = record;
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes.at("0:1").key, kHome0);
  EXPECT_EQ(changes.at("0:1").partition, 0);
  EXPECT_EQ(changes.at("1:2").key, kHome1);
  EXPECT_EQ(changes.at("1:2").partition, 1);
  EXPECT_EQ(changes.at("1:2").headers.at("content-type"), "application/cloudevents+json; charset=UTF-8");
  EXPECT_NE(changes.at("1:2").value->find(R"("id":"away")"), std::string::npos);
  std::map<std::string, Record> quarantine;
  for (auto& record : read("dongbo.quarantine", 3)) quarantine[record.headers.at("dongbo-quarantine")] = record;
  ASSERT_EQ(quarantine.size(), 3U);
  EXPECT_EQ(quarantine.at("0:q1").key, "round and round");
  const auto& record = quarantine.at("1:q1");
  EXPECT_EQ(record.value, "rubbish");
  EXPECT_EQ(record.headers.at("dongbo-origin"), "kafka:dongbo.events/1/2");
  EXPECT_EQ(record.headers.at("dongbo-reason"), kept[0].reason);
  EXPECT_EQ(record.headers.at("content-type"), "application/json");
  EXPECT_EQ(record.headers.at("ce_id"), "x-1");
}

TEST_F(KafkaDoorTest, AfterARestartItGoesOnAtTheJournalsOffsetAndTheOutTopicsAtTheirCursor) {
  publish(0, check_in(kHome0, "a"));
  open_door();
  until_read(0, 1);
  door_.reset();
  open();
  publish(0, check_in(kHome0, "b"));
  options_.group = "another";  // has no committed offset: the journal alone counts
  open_door();
  until_read(0, 2);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"a", "b"}));
  EXPECT_EQ(shards_->at(ShardId(0)).status().duplicates, 0U);
  const auto positions = [&](std::size_t count) {
    std::vector<std::string> out;
    for (const auto& record : read("dongbo.changes", count)) out.push_back(record.headers.at("dongbo-position"));
    return out;
  };
  EXPECT_EQ(positions(2), std::vector<std::string>({"0:1", "0:2"})) << "a clean stop repeats nothing";
  door_.reset();
  open();
  std::filesystem::remove(shard::shard_directory(directory_, ShardId(0)) / "out.json");
  open_door();
  EXPECT_EQ(positions(4), std::vector<std::string>({"0:1", "0:2", "0:1", "0:2"})) << "a lost cursor repeats, and misses nothing";
}

TEST_F(KafkaDoorTest, TheIntakePublishesAndAnswersWhenTheRecordIsJournaled) {
  open_door();
  until([&] { return door_->status().partitions.size() == 2; }, "both partitions");
  auto receipts = give(door_->intake(), items(item(check_in(kHome1, "a")), item("{"), item(check_in(kHome0, "b")),
                                              item(check_in(kHome1, "a")), item(check_in(kHome1, "a", "0002"))));
  ASSERT_EQ(receipts.size(), 5U);
  EXPECT_EQ(receipts[0].outcome, Outcome::kAccepted);
  EXPECT_EQ(receipts[0].position, "1:1");
  EXPECT_EQ(receipts[1].outcome, Outcome::kInvalid);
  EXPECT_EQ(receipts[2].position, "0:1");
  EXPECT_EQ(receipts[3].outcome, Outcome::kDuplicate);
  EXPECT_EQ(receipts[4].outcome, Outcome::kConflict);
  EXPECT_EQ(receipts[4].quarantine, "1:q1");
  EXPECT_EQ(read("dongbo.events", 4).size(), 4U) << "what was refused is not in the topic";

  receipts = give(door_->intake(), items(item("{", 1), item(check_in(kHome1, "c"), 2)), true);
  EXPECT_EQ(receipts[0].outcome, Outcome::kInvalid);
  EXPECT_EQ(receipts[0].quarantine, "0:q1");
  EXPECT_EQ(receipts[1].position, "1:2");

  const auto result = redrive(*shards_, door_->intake(), codec_, {});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->still_refused, 2U);
}

TEST_F(KafkaDoorTest, AFailedDeliveryIsTriedAgainUntilItIsHome) {
  // Three produce requests fail: the passing on and the out topics both go on.
  rd_kafka_mock_push_request_errors(cluster_, 0 /* Produce */, 3, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
                                    RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  publish(0, check_in(kHome1, "a"));
  rd_kafka_mock_push_request_errors(cluster_, 0, 2, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
                                    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  open_door();
  until_read(0, 1);
  until_read(1, 1);
  EXPECT_EQ(journaled(1), std::vector<std::string>({"a"}));
}

TEST_F(KafkaDoorTest, ARecordThatTheBrokerRefusesAtHomeIsKeptInQuarantine) {
  publish(0, check_in(kHome0, "before"));
  publish(0, check_in(kHome1, "away"));
  rd_kafka_mock_push_request_errors(cluster_, 0, 1, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
  options_.topic_changes = "elsewhere";  // so that the refused request is the passing on
  options_.topic_quarantine = "elsewhere-2";
  rd_kafka_mock_topic_set_error(cluster_, "elsewhere", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  rd_kafka_mock_topic_set_error(cluster_, "elsewhere-2", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  open_door();
  // The broker refuses it for good: it is kept rather than lost, and the partition goes on.
  until_read(0, 2);
  EXPECT_EQ(journaled(0), std::vector<std::string>({"before"}));
  const auto kept = quarantined(0);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].origin.ordinal, 1);
  EXPECT_EQ(kept[0].raw, check_in(kHome1, "away"));
  EXPECT_TRUE(journaled(1).empty());
}

TEST_F(KafkaDoorTest, AMissingOutTopicIsSaidAndHoldsNothingUp) {
  rd_kafka_mock_topic_set_error(cluster_, "dongbo.changes", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  publish(0, check_in(kHome0, "a"));
  publish(0, "rubbish");
  open_door();
  until_read(0, 2);
  EXPECT_EQ(read("dongbo.quarantine", 1).size(), 1U);
  const auto error = door_->status().last_error;
  EXPECT_NE(error.find("dongbo.changes is missing"), std::string::npos) << error;
  rd_kafka_mock_topic_set_error(cluster_, "dongbo.changes", RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_EQ(read("dongbo.changes", 1)[0].headers.at("dongbo-position"), "0:1");
  until([&] { return door_->status().last_error.empty(); }, "the trouble to be over");
}

TEST_F(KafkaDoorTest, StoppingTwiceAndWithoutStartIsSafe) {
  auto never = KafkaDoor::open(*shards_, schemas(), clock_, options_);
  ASSERT_TRUE(never.has_value());
  (*never)->stop();
  never = Error::fatal("gone");
  open_door();
  door_->stop();
  door_->stop();
  Delivery delivery;
  delivery.items = items(item(check_in(kHome0, "a")));
  EXPECT_FALSE(door_->intake().accept(delivery));
}

TEST_F(KafkaDoorTest, PartitionsAreCounted) {
  EXPECT_EQ(kafka_partitions(options_).value(), 2U);
  options_.topic_events = "nowhere";
  rd_kafka_mock_topic_set_error(cluster_, "nowhere", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const auto missing = kafka_partitions(options_);
  ASSERT_FALSE(missing.has_value());
  EXPECT_NE(missing.error().message.find("nowhere is missing"), std::string::npos);
}

// Without any broker.
class KafkaDoorAlone : public ShardsFixture {
 protected:
  std::string refusal(std::map<std::string, std::string> properties) {
    KafkaOptions options;
    options.brokers = "127.0.0.1:1";
    options.properties = std::move(properties);
    const auto door = KafkaDoor::open(*shards_, schemas(), clock_, options);
    return door ? "opened" : door.error().message;
  }
};

TEST_F(KafkaDoorAlone, PropertiesThatCannotBeAreNamed) {
  EXPECT_EQ(refusal({}), "opened");
  EXPECT_EQ(
      refusal({{"security.protocol", "SASL_SSL"}, {"sasl.mechanisms", "PLAIN"}, {"sasl.username", "u"}, {"sasl.password", "p"}}),
      "opened");
  EXPECT_NE(refusal({{"sasl.nonsense", "1"}}).find("sasl.nonsense"), std::string::npos);
  EXPECT_NE(refusal({{"session.timeout.ms", "soon"}}).find("session.timeout.ms"), std::string::npos);
  EXPECT_NE(refusal({{"enable.auto.commit", "true"}}).find("the hub sets this one itself"), std::string::npos);
  EXPECT_NE(refusal({{"security.protocol", "ssl"}, {"ssl.ca.location", "/nowhere.pem"}}).find("ssl.ca.location"),
            std::string::npos);
}

TEST_F(KafkaDoorAlone, ATopicThatIsReadIsNotWrittenToo) {
  for (const auto topic : {&KafkaOptions::topic_changes, &KafkaOptions::topic_quarantine}) {
    KafkaOptions options;
    options.brokers = "127.0.0.1:1";
    options.topic_events = options.*topic = "dongbo.both";
    const auto door = KafkaDoor::open(*shards_, schemas(), clock_, options);
    ASSERT_FALSE(door);
    EXPECT_NE(door.error().message.find("events (dongbo.both)"), std::string::npos) << door.error().message;
  }
}

TEST_F(KafkaDoorAlone, WithoutABrokerItStartsSaysSoAndStops) {
  KafkaOptions options;
  options.brokers = "127.0.0.1:1";
  auto door = std::move(KafkaDoor::open(*shards_, schemas(), clock_, options)).value();
  door->start();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (door->status().last_error.empty() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const auto status = door->status();
  EXPECT_FALSE(status.connected);
  EXPECT_NE(status.last_error.find("no broker answers at 127.0.0.1:1"), std::string::npos) << status.last_error;
  Delivery delivery;
  delivery.items = items(item(check_in(kHome0, "a")));
  EXPECT_FALSE(door->intake().accept(delivery)) << "back-pressure until the topic was seen";
  door->stop();
}

}  // namespace
}  // namespace dongbo::intake
