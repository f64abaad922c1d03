#pragma once
#include <cstdint>
#include <string_view>

#include "hub/base/ids.h"

namespace dongbo::event {

// murmur2 with the seed of Kafka's Java client (org.apache.kafka.common.utils.Utils.murmur2), over UTF-8 bytes.
std::uint32_t murmur2(std::string_view key);

// The shard (= partition) of a home key: toPositive(murmur2(key)) % shards, where Kafka's Java client puts it.
// REQUIRES: shards > 0.
ShardId home_shard(std::string_view home_key, std::uint32_t shards);

}  // namespace dongbo::event
