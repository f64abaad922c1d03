#include "hub/intake/kafka_watcher.h"

#include <fmt/format.h>

#include "hub/base/this_thread.h"
#include "hub/intake/kafka_config.h"

namespace dongbo::intake {
namespace {

constexpr auto kPeriod = std::chrono::milliseconds(1000);
constexpr auto kPatience = std::chrono::milliseconds(1500);  // stop() may have to wait this long
constexpr const char* kBrokerTrouble = "broker";

}  // namespace

KafkaWatcher::KafkaWatcher(const KafkaOptions& options, KafkaProblems& problems, std::uint32_t partitions_wanted)
    : options_(options), problems_(problems), partitions_wanted_(partitions_wanted) {}

Result<std::unique_ptr<KafkaWatcher>> KafkaWatcher::open(const KafkaOptions& options, KafkaProblems& problems,
                                                         std::uint32_t partitions_wanted) {
  std::unique_ptr<KafkaWatcher> watcher(new KafkaWatcher(options, problems, partitions_wanted));
  DONGBO_ASSIGN(auto config, kafka_config(options, KafkaRole::kWatcher, ""));
  rd_kafka_conf_set_opaque(config.get(), watcher.get());
  rd_kafka_conf_set_error_cb(config.get(), &KafkaWatcher::on_error);
  DONGBO_ASSIGN(watcher->handle_, kafka_handle(std::move(config), KafkaRole::kWatcher));
  return watcher;
}

KafkaWatcher::~KafkaWatcher() {
  stop();
}

void KafkaWatcher::start(std::function<void()> each_time) {
  thread_ = std::thread([this, each_time = std::move(each_time)] {
    name_this_thread("kafka watch");
    run(each_time);
  });
}

void KafkaWatcher::stop() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::uint32_t KafkaWatcher::partitions(const std::string& topic) const {
  std::lock_guard lock(mutex_);
  const auto found = partitions_.find(topic);
  return found == partitions_.end() ? 0 : found->second;
}

void KafkaWatcher::run(const std::function<void()>& each_time) {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    lock.unlock();
    look_at_all();
    each_time();
    lock.lock();
    stopping_.wait_for(lock, kPeriod, [&] { return stop_; });
  }
}

void KafkaWatcher::look_at_all() {
  for (const auto& topic : {options_.topic_events, options_.topic_changes, options_.topic_quarantine}) {
    const auto partitions = look(topic, kPatience);
    rd_kafka_poll(handle_.get(), 0);  // serves on_error
    if (!partitions) {
      if (partitions.error().error_class == ErrorClass::kTransient) {
        connected_ = false;
        problems_.begin(kBrokerTrouble, partitions.error().message);
        return;  // the others would only wait as long
      }
      problems_.begin("topic " + topic, partitions.error().message);
      continue;
    }
    connected_ = true;
    problems_.end(kBrokerTrouble);
    judge(topic, *partitions);
  }
}

void KafkaWatcher::judge(const std::string& topic, std::uint32_t partitions) {
  {
    std::lock_guard lock(mutex_);
    partitions_[topic] = partitions;
  }
  const auto trouble = "topic " + topic;
  if (partitions == 0) {
    problems_.begin(trouble,
                    fmt::format("thiếu topic {0} trên {1}: hãy tạo (deploy/kafka/topics); có rồi hub sẽ tự chạy tiếp / topic {0} "
                                "is missing on {1}: create it (deploy/kafka/topics); the hub goes on when it is there",
                                topic, options_.brokers));
  } else if (topic == options_.topic_events && partitions < partitions_wanted_) {
    problems_.begin(
        trouble, fmt::format("topic {0} có {1} phân vùng, hub này có {2} phân mảnh, mỗi phân mảnh là một phân vùng: hãy thêm "
                             "phân vùng (deploy/kafka/topics --partitions {2}) / topic {0} has {1} partitions, this hub has {2} "
                             "shards and one shard is one partition: add partitions (deploy/kafka/topics --partitions {2})",
                             topic, partitions, partitions_wanted_));
  } else {
    problems_.end(trouble);
  }
}

Result<std::uint32_t> KafkaWatcher::look(const std::string& topic, std::chrono::milliseconds patience) {
  const RdTopic handle(rd_kafka_topic_new(handle_.get(), topic.c_str(), nullptr));
  if (!handle) return Error::fatal(fmt::format("topic {}: {}", topic, rd_kafka_err2str(rd_kafka_last_error())));
  const rd_kafka_metadata_t* found = nullptr;
  const auto error = rd_kafka_metadata(handle_.get(), 0, handle.get(), &found, static_cast<int>(patience.count()));
  const RdMetadata metadata(found);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    std::lock_guard lock(mutex_);
    const auto& reason = last_reason_.empty() ? std::string(rd_kafka_err2str(error)) : last_reason_;
    return Error::transient(
        fmt::format("không broker nào trả lời tại {0} / no broker answers at {0}: {1}", options_.brokers, reason));
  }
  {
    std::lock_guard lock(mutex_);
    last_reason_.clear();
  }
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const auto& one = metadata->topics[i];
    if (topic != one.topic) continue;
    if (one.err == RD_KAFKA_RESP_ERR_NO_ERROR || one.err == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE)
      return static_cast<std::uint32_t>(one.partition_cnt);
    if (one.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || one.err == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC) return 0u;
    return Error::fatal(fmt::format("topic {}: {}", topic, rd_kafka_err2str(one.err)));
  }
  return 0u;
}

void KafkaWatcher::on_error(rd_kafka_t* /*handle*/, int /*code*/, const char* reason, void* self) noexcept {
  try {
    auto& watcher = *static_cast<KafkaWatcher*>(self);
    // "Connection refused (after 3ms in state CONNECT, …)": only what stays the same, so that it is said once.
    const std::string_view whole(reason);
    std::lock_guard lock(watcher.mutex_);
    watcher.last_reason_ = whole.substr(0, whole.find(" (after"));
  } catch (...) {  // NOLINT(bugprone-empty-catch): the reason stays the general one
  }
}

}  // namespace dongbo::intake
