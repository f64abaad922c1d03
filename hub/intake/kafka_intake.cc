#include "hub/intake/kafka_intake.h"

#include <array>

#include "hub/base/assert.h"
#include "hub/intake/kafka_record.h"
#include "hub/intake/refused.h"

namespace dongbo::intake {
namespace {

std::string not_taken(rd_kafka_resp_err_t error) {
  return std::string("Kafka không nhận / Kafka does not take it: ") + rd_kafka_err2str(error);
}

}  // namespace

// A record on its way to the broker. Delivery is only the first half: the receipt waits for the journal.
struct KafkaIntake::Sent final : KafkaDelivery {
  Sent(KafkaRequests& requests_in, std::uint64_t number_in) : requests(requests_in), number(number_in) {}
  void delivered(rd_kafka_resp_err_t error) noexcept override {
    const std::unique_ptr<Sent> self(this);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) requests.failed(number, not_taken(error));
  }
  KafkaRequests& requests;
  const std::uint64_t number;
};

bool KafkaIntake::accept(Delivery& delivery) {
  if (delivery.items.empty()) {
    delivery.done({});
    return true;
  }
  if (closed_ || !watcher_.topic_fits()) return false;
  std::vector<std::size_t> taken;
  std::vector<std::size_t> refused;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < delivery.items.size(); ++i) {
    const auto* event = std::get_if<event::PreparedEvent>(&delivery.items[i].decoded);
    (event != nullptr ? taken : refused).push_back(i);
    if (event != nullptr) bytes += event->entry.size() + 256;
  }
  auto receipts = std::make_shared<Receipts>(delivery.items, std::move(delivery.done));
  std::uint64_t number = 0;
  if (!taken.empty()) {
    const auto first = requests_.expect(receipts, taken, bytes, std::chrono::steady_clock::now() + kPatience);
    if (!first) {
      delivery.done = receipts->take_done();
      return false;
    }
    number = *first;
  }
  for (const auto index : taken) publish(std::get<event::PreparedEvent>(delivery.items[index].decoded), number++);

  if (refused.empty()) return true;
  if (!delivery.keep_refused) {
    for (const auto index : refused) receipts->refused(index, std::get<event::Refusal>(delivery.items[index].decoded));
    return true;
  }
  shard::Submission kept;
  kept.origin = delivery.origin;
  for (const auto index : refused) {
    auto& item = delivery.items[index];
    kept.items.push_back({refused_item(std::get<event::Refusal>(std::move(item.decoded)), item.raw), clock_.now(), item.ordinal});
  }
  kept.done = [receipts, refused](std::vector<shard::Outcome> outcomes) {
    for (std::size_t i = 0; i < refused.size(); ++i) receipts->outcome(refused[i], ShardId(0), outcomes[i]);
  };
  if (!shards_.at(ShardId(0)).submit(kept))
    for (const auto index : refused) receipts->failed(index);  // to be sent again: they are kept then
  return true;
}

void KafkaIntake::publish(const event::PreparedEvent& event, std::uint64_t number) {
  const auto request = requests_.header(number);
  using Header = std::pair<std::string_view, std::optional<std::string_view>>;
  const std::array<Header, 2> headers = {Header(kContentTypeHeader, kStructuredRecord), Header(kRequestHeader, request)};
  const auto home = static_cast<std::int32_t>(shards_.home(event.home_key).value());
  auto sent = std::make_unique<Sent>(requests_, number);
  const auto error = producer_.produce({topic_, home, event.home_key, event.entry, headers}, *sent);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
    static_cast<void>(sent.release());  // delivered() takes it back
  } else {
    requests_.failed(number, not_taken(error));
  }
}

}  // namespace dongbo::intake
