#pragma once
#include <librdkafka/rdkafka.h>  // before its mock part
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <functional>
#include <thread>

#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_handle.h"
#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {

// The door between a real ShardSet and librdkafka's mock broker in this process.
class KafkaFixture : public ShardsFixture {
 protected:
  using Headers = std::vector<std::pair<std::string, std::string>>;
  struct Record {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::string key;
    std::optional<std::string> value;
    std::map<std::string, std::string> headers;
  };

  void SetUp() override {
    ShardsFixture::SetUp();
    client_ = handle(RD_KAFKA_PRODUCER, {});
    cluster_ = rd_kafka_mock_cluster_new(client_.get(), 1);
    ASSERT_NE(cluster_, nullptr);
    options_.brokers = rd_kafka_mock_cluster_bootstraps(cluster_);
    for (const auto* topic : {"dongbo.events", "dongbo.changes", "dongbo.quarantine"}) create(topic, 2);
    producer_ = handle(RD_KAFKA_PRODUCER, {{"bootstrap.servers", options_.brokers}});
  }
  void TearDown() override {
    door_.reset();
    producer_.reset();
    if (cluster_ != nullptr) rd_kafka_mock_cluster_destroy(cluster_);
    client_.reset();
    ShardsFixture::TearDown();
  }

  static RdKafka handle(rd_kafka_type_t type, const std::map<std::string, std::string>& properties) {
    auto* config = rd_kafka_conf_new();
    for (const auto& [name, value] : properties)
      EXPECT_EQ(rd_kafka_conf_set(config, name.c_str(), value.c_str(), nullptr, 0), RD_KAFKA_CONF_OK) << name;
    return RdKafka(rd_kafka_new(type, config, nullptr, 0));
  }
  void create(const char* topic, int partitions) { rd_kafka_mock_topic_create(cluster_, topic, partitions, 1); }

  void open_door() {
    auto opened = KafkaDoor::open(*shards_, schemas(), clock_, options_);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    door_ = std::move(opened).value();
    door_->start();
  }

  // What a publisher sends, wherever it likes.
  void publish(std::int32_t partition, const std::optional<std::string>& value, const Headers& headers = {},
               const std::string& topic = "dongbo.events") {
    auto* all = rd_kafka_headers_new(headers.size());
    for (const auto& [name, text] : headers)
      rd_kafka_header_add(all, name.c_str(), -1, text.data(), static_cast<ssize_t>(text.size()));
    std::array<rd_kafka_vu_t, 6> parts{};
    std::size_t count = 0;
    const auto part = [&](rd_kafka_vtype_t type) -> auto& {
      parts[count].vtype = type;
      return parts[count++].u;
    };
    part(RD_KAFKA_VTYPE_TOPIC).cstr = topic.c_str();
    part(RD_KAFKA_VTYPE_PARTITION).i32 = partition;
    part(RD_KAFKA_VTYPE_MSGFLAGS).i = RD_KAFKA_MSG_F_COPY;
    if (value) part(RD_KAFKA_VTYPE_VALUE).mem = {const_cast<char*>(value->data()), value->size()};
    part(RD_KAFKA_VTYPE_HEADERS).headers = all;
    const RdError error(rd_kafka_produceva(producer_.get(), parts.data(), count));
    EXPECT_EQ(error, nullptr);
    EXPECT_EQ(rd_kafka_flush(producer_.get(), 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  // What lies in a topic now, from the beginning; reads until `enough`.
  std::vector<Record> read(const std::string& topic, const std::function<bool(const std::vector<Record>&)>& enough) {
    auto consumer = handle(RD_KAFKA_CONSUMER, {{"bootstrap.servers", options_.brokers}, {"group.id", "test"}});
    rd_kafka_poll_set_consumer(consumer.get());
    const RdPartitions list(rd_kafka_topic_partition_list_new(2));
    for (int i = 0; i < 2; ++i) rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset = 0;
    rd_kafka_assign(consumer.get(), list.get());
    std::vector<Record> out;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!enough(out)) {
      if (std::chrono::steady_clock::now() > deadline) {
        ADD_FAILURE() << "only " << out.size() << " records of " << topic;
        break;
      }
      const RdMessage message(rd_kafka_consumer_poll(consumer.get(), 100));
      if (!message || message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      auto& record = out.emplace_back();
      record.partition = message->partition;
      record.offset = message->offset;
      record.key.assign(static_cast<const char*>(message->key), message->key_len);
      if (message->payload != nullptr) record.value.emplace(static_cast<const char*>(message->payload), message->len);
      rd_kafka_headers_t* headers = nullptr;
      if (rd_kafka_message_headers(message.get(), &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      const char* name = nullptr;
      const void* value = nullptr;
      std::size_t size = 0;
      for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
        record.headers[name].assign(static_cast<const char*>(value), size);
    }
    rd_kafka_consumer_close(consumer.get());
    return out;
  }
  std::vector<Record> read(const std::string& topic, std::size_t count) {
    return read(topic, [count](const auto& records) { return records.size() >= count; });
  }

  // Waits for something that other threads bring about.
  static void until(const std::function<bool()>& holds, const std::string& what) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "waited for " << what;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void until_journaled(std::uint32_t shard, std::uint64_t head) {
    until([&] { return shards_->at(ShardId(shard)).head().value() >= head; }, fmt::format("shard {} at {}", shard, head));
  }
  void until_read(std::int32_t partition, std::int64_t next) {
    const auto& journal = shards_->at(ShardId(static_cast<std::uint32_t>(partition) % kShards)).journal();
    until([&] { return journal.source_position("dongbo.events", partition).value_or(Offset(0)).value() >= next; },
          fmt::format("partition {} read up to {}", partition, next));
  }

  KafkaOptions options_;
  RdKafka client_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
  RdKafka producer_;
  std::unique_ptr<KafkaDoor> door_;
};

}  // namespace dongbo::intake
