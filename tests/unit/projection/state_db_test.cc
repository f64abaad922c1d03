#include "hub/projection/state_db.h"

#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace dongbo::projection {
namespace {

std::unique_ptr<StateDb> open(const testing::TempDirectory& directory) {
  auto db = StateDb::open(directory.path(), ShardId(0), {});
  EXPECT_TRUE(db.has_value()) << (db ? "" : db.error().message);
  return std::move(*db);
}

TEST(StateDb, HalfAFamilyThatACrashLeftIsRemoved) {
  const testing::TempDirectory directory;
  {
    const auto db = open(directory);
    const auto family = db->create("tally.v1.g1", true);
    ASSERT_TRUE(family.has_value());
    ASSERT_EQ((*family)->handles().size(), 2u);
    ASSERT_TRUE(db->db()->DropColumnFamily((*family)->rows()).ok());
  }
  const auto db = open(directory);
  EXPECT_EQ(db->names(), std::vector<std::string>());
  EXPECT_TRUE(db->create("tally.v1.g1", true).has_value());
}

TEST(StateDb, AFamilyIsFoundAgainWithWhatLiesBesideIt) {
  const testing::TempDirectory directory;
  for (const auto& [name, with_rewritten] : {std::pair("two.v1.g1", true), {"one.v1.g1", false}})
    ASSERT_TRUE(open(directory)->create(name, with_rewritten).has_value());
  const auto db = open(directory);
  EXPECT_EQ(db->names(), (std::vector<std::string>{"one.v1.g1", "two.v1.g1"}));
  EXPECT_EQ(db->find("one.v1.g1")->handles().size(), 1u);
  EXPECT_EQ(db->find("two.v1.g1")->handles().size(), 2u);
  ASSERT_TRUE(db->drop("two.v1.g1").has_value());
  EXPECT_EQ(db->names(), std::vector<std::string>{"one.v1.g1"});
}

}  // namespace
}  // namespace dongbo::projection
