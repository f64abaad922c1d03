#pragma once
#include <librdkafka/rdkafka.h>

#include <memory>

namespace dongbo::intake {

// librdkafka's C handles, owned. Destroying a consumer handle does not leave its group: KafkaConsumer closes it first.
template <auto Destroy>
struct Destroyer {
  void operator()(auto* handle) const { Destroy(handle); }
};

using RdKafka = std::unique_ptr<rd_kafka_t, Destroyer<rd_kafka_destroy>>;
using RdConf = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using RdTopic = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using RdMessage = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using RdPartitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroyer<rd_kafka_topic_partition_list_destroy>>;
using RdMetadata = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>>;
using RdError = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;
using RdHeaders = std::unique_ptr<rd_kafka_headers_t, Destroyer<rd_kafka_headers_destroy>>;

}  // namespace dongbo::intake
