#include "hub/shard/shard_set.h"

#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::TempDirectory;

ShardSetOptions of(std::uint32_t shards) {
  ShardSetOptions options;
  options.shards = shards;
  options.lock_wait = std::chrono::milliseconds(0);
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

TEST(ShardSet, ADirectoryThatIsSetFreeInAMomentIsWaitedFor) {
  TempDirectory directory;
  auto first = ShardSet::open(directory.path(), of(1));
  ASSERT_TRUE(first.has_value());
  std::thread ending([&first] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // what is waited for, not a synchronisation
    first->reset();
  });
  auto options = of(1);
  options.lock_wait = std::chrono::seconds(60);
  auto second = ShardSet::open(directory.path(), options);
  ending.join();
  EXPECT_TRUE(second.has_value()) << second.error().message;
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
