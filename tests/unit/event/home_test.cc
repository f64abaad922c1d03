#include "hub/event/home.h"

#include <gtest/gtest.h>

namespace dongbo::event {
namespace {

// The vectors that Apache Kafka tests its own murmur2 with (org.apache.kafka.common.utils.UtilsTest).
TEST(Home, HashesAsKafkasJavaClientDoes) {
  const std::pair<std::string_view, std::int32_t> vectors[] = {
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107},
  };
  for (const auto& [key, hash] : vectors) EXPECT_EQ(static_cast<std::int32_t>(murmur2(key)), hash) << key;
}

TEST(Home, DropsTheSignBitAsKafkaDoes) {
  EXPECT_EQ(home_shard("foobar", 7), ShardId((static_cast<std::uint32_t>(-790332482) & 0x7fffffff) % 7));
  EXPECT_EQ(home_shard("QNA-2023-05-30", 1), ShardId(0));
}

TEST(Home, SpreadsMeetingsOverShards) {
  std::uint32_t counts[4] = {};
  for (int i = 0; i < 4000; ++i) ++counts[home_shard("meeting-" + std::to_string(i), 4).value()];
  for (const auto count : counts) EXPECT_NEAR(count, 1000, 150);
}

}  // namespace
}  // namespace dongbo::event
