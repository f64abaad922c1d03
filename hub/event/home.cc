#include "hub/event/home.h"

#include <cstring>

#include "hub/base/assert.h"

namespace dongbo::event {

std::uint32_t murmur2(std::string_view key) {
  constexpr std::uint32_t kSeed = 0x9747b28c;
  constexpr std::uint32_t kMultiplier = 0x5bd1e995;
  constexpr int kShift = 24;

  std::uint32_t hash = kSeed ^ static_cast<std::uint32_t>(key.size());
  while (key.size() >= 4) {
    std::uint32_t word;
    std::memcpy(&word, key.data(), 4);  // little-endian, as the Java client reads it
    word *= kMultiplier;
    word ^= word >> kShift;
    word *= kMultiplier;
    hash *= kMultiplier;
    hash ^= word;
    key.remove_prefix(4);
  }
  if (!key.empty()) {
    std::uint32_t word = 0;
    std::memcpy(&word, key.data(), key.size());
    hash ^= word;
    hash *= kMultiplier;
  }
  hash ^= hash >> 13;
  hash *= kMultiplier;
  hash ^= hash >> 15;
  return hash;
}

ShardId home_shard(std::string_view home_key, std::uint32_t shards) {
  DONGBO_ASSERT(shards > 0);
  return ShardId((murmur2(home_key) & 0x7fffffff) % shards);
}

}  // namespace dongbo::event
