#include "hub/intake/kafka_consumer.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/base/log.h"
#include "hub/base/this_thread.h"
#include "hub/intake/kafka_config.h"

namespace dongbo::intake {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kBatchRecordsMax = 4096;
constexpr std::size_t kBatchBytesMax = 4u << 20;
constexpr milliseconds kPollBusy(2);  // something waits for its shard or for the broker
constexpr milliseconds kPollIdle(100);
constexpr seconds kMirrorPeriod(2);
constexpr milliseconds kStatusPeriod(200);
constexpr seconds kReplacePause(3);
constexpr seconds kNewPartitionsPatience(8);  // the group's leader should have seen them by then
constexpr seconds kFinishPatience(30);
constexpr seconds kClosePatience(3);
constexpr const char* kTrouble = "consumer";

}  // namespace

KafkaConsumer::KafkaConsumer(const KafkaOptions& options, const event::SchemaSet& schemas, FlowSurroundings around,
                             KafkaProblems& problems, const KafkaWatcher& watcher, std::string instance)
    : options_(options),
      around_(std::move(around)),
      problems_(problems),
      watcher_(watcher),
      instance_(std::move(instance)),
      codec_(schemas) {}

Result<std::unique_ptr<KafkaConsumer>> KafkaConsumer::open(const KafkaOptions& options, const event::SchemaSet& schemas,
                                                           FlowSurroundings around, KafkaProblems& problems,
                                                           const KafkaWatcher& watcher, std::string instance) {
  std::unique_ptr<KafkaConsumer> consumer(
      new KafkaConsumer(options, schemas, std::move(around), problems, watcher, std::move(instance)));
  DONGBO_ASSIGN(consumer->handle_, consumer->new_handle());
  return consumer;
}

KafkaConsumer::~KafkaConsumer() {
  stop();
}

Result<RdKafka> KafkaConsumer::new_handle() {
  DONGBO_ASSIGN(auto config, kafka_config(options_, KafkaRole::kConsumer, instance_));
  rd_kafka_conf_set_opaque(config.get(), this);
  rd_kafka_conf_set_rebalance_cb(config.get(), &KafkaConsumer::on_rebalance);
  DONGBO_ASSIGN(auto handle, kafka_handle(std::move(config), KafkaRole::kConsumer));
  rd_kafka_poll_set_consumer(handle.get());
  return handle;
}

void KafkaConsumer::start() {
  thread_ = std::thread([this] { run(); });
}

void KafkaConsumer::stop() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
    stop_soon_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::vector<KafkaStatus::Partition> KafkaConsumer::partitions() const {
  std::lock_guard lock(mutex_);
  return published_;
}

void KafkaConsumer::run() {
  name_this_thread("kafka read");
  while (!stop_soon_) {
    if (!handle_) {
      auto fresh = new_handle();
      if (fresh) handle_ = std::move(*fresh);
    }
    if (handle_) {
      session();
      close();
    }
    std::unique_lock lock(mutex_);
    stopping_.wait_for(lock, kReplacePause, [&] { return stop_; });
  }
}

void KafkaConsumer::session() {
  broken_ = false;
  joined_at_ = steady_clock::now();
  const RdPartitions topics(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(topics.get(), options_.topic_events.c_str(), RD_KAFKA_PARTITION_UA);
  if (const auto error = rd_kafka_subscribe(handle_.get(), topics.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    problems_.begin(kTrouble, fmt::format("không đăng ký đọc được {0} / cannot subscribe to {0}: {1}", options_.topic_events,
                                          rd_kafka_err2str(error)));
    return;
  }
  while (!stop_soon_ && !broken_) {
    const bool read = poll_batch();
    tend_flows();
    around_.passing_on.try_again();
    if (assign_again_) assign_again();
    if (!read) join_again_for_new_partitions();
    mirror_offsets();
    publish_status();
  }
  mirrored_at_ = {};
  mirror_offsets();
}

// rd_kafka_consumer_close() would wait for a broker that hangs as long as for its last request.
void KafkaConsumer::close() {
  {
    const RdQueue queue(rd_kafka_queue_new(handle_.get()));
    const RdError error(rd_kafka_consumer_close_queue(handle_.get(), queue.get()));
    const auto deadline = steady_clock::now() + kClosePatience;
    while (!error && rd_kafka_consumer_closed(handle_.get()) == 0 && steady_clock::now() < deadline)
      rd_kafka_queue_poll_callback(queue.get(), static_cast<int>(kPollBusy.count()));  // revokes: on_rebalance finishes the flows
  }
  on_revoked();  // a handle that broke, or whose broker hangs, may not have called
  handle_.reset();
  publish_status();
}

bool KafkaConsumer::poll_batch() {
  const bool busy = std::ranges::any_of(assigned_, [](const auto& one) { return one.second.flow->busy(); });
  RdMessage message(rd_kafka_consumer_poll(handle_.get(), static_cast<int>((busy ? kPollBusy : kPollIdle).count())));
  std::size_t records = 0;
  std::size_t bytes = 0;
  while (message) {
    bytes += message->len;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      take(*message);
    } else {
      take_error(*message);
    }
    if (++records >= kBatchRecordsMax || bytes >= kBatchBytesMax) break;
    message.reset(rd_kafka_consumer_poll(handle_.get(), 0));
  }
  return records > 0;
}

void KafkaConsumer::take(const rd_kafka_message_t& message) {
  const auto found = assigned_.find(message.partition);
  if (found == assigned_.end() || assign_again_) return;  // revoked or about to be read again
  found->second.flow->take(RecordView::of(message), codec_);
}

void KafkaConsumer::take_error(const rd_kafka_message_t& message) {
  switch (message.err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      if (const auto found = assigned_.find(message.partition); found != assigned_.end() && !assign_again_)
        found->second.flow->reached_end(Offset(message.offset));
      return;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      begins_elsewhere(message.partition);
      return;
    case RD_KAFKA_RESP_ERR__FATAL:
      problems_.begin(kTrouble, fmt::format("bộ đọc bị hỏng và được thay / the consumer broke and is replaced: {}",
                                            rd_kafka_message_errstr(&message)));
      broken_ = true;
      return;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
      problems_.begin(kTrouble, fmt::format("không được phép đọc {0} với nhóm {1} / not allowed to read {0} as group {1}: {2}",
                                            options_.topic_events, options_.group, rd_kafka_message_errstr(&message)));
      return;
    default:  // librdkafka goes on by itself; the watcher says what is missing
      spdlog::debug("kafka: consumer: {}", rd_kafka_message_errstr(&message));
  }
}

// The topic does not hold the journal's offset: it was truncated by retention, or made anew.
void KafkaConsumer::begins_elsewhere(std::int32_t partition) {
  const auto found = assigned_.find(partition);
  if (found == assigned_.end()) return;
  std::int64_t low = 0;
  std::int64_t high = 0;
  if (rd_kafka_query_watermark_offsets(handle_.get(), options_.topic_events.c_str(), partition, &low, &high, 5000) ==
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    auto& flow = *found->second.flow;
    spdlog::warn(
        "kafka: {0}/{1}: nhật ký đọc tiếp từ offset {2}, topic có {3}..{4}: đọc từ {3}; sự kiện hub đã có được nhận ra theo danh "
        "tính, sự kiện topic đã mất thì không lấy lại được / the journal goes on at offset {2}, the topic holds {3}..{4}: "
        "reading from {3}; what this hub has already is known by its identity, what the topic lost does not come back",
        options_.topic_events, partition, flow.expected().value(), low, high);
    flow.reset_to(Offset(low));
  }
  assign_again_ = true;  // without an answer: the old offset fails again and comes here again
}

void KafkaConsumer::tend_flows() {
  const bool fits = watcher_.topic_fits();
  for (auto& [partition, assigned] : assigned_) {
    auto& flow = *assigned.flow;
    flow.pump();
    if (flow.wants_rewind()) assign_again_ = true;
    if (!assigned.paused && (flow.overfull() || !fits)) pause(partition, assigned, true);
    if (assigned.paused && flow.roomy() && fits) pause(partition, assigned, false);
  }
}

void KafkaConsumer::pause(std::int32_t partition, Assigned& assigned, bool paused) {
  const RdPartitions one(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(one.get(), options_.topic_events.c_str(), partition);
  const auto error =
      paused ? rd_kafka_pause_partitions(handle_.get(), one.get()) : rd_kafka_resume_partitions(handle_.get(), one.get());
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR && one->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR) assigned.paused = paused;
}

// Sets every partition to what its flow expects; librdkafka drops what it has prefetched.
void KafkaConsumer::assign_again() {
  assign_again_ = false;
  if (assigned_.empty()) return;
  const RdPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(assigned_.size())));
  for (auto& [partition, assigned] : assigned_) {
    if (assigned.paused) pause(partition, assigned, false);
    rd_kafka_topic_partition_list_add(list.get(), options_.topic_events.c_str(), partition)->offset =
        assigned.flow->expected().value();
  }
  // An assignment that keeps a partition keeps its place too: it has to go first.
  rd_kafka_assign(handle_.get(), nullptr);
  assign(*list);
}

void KafkaConsumer::assign(const rd_kafka_topic_partition_list_t& list) {
  const auto error = rd_kafka_assign(handle_.get(), &list);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    spdlog::warn("kafka: không đặt được offset đọc / cannot set the reading offsets: {}", rd_kafka_err2str(error));
  if (watcher_.topic_fits()) return;
  for (auto& [partition, assigned] : assigned_) pause(partition, assigned, true);  // before the first record
}

// The group's leader watches for new partitions. A hub that came back under its old name may be a leader that does not
// know it (old clients are not told), so after a while it asks for a new round itself.
void KafkaConsumer::join_again_for_new_partitions() {
  const auto there = watcher_.partitions(options_.topic_events);
  if (there == 0 || steady_clock::now() - joined_at_ < kNewPartitionsPatience) return;
  const bool grown = partitions_at_join_ != 0 && there > partitions_at_join_;
  const bool short_at_start = !looked_after_start_ && !assigned_.empty() && assigned_.size() < there;
  if (!assigned_.empty()) looked_after_start_ = true;
  if (!grown && !short_at_start) return;
  spdlog::info("kafka: {} has {} partitions, {} are read here: joining the group again", options_.topic_events, there,
               assigned_.size());
  partitions_at_join_ = there;
  joined_at_ = steady_clock::now();
  const RdPartitions topics(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(topics.get(), options_.topic_events.c_str(), RD_KAFKA_PARTITION_UA);
  rd_kafka_subscribe(handle_.get(), topics.get());
}

void KafkaConsumer::mirror_offsets() {
  const auto now = steady_clock::now();
  if (now - mirrored_at_ < kMirrorPeriod) return;
  mirrored_at_ = now;
  const RdPartitions list(rd_kafka_topic_partition_list_new(static_cast<int>(assigned_.size())));
  for (auto& [partition, assigned] : assigned_) {
    const auto journaled = assigned.flow->journaled();
    if (journaled == assigned.committed) continue;
    assigned.committed = journaled;
    rd_kafka_topic_partition_list_add(list.get(), options_.topic_events.c_str(), partition)->offset = journaled.value();
  }
  if (list->cnt > 0) rd_kafka_commit(handle_.get(), list.get(), 1);  // for monitoring only: a failure is no matter
}

void KafkaConsumer::publish_status() {
  const auto now = steady_clock::now();
  if (handle_ && now - published_at_ < kStatusPeriod) return;
  published_at_ = now;
  std::vector<KafkaStatus::Partition> out;
  for (const auto& [partition, assigned] : assigned_) {
    std::int64_t low = -1;
    std::int64_t high = -1;
    rd_kafka_get_watermark_offsets(handle_.get(), options_.topic_events.c_str(), partition, &low, &high);
    out.push_back({partition, assigned.flow->journaled().value(), high >= 0 ? high : -1, assigned.paused});
  }
  std::lock_guard lock(mutex_);
  published_ = std::move(out);
}

void KafkaConsumer::on_assigned(const rd_kafka_topic_partition_list_t& partitions) {
  on_revoked();
  const RdPartitions list(rd_kafka_topic_partition_list_copy(&partitions));
  std::string text;
  for (int i = 0; i < list->cnt; ++i) {
    auto& one = list->elems[i];
    auto flow = std::make_unique<PartitionFlow>(around_, one.partition);
    one.offset = flow->expected().value();
    text += fmt::format("{}{}@{}", text.empty() ? "" : " ", one.partition, one.offset);
    assigned_[one.partition] = Assigned{std::move(flow), false, Offset(-1)};
  }
  assign(*list);
  problems_.end(kTrouble);
  joined_at_ = steady_clock::now();
  partitions_at_join_ = watcher_.partitions(options_.topic_events);
  spdlog::info("kafka: {}: reads partitions {}", options_.topic_events, text.empty() ? "none" : text);
}

void KafkaConsumer::on_revoked() {
  for (auto& [partition, assigned] : assigned_) assigned.flow->finish(kFinishPatience);
  assigned_.clear();
  assign_again_ = false;
}

void KafkaConsumer::on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t* partitions,
                                 void* self) noexcept {
  auto& consumer = *static_cast<KafkaConsumer*>(self);
  try {
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      consumer.on_assigned(*partitions);
      return;
    }
    consumer.on_revoked();
    if (!consumer.stop_soon_) spdlog::info("kafka: {}: partitions given back", consumer.options_.topic_events);
  } catch (const std::exception& error) {
    consumer.broken_ = true;  // begin anew with another handle
    spdlog::error("kafka: rebalance: {}", error.what());
  }
  rd_kafka_assign(handle, nullptr);
}

}  // namespace dongbo::intake
