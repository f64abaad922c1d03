#include "hub/shard/shard_set.h"

#include <fstream>

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

TEST(ShardSet, WhatANewDirectoryWasMadeOfGoesWhenTheStartFailsLater) {
  TempDirectory directory;
  const auto data = directory.path() / "a" / "b";
  auto set = ShardSet::open(data, of(2));
  ASSERT_TRUE(set.has_value());
  (*set)->undo_if_new();
  set->reset();
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));

  ASSERT_TRUE(ShardSet::open(data, of(2)).has_value());
  set = ShardSet::open(data, of(2));
  ASSERT_TRUE(set.has_value());
  (*set)->undo_if_new();  // it is not new
  set->reset();
  EXPECT_TRUE(read_settings(data).has_value());
  EXPECT_TRUE(std::filesystem::exists(shard_directory(data, ShardId(1)) / "journal"));
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

TEST(ShardSet, AShardThatWasLostIsNotReplacedByAnEmptyOne) {
  TempDirectory directory;
  ASSERT_TRUE(ShardSet::open(directory.path(), of(3)).has_value());
  const auto lost = directory.path() / "shard-001";
  for (const char* part : {"", "journal", "journal/CURRENT"}) {
    const auto aside = directory.path() / "aside";
    std::filesystem::rename(lost / part, aside);
    const auto refused = ShardSet::open(directory.path(), {});
    ASSERT_FALSE(refused.has_value()) << part;
    EXPECT_NE(refused.error().message.find("shard-001/journal is missing"), std::string::npos) << refused.error().message;
    EXPECT_FALSE(std::filesystem::exists(lost / part)) << part;
    std::filesystem::rename(aside, lost / part);
  }
  EXPECT_TRUE(ShardSet::open(directory.path(), {}).has_value()) << "nothing was changed";
}

TEST(ShardSet, AStartThatWasCutShortIsMadeWhole) {
  TempDirectory directory;
  ASSERT_TRUE(ShardSet::open(directory.path(), of(3)).has_value());
  std::filesystem::remove_all(directory.path() / "shard-002");
  const auto file = directory.path() / "hub" / "settings.json";
  std::ofstream(file) << R"({"format":1,"shards":3,"hub_id":"h","made":false})";
  EXPECT_TRUE(ShardSet::open(directory.path(), {}).has_value());
  EXPECT_TRUE(read_settings(directory.path())->made);
}

TEST(ShardSet, ANumberOfShardsThatIsNotTheirsIsRefused) {
  TempDirectory directory;
  ASSERT_TRUE(ShardSet::open(directory.path(), of(3)).has_value());
  const auto file = directory.path() / "hub" / "settings.json";
  for (const char* shards : {"2", "4", "0", "1025", "4000000000", "18446744073709551615"}) {
    std::ofstream(file) << R"({"format":1,"shards":)" << shards << R"(,"hub_id":"h","made":true})";
    const auto refused = ShardSet::open(directory.path(), {});
    ASSERT_FALSE(refused.has_value()) << shards;
    EXPECT_NE(refused.error().message.find("put"), std::string::npos) << refused.error().message;
    EXPECT_FALSE(std::filesystem::exists(directory.path() / "shard-003")) << shards;
  }
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
