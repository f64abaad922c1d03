#pragma once
#include <string>

#include "hub/base/result.h"
#include "hub/intake/kafka_door.h"
#include "hub/intake/kafka_handle.h"

namespace dongbo::intake {

enum class KafkaRole {
  kConsumer,  // member of the group
  kProducer,  // idempotent
  kWatcher,   // reads metadata only
};

// librdkafka's settings for one of the hub's three handles: what the user gave, then what the hub's promises rest on
// (offsets kept in the journal, idempotence). Fatal error naming the property when librdkafka does not know it, does not
// take its value, or when it is one of those the hub sets itself.
// `instance` names this hub within the group, so that a hub that comes back soon keeps its partitions: handing them to
// another hub makes that one read them from its own journal's position, which may be the beginning.
Result<RdConf> kafka_config(const KafkaOptions& options, KafkaRole role, const std::string& instance);

// A handle of that configuration. Needs no broker.
Result<RdKafka> kafka_handle(RdConf config, KafkaRole role);

}  // namespace dongbo::intake
