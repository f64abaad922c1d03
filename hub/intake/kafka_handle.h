#pragma once
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>

namespace dongbo::intake {

// Ends a client; does not leave its group (KafkaConsumer closes first). librdkafka ends when the last broker thread has let
// go of the last topic, and for a topic that was deleted that may be never (librdkafka issue 4362). So after a moment the
// client's threads are left behind, with a line in the log: they go with the process, and nothing of the hub is theirs.
struct ClientEnd {
  static constexpr std::chrono::seconds kPatience{2};
  void operator()(rd_kafka_t* client) const noexcept;
};

// librdkafka's C handles, owned.
template <auto Destroy>
struct Destroyer {
  void operator()(auto* handle) const { Destroy(handle); }
};

using RdKafka = std::unique_ptr<rd_kafka_t, ClientEnd>;
using RdConf = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using RdTopic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using RdMessage = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using RdPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroyer<rd_kafka_topic_partition_list_destroy>>;
using RdMetadata = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>>;
using RdQueue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using RdError = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;
using RdHeaders = std::unique_ptr<rd_kafka_headers_t, Destroyer<rd_kafka_headers_destroy>>;

}  // namespace dongbo::intake
