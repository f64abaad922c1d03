#include "hub/projection/table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "hub/projection/memory_rows.h"

namespace dongbo::projection {
namespace {

const TableSpec<RecordBag> kBags{"test", "bags", 3, {"name"}};

RecordBag::Record record_of(unsigned number) {
  RecordBag::Record out{};
  out[0] = static_cast<unsigned char>(number);
  return out;
}

// What is appended, asked for, taken out and committed in any order: every reader finds all of it, and the store gets the same
// rows as if each record had been put in its place at once.
TEST(Table, WhatWasAppendedIsFoundWhoeverAsksAndWhenever) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
    MemoryRows store;
    FoldCursor cursor;
    Table<RecordBag> table(kBags, store, cursor);
    std::map<std::string, std::multiset<RecordBag::Record>> expected;
    const auto commit = [&] {
      table.take_writes([&](const RowWrite& write) { store.apply(write); });
      EXPECT_EQ(table.bytes_changed(), 0u);
      table.trim(seed % 2 == 0 ? 0 : 1'000'000);
    };
    for (std::uint64_t step = 1; step <= 200; ++step) {
      cursor.sequence = Sequence(step);
      // Names of which one is the beginning of another, and that differ behind their eighth byte.
      const auto name = std::string("a name, number").substr(0, 8 + below(7));
      auto& records = expected[name];
      switch (below(seed % 3 == 0 ? 12 : 6)) {  // some seeds ask seldom
        case 0: {
          const auto* found = table.find(name);
          ASSERT_EQ(found == nullptr ? 0 : found->size(), records.size()) << "seed " << seed << ", step " << step;
          for (const auto& record : records) EXPECT_TRUE(found->has(record));
          break;
        }
        case 1:
          if (records.empty()) break;
          EXPECT_TRUE(table.upsert(name).remove(*records.begin())) << "seed " << seed << ", step " << step;
          records.erase(records.begin());
          if (records.empty()) table.erase(name);
          break;
        case 2:
          commit();
          break;
        default:
          const auto record = record_of(below(40));
          table.append(name, record);
          records.insert(record);
          EXPECT_GT(table.bytes_changed(), 0u);
      }
    }
    commit();
    MemoryRows::Rows rows;
    for (const auto& [name, records] : expected) {
      if (records.empty()) continue;
      auto& bytes = rows[kBags.stored_key(name)];
      for (const auto& record : records) bytes.append(reinterpret_cast<const char*>(record.data()), record.size());
    }
    EXPECT_EQ(store.all(), rows) << "seed " << seed;
    EXPECT_FALSE(cursor.error.has_value());
  }
}

TEST(Table, WhatWasAppendedIsForgottenWithTheOtherChanges) {
  MemoryRows store;
  FoldCursor cursor;
  Table<RecordBag> table(kBags, store, cursor);
  table.append("a", record_of(1));
  table.discard_changes();
  EXPECT_EQ(table.find("a"), nullptr);
  table.take_writes([](const RowWrite&) { FAIL() << "nothing is left to write"; });
}

TEST(Table, RowsThatWereAppendedToAreHandedOnInKeyOrderWithTheirLastChange) {
  MemoryRows store;
  FoldCursor cursor;
  Table<RecordBag> table(kBags, store, cursor);
  for (const auto& [sequence, name] : {std::pair(1u, "b"), {2u, "a"}, {3u, "b"}, {4u, "ab"}}) {
    cursor.sequence = Sequence(sequence);
    table.append(name, record_of(sequence));
  }
  std::vector<std::pair<std::string, std::uint64_t>> written;
  table.take_writes([&](const RowWrite& write) {
    written.emplace_back(write.stored_key.substr(1), write.last_changed.value());
    EXPECT_TRUE(write.merges);
  });
  EXPECT_EQ(written, (std::vector<std::pair<std::string, std::uint64_t>>{{"a", 2}, {"ab", 4}, {"b", 3}}));
}

struct CountRow {
  std::int64_t count = 0;
  static void fields(auto& row, auto&& visit) { visit("count", row.count); }
};
const TableSpec<CountRow> kCounts{"test", "counts", 0, {"name"}};

class CountingRows final : public RowStore {
 public:
  Result<std::optional<std::string>> get(std::string_view) const override {
    ++reads;
    return std::optional(encode_record(CountRow{7}));
  }
  Result<bool> none_under(std::string_view) const override { return false; }
  mutable int reads = 0;
};

class RowsInMemoryTest : public ::testing::Test {
 protected:
  CountingRows store;
  FoldCursor cursor;
  Table<CountRow> table{kCounts, store, cursor};
  // What one row takes.
  std::size_t row = [this] {
    table.find("hot0");
    return table.bytes_held();
  }();
};

TEST_F(RowsInMemoryTest, RowsThatAreAskedForAgainAndAgainStayInMemory) {
  for (int turn = 0; turn < 50; ++turn) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(table.find("hot" + std::to_string(i))->count, 7);
    for (int i = 0; i < 4; ++i) table.find("once" + std::to_string(turn * 4 + i));
    table.trim(12 * row);
    EXPECT_LE(table.bytes_held(), 12 * row);
  }
  EXPECT_EQ(store.reads, 4 + 50 * 4);
}

TEST_F(RowsInMemoryTest, WhenAllWereAskedForAnyThreeQuartersAreKept) {
  for (int i = 0; i < 11; ++i) table.find(std::to_string(i));
  table.trim(12 * row);
  EXPECT_EQ(table.bytes_held(), 12 * row) << "no more than allowed: all stay";
  for (int i = 0; i < 24; ++i) table.find(std::to_string(i));
  table.trim(12 * row);
  EXPECT_EQ(table.bytes_held(), 9 * row);
}

}  // namespace
}  // namespace dongbo::projection
