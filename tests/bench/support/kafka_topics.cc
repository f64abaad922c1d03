#include "tests/bench/support/kafka_topics.h"

#include <librdkafka/rdkafka.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace dongbo::bench {
namespace {

std::string output_of(const std::string& command) {
  std::string out;
  auto* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  char buffer[4096];
  while (const auto got = fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, got);
  if (pclose(pipe) != 0) throw std::runtime_error("failed: " + command + "\n" + out);
  return out;
}

struct Destroy {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
using Handle = std::unique_ptr<rd_kafka_t, Destroy>;

Handle open_handle(rd_kafka_type_t type, std::initializer_list<std::pair<const char*, std::string>> settings) {
  auto* conf = rd_kafka_conf_new();
  char why[512];
  rd_kafka_conf_set(conf, "log_level", "2", why, sizeof why);  // what fails is thrown; retries are nobody's business
  for (const auto& [name, value] : settings)
    if (rd_kafka_conf_set(conf, name, value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK) throw std::runtime_error(why);
  auto* handle = rd_kafka_new(type, conf, why, sizeof why);
  if (handle == nullptr) throw std::runtime_error(why);
  return Handle(handle);
}

}  // namespace

TestBroker::TestBroker(const std::filesystem::path& source_directory, std::filesystem::path directory)
    : scripts_(source_directory / "deploy/kafka"), directory_(std::move(directory)) {
  const auto said = output_of(scripts_.string() + "/start --dir " + directory_.string());
  const auto begin = said.find("bootstrap=") + 10;
  bootstrap_ = said.substr(begin, said.find('\n', begin) - begin);
}

TestBroker::~TestBroker() {
  // By the pid that start recorded.
  if (std::system((scripts_.string() + "/stop --dir " + directory_.string()).c_str()) != 0)
    std::fprintf(stderr, "the broker in %s did not stop\n", directory_.c_str());
}

void TestBroker::make_topics(int partitions) const {
  output_of(scripts_.string() + "/topics --partitions " + std::to_string(partitions) + " --bootstrap " + bootstrap_);
}

void produce(const std::string& bootstrap, const CheckIns& check_ins, std::uint64_t events) {
  const auto producer = open_handle(RD_KAFKA_PRODUCER, {{"bootstrap.servers", bootstrap},
                                                        {"compression.type", "lz4"},
                                                        {"linger.ms", "50"},
                                                        {"batch.size", "1000000"},
                                                        {"queue.buffering.max.messages", "200000"},
                                                        {"enable.idempotence", "true"},
                                                        {"partitioner", "murmur2_random"}});
  const std::unique_ptr<rd_kafka_topic_t, decltype(&rd_kafka_topic_destroy)> topic(
      rd_kafka_topic_new(producer.get(), "dongbo.events", nullptr), &rd_kafka_topic_destroy);
  std::string event;
  for (std::uint64_t number = 0; number < events; ++number) {
    check_ins.write(event, number);
    const auto key = check_ins.meeting_name(check_ins.meeting_of(number));
    while (rd_kafka_produce(topic.get(), RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, event.data(), event.size(), key.data(),
                            key.size(), nullptr) != 0) {
      if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
        throw std::runtime_error(rd_kafka_err2str(rd_kafka_last_error()));
      rd_kafka_poll(producer.get(), 20);
    }
    if (number % 1024 == 0) rd_kafka_poll(producer.get(), 0);
  }
  if (rd_kafka_flush(producer.get(), 120'000) != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error("not all was produced");
}

std::uint64_t end_of(const std::string& bootstrap, const std::string& topic, int partitions) {
  static const auto watcher = open_handle(RD_KAFKA_CONSUMER, {{"bootstrap.servers", bootstrap}});
  std::uint64_t sum = 0;
  for (int partition = 0; partition < partitions; ++partition) {
    std::int64_t low = 0, high = 0;
    if (rd_kafka_query_watermark_offsets(watcher.get(), topic.c_str(), partition, &low, &high, 10'000) == 0)
      sum += static_cast<std::uint64_t>(high);
  }
  return sum;
}

std::uint64_t count_committed(const std::string& bootstrap, const std::string& topic, int partitions) {
  const auto consumer = open_handle(RD_KAFKA_CONSUMER, {{"bootstrap.servers", bootstrap},
                                                        {"group.id", "bench-count"},
                                                        {"enable.auto.commit", "false"},
                                                        {"enable.partition.eof", "true"},
                                                        {"isolation.level", "read_committed"}});
  rd_kafka_poll_set_consumer(consumer.get());
  auto* assigned = rd_kafka_topic_partition_list_new(partitions);
  for (int partition = 0; partition < partitions; ++partition)
    rd_kafka_topic_partition_list_add(assigned, topic.c_str(), partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
  rd_kafka_assign(consumer.get(), assigned);
  rd_kafka_topic_partition_list_destroy(assigned);
  std::uint64_t count = 0;
  for (int ended = 0; ended < partitions;) {
    auto* message = rd_kafka_consumer_poll(consumer.get(), 20'000);
    if (message == nullptr) break;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) ++ended;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++count;
    rd_kafka_message_destroy(message);
  }
  rd_kafka_consumer_close(consumer.get());
  return count;
}

}  // namespace dongbo::bench
