#include "hub/intake/kafka_handle.h"

#include <future>
#include <thread>

#include "hub/base/log.h"

namespace dongbo::intake {

void ClientEnd::operator()(rd_kafka_t* client) const noexcept {
  try {
    const std::string name = rd_kafka_name(client);
    rd_kafka_set_log_level(client, 0);  // left behind it may outlive the logger
    std::packaged_task<void()> destroy([client] { rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE); });
    const auto ended = destroy.get_future();
    std::thread thread(std::move(destroy));
    if (ended.wait_for(kPatience) == std::future_status::ready) {
      thread.join();
    } else {
      spdlog::warn(
          "kafka: {0} không dừng: các luồng của nó bị bỏ lại đến khi tiến trình này kết thúc / {0} does not end: its threads are "
          "left behind until this process ends",
          name);
      thread.detach();
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): no thread or memory for the ending: the client stays until the process ends
  }
}

}  // namespace dongbo::intake
