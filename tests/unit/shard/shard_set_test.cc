#include "hub/shard/shard_set.h"

#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::TempDirectory;

ShardSetOptions of(std::uint32_t shards) {
  ShardSetOptions options;
  options.shards = shards;
  return options;
}

TEST(ShardSet, TheModulusOfTheFirstStartHolds) {
  TempDirectory directory;
  std::string id;
  {
    auto set = ShardSet::open(directory.path(), of(3));
    ASSERT_TRUE(set.has_value()) << set.error().message;
    EXPECT_EQ((*set)->size(), 3u);
    id = (*set)->hub_id();
  }
  {
    auto set = ShardSet::open(directory.path(), of(4));
    ASSERT_FALSE(set.has_value());
    EXPECT_NE(set.error().message.find("3 shards"), std::string::npos);
  }
  auto set = ShardSet::open(directory.path(), of(0));
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ((*set)->size(), 3u);
  EXPECT_EQ((*set)->hub_id(), id);
}

TEST(ShardSet, ASecondHubOnTheSameDirectoryIsRefused) {
  TempDirectory directory;
  auto first = ShardSet::open(directory.path(), of(1));
  ASSERT_TRUE(first.has_value());
  auto second = ShardSet::open(directory.path(), of(1));
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().message.find("in use"), std::string::npos);
}

TEST(ShardSet, SettingsThatCannotBeReadAreRefusedNotReplaced) {
  TempDirectory directory;
  std::filesystem::create_directories(directory.path() / "hub");
  {
    std::FILE* file = std::fopen((directory.path() / "hub" / "settings.json").c_str(), "w");
    std::fputs("{", file);
    std::fclose(file);
  }
  EXPECT_FALSE(ShardSet::open(directory.path(), of(1)).has_value());
}

TEST(ShardSet, StopTwiceAndWithoutStartIsClean) {
  TempDirectory directory;
  auto set = ShardSet::open(directory.path(), of(2));
  ASSERT_TRUE(set.has_value());
  (*set)->stop();
  (*set)->stop();
}

}  // namespace
}  // namespace dongbo::shard
