#include "hub/intake/kafka_producer.h"

#include <fmt/format.h>

#include <array>

#include "hub/base/log.h"
#include "hub/base/this_thread.h"
#include "hub/intake/kafka_config.h"

namespace dongbo::intake {
namespace {

constexpr int kPollMillis = 50;
constexpr const char* kTrouble = "producer";

}  // namespace

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::open(const KafkaOptions& options, KafkaProblems& problems) {
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer(options, problems));
  DONGBO_ASSIGN(producer->handle_, producer->new_handle());
  return producer;
}

KafkaProducer::~KafkaProducer() {
  stop(std::chrono::milliseconds(0));
}

Result<RdKafka> KafkaProducer::new_handle() {
  DONGBO_ASSIGN(auto config, kafka_config(options_, KafkaRole::kProducer, ""));
  rd_kafka_conf_set_opaque(config.get(), this);
  rd_kafka_conf_set_dr_msg_cb(config.get(), &KafkaProducer::on_delivery);
  rd_kafka_conf_set_error_cb(config.get(), &KafkaProducer::on_error);
  return kafka_handle(std::move(config), KafkaRole::kProducer);
}

void KafkaProducer::start() {
  thread_ = std::thread([this] { run(); });
}

void KafkaProducer::stop(std::chrono::milliseconds patience) {
  if (stop_ || !handle_) return;
  {
    std::shared_lock lock(handle_mutex_);  // also when it was never started: whoever waits for a delivery is told
    rd_kafka_flush(handle_.get(), static_cast<int>(patience.count()));
    rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(handle_.get(), 1000);  // delivers the reports of what was purged
  }
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void KafkaProducer::run() {
  name_this_thread("kafka write");
  while (!stop_) {
    rd_kafka_poll(handle_.get(), kPollMillis);  // only this thread replaces the handle
    if (fatal_) replace_handle();
  }
}

void KafkaProducer::replace_handle() {
  auto fresh = new_handle();
  if (!fresh) {
    problems_.begin(kTrouble, fresh.error().message);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    return;
  }
  std::unique_lock lock(handle_mutex_);
  rd_kafka_purge(handle_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(handle_.get(), 1000);
  handle_ = std::move(*fresh);
  fatal_ = false;
  spdlog::info("kafka: the producer was replaced");
}

rd_kafka_resp_err_t KafkaProducer::produce(const OutgoingRecord& record, KafkaDelivery& delivery) {
  RdHeaders headers(rd_kafka_headers_new(record.headers.size()));
  for (const auto& [name, value] : record.headers) {
    const auto error = rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()),
                                           value ? value->data() : nullptr, value ? static_cast<ssize_t>(value->size()) : 0);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return error;
  }
  std::array<rd_kafka_vu_t, 8> parts{};
  std::size_t count = 0;
  const auto part = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
    parts[count].vtype = type;
    return parts[count++];
  };
  const auto bytes = [&](rd_kafka_vtype_t type, const std::optional<std::string_view>& text) {
    if (!text) return;
    auto& memory = part(type).u.mem;
    // librdkafka takes a null pointer as "no value"; an empty one is something else.
    memory.ptr = const_cast<char*>(text->data() != nullptr ? text->data() : "");
    memory.size = text->size();
  };
  part(RD_KAFKA_VTYPE_TOPIC).u.cstr = record.topic.c_str();
  part(RD_KAFKA_VTYPE_PARTITION).u.i32 = record.partition;
  part(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
  bytes(RD_KAFKA_VTYPE_KEY, record.key);
  bytes(RD_KAFKA_VTYPE_VALUE, record.value);
  if (record.timestamp > 0) part(RD_KAFKA_VTYPE_TIMESTAMP).u.i64 = record.timestamp;
  part(RD_KAFKA_VTYPE_OPAQUE).u.ptr = &delivery;
  part(RD_KAFKA_VTYPE_HEADERS).u.headers = headers.get();

  std::shared_lock lock(handle_mutex_);
  const RdError error(rd_kafka_produceva(handle_.get(), parts.data(), count));
  if (error) return rd_kafka_error_code(error.get());
  static_cast<void>(headers.release());  // the record owns them now
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool KafkaProducer::refused_for_good(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || error == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE ||
         error == RD_KAFKA_RESP_ERR_INVALID_MSG || error == RD_KAFKA_RESP_ERR_INVALID_RECORD;
}

void KafkaProducer::on_delivery(rd_kafka_t* /*handle*/, const rd_kafka_message_t* message, void* self) noexcept {
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) static_cast<KafkaProducer*>(self)->problems_.end(kTrouble);
  static_cast<KafkaDelivery*>(message->_private)->delivered(message->err);
}

void KafkaProducer::on_error(rd_kafka_t* handle, int code, const char* reason, void* self) noexcept {
  auto& producer = *static_cast<KafkaProducer*>(self);
  if (code != RD_KAFKA_RESP_ERR__FATAL) return;  // the rest is retried; the watcher says when no broker answers
  try {
    char text[512] = "";
    rd_kafka_fatal_error(handle, text, sizeof text);
    producer.problems_.begin(
        kTrouble, fmt::format("bộ gửi bị hỏng và được thay / the producer broke and is replaced: {} ({})", text, reason));
  } catch (...) {  // NOLINT(bugprone-empty-catch): without memory for the words the replacement still happens
  }
  producer.fatal_ = true;
}

}  // namespace dongbo::intake
