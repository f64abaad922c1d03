#include "hub/journal/journal.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_directory.h"

namespace dongbo::journal {
namespace {

class JournalTest : public ::testing::Test {
 protected:
  std::unique_ptr<Journal> open(Journal::Mode mode = Journal::Mode::kReadWrite) {
    auto journal = Journal::open(directory_, ShardId(0), mode);
    EXPECT_TRUE(journal.has_value()) << (journal ? "" : journal.error().message);
    return journal ? std::move(*journal) : nullptr;
  }
  // Appends a block of entries "<prefix>0", "<prefix>1", …, each made incompressible so that a block fills real bytes.
  static void append(Journal& journal, const std::string& prefix, int count) {
    texts_.clear();
    Journal::Append what;
    for (int i = 0; i < count; ++i) texts_.push_back(prefix + std::to_string(i));
    for (const auto& text : texts_) what.entries.push_back({text, event::digest_of(text), event::digest_of(text), Millis(5)});
    ASSERT_TRUE(journal.append(what).has_value());
  }
  static std::vector<std::string> read_all(const Journal& journal, std::vector<std::string>* damage = nullptr) {
    std::vector<std::string> out;
    auto read = journal.read(
        Sequence(0), journal.head(), [&](const event::EntryRecord& record) { return out.emplace_back(record.entry), true; },
        [&](Sequence first, Sequence last, const std::string&) {
          if (damage != nullptr) damage->push_back(std::to_string(first.value()) + "-" + std::to_string(last.value()));
        });
    EXPECT_TRUE(read.has_value());
    return out;
  }

  const testing::TempDirectory temporary_;
  const std::string directory_ = temporary_.path().string();
  static inline std::vector<std::string> texts_;
};

TEST_F(JournalTest, SequencesAreContiguousOverBlocksAndRestarts) {
  {
    auto journal = open();
    append(*journal, "a", 3);
    append(*journal, "b", 2);
  }
  auto journal = open();
  EXPECT_EQ(journal->head(), Sequence(5));
  append(*journal, "c", 1);
  EXPECT_EQ(read_all(*journal), (std::vector<std::string>{"a0", "a1", "a2", "b0", "b1", "c0"}));
  auto block = journal->block_at(Sequence(4));
  ASSERT_TRUE(block.has_value());
  EXPECT_EQ((*block)->first(), Sequence(4));
  EXPECT_FALSE(journal->block_at(Sequence(7)).has_value());
}

TEST_F(JournalTest, RecordedTimesNeverGoBackAlsoOverARestart) {
  const auto append_at = [](Journal& journal, const std::vector<std::int64_t>& times) {
    Journal::Append what;
    for (const auto at : times) what.entries.push_back({"{}", {}, {}, Millis(at)});
    ASSERT_TRUE(journal.append(what).has_value());
  };
  {
    auto journal = open();
    append_at(*journal, {10, 30, 20});
    append_at(*journal, {25, 31});
  }
  auto journal = open();
  append_at(*journal, {7, 40});
  std::vector<std::int64_t> times;
  const auto read = journal->read(
      Sequence(0), journal->head(),
      [&](const event::EntryRecord& record) { return times.push_back(record.recorded_at.value()), true; },
      [](Sequence, Sequence, const std::string&) {});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(times, (std::vector<std::int64_t>{10, 30, 30, 30, 31, 31, 40}));
}

TEST_F(JournalTest, NothingIsAppendedWhenItsDirectoryIsNotThereAnyMore) {
  auto journal = open();
  append(*journal, "a", 1);
  const auto aside = directory_ + ".aside";
  std::filesystem::rename(directory_, aside);
  std::filesystem::create_directory(directory_);
  const auto refused = journal->append({});
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("was removed or replaced"), std::string::npos) << refused.error().message;
  std::filesystem::remove(directory_);
  std::filesystem::rename(aside, directory_);
  append(*journal, "b", 1);
  EXPECT_EQ(read_all(*journal), (std::vector<std::string>{"a0", "b0"}));
}

TEST_F(JournalTest, WhatItTakesOnTheDiskIncludesTheLog) {
  auto journal = open();
  append(*journal, std::string(10'000, 'x'), 1);
  const auto logged = journal->disk_bytes();
  EXPECT_GT(logged, 0u);
  append(*journal, "y", 1);
  EXPECT_GT(journal->disk_bytes(), logged);
}

TEST_F(JournalTest, AnAppendOfNothingChangesNothing) {
  auto journal = open();
  append(*journal, "a", 2);
  const auto appended = journal->append({});
  ASSERT_TRUE(appended.has_value());
  EXPECT_EQ(appended->first, Sequence(3));
  EXPECT_EQ(journal->head(), Sequence(2));
}

TEST_F(JournalTest, AReaderBesideAWriterSeesWhatWasSynced) {
  auto writer = open();
  append(*writer, "a", 3);
  auto reader = open(Journal::Mode::kReadOnly);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(read_all(*reader).size(), 3u);
}

TEST_F(JournalTest, MoreEntriesThanABlockHoldsBecomeSeveralBlocksOfOneBatch) {
  auto journal = open();
  append(*journal, "x", static_cast<int>(kBlockEntriesMax) + 5);
  EXPECT_EQ(journal->head(), Sequence(kBlockEntriesMax + 5));
  int blocks = 0;
  ASSERT_TRUE(journal->read_index([&](Sequence, Sequence) { return ++blocks, true; }).has_value());
  EXPECT_EQ(blocks, 2);
  EXPECT_EQ(read_all(*journal).size(), kBlockEntriesMax + 5);
}

TEST_F(JournalTest, ADamagedBlockIsNamedAndTheRestIsRead) {
  {
    auto journal = open();
    append(*journal, "first-", 50);
    append(*journal, "middle-", 50);
    append(*journal, "last-", 50);
  }
  { auto journal = open(); }  // the log becomes a table file at this opening
  // Find the middle block's bytes in a table file and flip one.
  bool flipped = false;
  for (const auto& file : std::filesystem::directory_iterator(directory_)) {
    if (file.path().extension() != ".sst") continue;
    std::fstream io(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(io)), {});
    const auto at = bytes.find("middle-");
    if (at == std::string::npos) continue;
    io.seekp(static_cast<std::streamoff>(at));
    io.put('X');
    flipped = true;
  }
  ASSERT_TRUE(flipped);
  auto journal = open();
  EXPECT_EQ(journal->head(), Sequence(150));
  std::vector<std::string> damage;
  const auto read = read_all(*journal, &damage);
  EXPECT_EQ(read.size(), 100u);
  EXPECT_EQ(damage, std::vector<std::string>{"51-100"});
  EXPECT_FALSE(journal->block_at(Sequence(60)).has_value());
  EXPECT_TRUE(journal->block_at(Sequence(101)).has_value());
}

TEST_F(JournalTest, AQuarantineEntryIsSettledOnce) {
  auto journal = open();
  Journal::Append what;
  what.quarantine.push_back({});
  what.quarantine.back().reason = "invalid";
  ASSERT_TRUE(journal->append(what).has_value());
  EXPECT_TRUE(journal->settle_quarantine(QuarantineNumber(1), QuarantineState::kDiscarded, "not ours").has_value());
  const auto again = journal->settle_quarantine(QuarantineNumber(1), QuarantineState::kRedriven, "");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().error_class, ErrorClass::kConflict);
  EXPECT_EQ(journal->quarantine_entry(QuarantineNumber(1))->state_note, "not ours");
  EXPECT_FALSE(journal->settle_quarantine(QuarantineNumber(2), QuarantineState::kDiscarded, "").has_value());
}

TEST_F(JournalTest, AReadOnlyDirectoryIsAnErrorThatNamesIt) {
  std::filesystem::create_directories(directory_ + "/file");
  std::ofstream(directory_ + "/plain") << "x";
  const auto journal = Journal::open(directory_ + "/plain", ShardId(3), Journal::Mode::kReadWrite);
  ASSERT_FALSE(journal.has_value());
  EXPECT_NE(journal.error().message.find("shard 3"), std::string::npos);
  EXPECT_NE(journal.error().message.find("plain"), std::string::npos);
}

}  // namespace
}  // namespace dongbo::journal
