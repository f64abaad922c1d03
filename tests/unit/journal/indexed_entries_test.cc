#include "hub/journal/indexed_entries.h"

#include <gtest/gtest.h>

#include "tests/support/temp_directory.h"

namespace dongbo::journal {
namespace {

class IndexedEntriesTest : public ::testing::Test {
 protected:
  IndexedEntriesTest() {
    auto journal = Journal::open(temp_.path() / "journal", ShardId(0), Journal::Mode::kReadWrite);
    auto index = IdentityIndex::open(temp_.path() / "identity", ShardId(0), false);
    EXPECT_TRUE(journal && index);
    journal_ = std::move(*journal);
    index_ = std::move(*index);
  }
  static event::Digest identity(int number) { return event::digest_of("event " + std::to_string(number)); }
  void append(int number) {
    const auto entry = "entry " + std::to_string(number);
    Journal::Append append;
    append.entries.push_back({entry, identity(number), event::digest_of(entry), Millis(number)});
    ASSERT_TRUE(journal_->append(append));
  }
  void index_through(int number) {
    std::vector<IdentityIndex::Item> items;
    for (auto i = static_cast<int>(index_->through().value()) + 1; i <= number; ++i)
      items.push_back({identity(i), {event::digest_of("entry " + std::to_string(i)), Sequence(static_cast<std::uint64_t>(i))}});
    ASSERT_TRUE(index_->index(items, Sequence(static_cast<std::uint64_t>(number))));
  }

  testing::TempDirectory temp_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<IdentityIndex> index_;
};

TEST_F(IndexedEntriesTest, FindsWhatCameBeforeAndNothingElse) {
  for (int number = 1; number <= 3; ++number) append(number);
  index_through(3);
  const IndexedEntries entries(*journal_, *index_);
  const auto found = entries.find(identity(2), Sequence(3));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->entry, "entry 2");
  EXPECT_EQ((*found)->sequence, Sequence(2));
  EXPECT_EQ((*found)->recorded_at, Millis(2));
  const auto itself = entries.find(identity(3), Sequence(3));
  ASSERT_TRUE(itself);
  EXPECT_FALSE(*itself);
  const auto unknown = entries.find(identity(9), Sequence(4));
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(*unknown);
}

TEST_F(IndexedEntriesTest, SaysNothingAboutWhatIsNotIndexedYet) {
  for (int number = 1; number <= 3; ++number) append(number);
  index_through(1);
  IndexedEntries entries(*journal_, *index_);
  const auto early = entries.find(identity(2), Sequence(3));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().error_class, ErrorClass::kTransient);
  EXPECT_TRUE(entries.find(identity(2), Sequence(2)));
  entries.read_tail(Sequence(3));
  const auto found = entries.find(identity(2), Sequence(3));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->entry, "entry 2");
}

}  // namespace
}  // namespace dongbo::journal
