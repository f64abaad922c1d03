#include "hub/projection/engine.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "hub/projection/rebuild.h"
#include "hub/projection/table.h"
#include "tests/support/temp_directory.h"

namespace dongbo::projection {
namespace {

using testing::TempDirectory;

struct TallyRow {
  std::int64_t events = 0;
  static void fields(auto& row, auto&& visit) { visit("events", row.events); }
};
const auto kTally = TableSpec<TallyRow>{"tally", "tally", 0, {"source"}}.rewritten_often();

// Which events came, by source: only written.
const TableSpec<RecordBag> kSeen{"tally", "seen", 1, {"source"}, false, false};
RecordBag::Record record_of(Sequence sequence) {
  RecordBag::Record out{};
  out.back() = static_cast<unsigned char>(sequence.value());
  return out;
}

// Counts events by source; refuses those of source "/bad" after it has counted them, so that undoing matters. One of source
// "/take" takes the first of "/a" out of those seen.
class Tally final : public Projection {
 public:
  std::string_view name() const override { return "tally"; }
  std::uint32_t version() const override { return 1; }
  bool takes(std::string_view) const override { return true; }
  Tables tables(const RowStore& store) const override { return Tables::make(store, kTally, kSeen); }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override {
    ++tables[kTally].upsert("all").events;
    ++tables[kTally].upsert(event.source).events;
    tables[kSeen].append(event.source, record_of(event.sequence));
    if (event.source == "/take") {
      auto& seen = tables[kSeen].upsert("/a");
      if (!seen.empty()) seen.remove(RecordBag::Record(seen.first()));
    }
    if (event.source == "/bad") return Error::poison("not of this world");
    return {};
  }
};

// Counts those of one type, in a family of its own.
const TableSpec<TallyRow> kSeldom{"seldom", "seldom", 0, {"source"}};
class Seldom final : public Projection {
 public:
  std::string_view name() const override { return "seldom"; }
  std::uint32_t version() const override { return 1; }
  bool takes(std::string_view type) const override { return type == "vn.dongbo.seldom.v1"; }
  Tables tables(const RowStore& store) const override { return Tables::make(store, kSeldom); }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override {
    ++tables[kSeldom].upsert(event.source).events;
    return {};
  }
};

std::vector<std::unique_ptr<Projection>> tally_and_seldom() {
  std::vector<std::unique_ptr<Projection>> out;
  out.push_back(std::make_unique<Tally>());
  out.push_back(std::make_unique<Seldom>());
  return out;
}

// A journal in memory: entry i has sequence i + 1.
class Entries final : public event::EntrySource {
 public:
  void add(std::string_view source, std::string_view type = "vn.dongbo.test.v1") {
    entries_.push_back("{\"data\":{},\"id\":\"e" + std::to_string(entries_.size()) + "\",\"source\":\"" + std::string(source) +
                       "\",\"time\":\"2023-05-30T07:00:00Z\",\"type\":\"" + std::string(type) + "\"}");
  }
  Result<void> read(Sequence after, Sequence through, const std::function<bool(const event::EntryRecord&)>& take,
                    const std::function<void(Sequence, Sequence, const std::string&)>& damaged) const override {
    if (is_damaged) damaged(after.next(), through, "test damage");
    for (auto at = after.next(); at <= through && !is_damaged; at = at.next())
      if (!take(record(at))) return {};
    return {};
  }
  Result<std::optional<event::FoundEntry>> find(const event::Digest&, Sequence) const override {
    return std::optional<event::FoundEntry>();
  }
  std::vector<event::EntryRecord> run(std::uint64_t first, std::uint64_t last) const {
    std::vector<event::EntryRecord> out;
    for (auto at = first; at <= last; ++at) out.push_back(record(Sequence(at)));
    return out;
  }
  bool is_damaged = false;

 private:
  event::EntryRecord record(Sequence at) const { return {at, Millis(0), {}, {}, entries_[at.value() - 1]}; }
  std::vector<std::string> entries_;
};

// With commits in RocksDB's memory, and with each in files.
class FoldEngineTest : public ::testing::TestWithParam<std::size_t> {
 protected:
  std::unique_ptr<FoldEngine> open() { return open(directory_.path()); }
  std::unique_ptr<FoldEngine> open(const std::filesystem::path& directory) {
    auto engine = FoldEngine::open(directory, ShardId(0), tally_and_seldom(), entries_, options_);
    EXPECT_TRUE(engine.has_value()) << (engine ? "" : engine.error().message);
    return std::move(*engine);
  }
  static std::int64_t tally(const FoldEngine& engine, std::string_view source, std::string_view projection = "tally") {
    const auto value = engine.snapshot()->get(projection, (projection == "tally" ? kTally : kSeldom).stored_key(source));
    if (!value || !*value) return 0;
    return decode_record<TallyRow>(**value)->events;
  }
  static std::vector<int> seen(const FoldEngine& engine, std::string_view source) {
    const auto value = engine.snapshot()->get("tally", kSeen.stored_key(source));
    std::vector<int> out;
    if (!value || !*value) return out;
    auto bag = decode_record<RecordBag>(**value);
    for (; !bag->empty(); bag->remove(RecordBag::Record(bag->first()))) out.push_back(bag->first().back());
    return out;
  }
  TempDirectory directory_;
  Entries entries_;
  EngineOptions options_{.files_from_bytes = GetParam()};
};

TEST_P(FoldEngineTest, WhatIsFoldedIsReadFromTheCommitOnAllAtOnce) {
  for (int i = 0; i < 6; ++i) entries_.add("/a");
  const auto engine = open();
  ASSERT_TRUE(engine->fold(entries_.run(1, 2)).has_value());
  ASSERT_TRUE(engine->fold(entries_.run(3, 6)).has_value());
  EXPECT_EQ(engine->folded(), Sequence(6));
  EXPECT_EQ(engine->applied(), Sequence(0));
  EXPECT_EQ(tally(*engine, "/a"), 0);
  ASSERT_TRUE(engine->commit().has_value());
  EXPECT_EQ(engine->applied(), Sequence(6));
  EXPECT_EQ(tally(*engine, "/a"), 6);
  const auto changes = engine->changes(Sequence(0), 100);
  ASSERT_TRUE(changes.has_value() && *changes);
  EXPECT_EQ((*changes)->through, Sequence(6));
  ASSERT_EQ((*changes)->rows.size(), 2u) << "each row once";
  EXPECT_EQ((*changes)->rows[0].last_changed, Sequence(6));
}

TEST_P(FoldEngineTest, AnEventThatIsRefusedTakesNothingOfTheRunsBeforeItWithIt) {
  for (const auto* source : {"/a", "/a", "/b", "/bad", "/b", "/bad", "/a"}) entries_.add(source);
  const auto engine = open();
  ASSERT_TRUE(engine->fold(entries_.run(1, 1)).has_value());
  ASSERT_TRUE(engine->commit().has_value());
  ASSERT_TRUE(engine->fold(entries_.run(2, 3)).has_value());
  ASSERT_TRUE(engine->fold(entries_.run(4, 5)).has_value());
  ASSERT_TRUE(engine->fold(entries_.run(6, 7)).has_value());
  ASSERT_TRUE(engine->commit().has_value());
  EXPECT_EQ(tally(*engine, "/a"), 3);
  EXPECT_EQ(tally(*engine, "/b"), 2);
  EXPECT_EQ(tally(*engine, "/bad"), 0);
  EXPECT_EQ(tally(*engine, "all"), 5);
  const auto status = engine->status();
  ASSERT_EQ(status[0].set_aside_count, 2u);
  EXPECT_EQ(status[0].set_aside[0].sequence, Sequence(4));
  EXPECT_EQ(status[0].set_aside[1].sequence, Sequence(6));
}

TEST_P(FoldEngineTest, WhenWhatWasFoldedCannotBeReadAgainItStartsFromWhatIsCommitted) {
  for (const auto* source : {"/a", "/a", "/bad", "/a"}) entries_.add(source);
  const auto engine = open();
  ASSERT_TRUE(engine->fold(entries_.run(1, 1)).has_value());
  ASSERT_TRUE(engine->commit().has_value());
  ASSERT_TRUE(engine->fold(entries_.run(2, 2)).has_value());
  entries_.is_damaged = true;
  EXPECT_FALSE(engine->fold(entries_.run(3, 4)).has_value());
  EXPECT_EQ(engine->folded(), Sequence(1));
  EXPECT_EQ(tally(*engine, "/a"), 1);
  entries_.is_damaged = false;
  ASSERT_TRUE(engine->fold(entries_.run(2, 4)).has_value());
  ASSERT_TRUE(engine->commit().has_value());
  EXPECT_EQ(tally(*engine, "/a"), 3);
}

TEST_P(FoldEngineTest, ARebuildDoesNotStepOverWhatTheLiveRowsHave) {
  for (int i = 0; i < 4; ++i) entries_.add("/a");
  const auto rebuilt = [](FoldEngine& engine) {
    EXPECT_TRUE(engine.start_rebuild("tally").has_value());
    while (!engine.rebuild_waits()) std::this_thread::yield();
    EXPECT_TRUE(engine.finish_rebuilds().has_value());
    return engine.status()[0];
  };
  {
    const auto engine = open();
    ASSERT_TRUE(engine->fold(entries_.run(1, 4)).has_value());
    ASSERT_TRUE(engine->commit().has_value());
    entries_.is_damaged = true;
    for (int i = 0; i < 2; ++i) {
      const auto status = rebuilt(*engine);
      ASSERT_TRUE(status.rebuild);
      EXPECT_FALSE(status.rebuild->running);
      EXPECT_NE(status.rebuild->error.find("sequences 1-4"), std::string::npos) << status.rebuild->error;
      EXPECT_EQ(status.set_aside_count, 0u);
      EXPECT_EQ(tally(*engine, "/a"), 4);
    }
    entries_.is_damaged = false;
    EXPECT_FALSE(rebuilt(*engine).rebuild);
    EXPECT_EQ(tally(*engine, "/a"), 4);
  }
  // What they lack themselves they lack after it.
  const TempDirectory other;
  const auto engine = open(other.path());
  ASSERT_TRUE(engine->skip(Sequence(1), Sequence(4), "test damage").has_value());
  entries_.is_damaged = true;
  const auto status = rebuilt(*engine);
  EXPECT_FALSE(status.rebuild);
  EXPECT_EQ(status.set_aside_count, 4u);
}

TEST_P(FoldEngineTest, WhatIsAppendedInSeveralCommitsIsOneRow) {
  for (int i = 0; i < 6; ++i) entries_.add(i == 4 ? "/bad" : "/a");
  {
    const auto engine = open();
    for (const auto& [first, last] : {std::pair(1, 2), std::pair(3, 3), std::pair(4, 6)}) {
      ASSERT_TRUE(engine->fold(entries_.run(static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(last))).has_value());
      ASSERT_TRUE(engine->commit().has_value());
    }
    EXPECT_EQ(seen(*engine, "/a"), (std::vector<int>{1, 2, 3, 4, 6}));
    EXPECT_TRUE(seen(*engine, "/bad").empty());
    ASSERT_TRUE(engine->flush().has_value());
  }
  const auto engine = open();
  EXPECT_EQ(seen(*engine, "/a"), (std::vector<int>{1, 2, 3, 4, 6}));
  ASSERT_TRUE(engine->compact().has_value());
  EXPECT_EQ(seen(*engine, "/a"), (std::vector<int>{1, 2, 3, 4, 6}));
}

TEST_P(FoldEngineTest, CompactingCompressesWhereverTheRowsLie) {
  const std::string folder(1'000, 'x');
  for (int i = 0; i < 100; ++i) entries_.add("/" + std::to_string(i) + folder);
  const auto engine = open();
  for (const auto& [first, last] : {std::pair(1u, 40u), std::pair(41u, 80u), std::pair(81u, 100u)}) {
    ASSERT_TRUE(engine->fold(entries_.run(first, last)).has_value());
    ASSERT_TRUE(engine->commit().has_value());
  }
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(engine->compact().has_value());
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(directory_.path()))
      if (file.path().extension() == ".sst") bytes += file.file_size();
    EXPECT_LT(bytes, 100 * folder.size()) << "the keys of two tables and of the change log are longer";
  }
  EXPECT_EQ(tally(*engine, "/99" + folder), 1);
}

TEST_P(FoldEngineTest, WhatIsTakenOutOfAnAppendedRowIsGoneWhereverItLay) {
  for (const auto* source : {"/a", "/a", "/take", "/a", "/take", "/take", "/take", "/a"}) entries_.add(source);
  for (std::uint64_t step : {1, 2, 3, 8}) {
    std::filesystem::remove_all(directory_.path());
    const auto engine = open();
    for (std::uint64_t first = 1; first <= 8; first += step) {
      ASSERT_TRUE(engine->fold(entries_.run(first, std::min<std::uint64_t>(first + step - 1, 8))).has_value());
      ASSERT_TRUE(engine->commit().has_value());
    }
    EXPECT_EQ(seen(*engine, "/a"), std::vector<int>{8}) << "committed every " << step;
    EXPECT_EQ(seen(*engine, "/take"), (std::vector<int>{3, 5, 6, 7}));
  }
}

TEST_P(FoldEngineTest, WhatWasNotCommittedIsFoldedAgainAfterARestart) {
  for (int i = 0; i < 4; ++i) entries_.add("/a");
  {
    const auto engine = open();
    ASSERT_TRUE(engine->fold(entries_.run(1, 2)).has_value());
    ASSERT_TRUE(engine->commit().has_value());
    ASSERT_TRUE(engine->fold(entries_.run(3, 4)).has_value());
    ASSERT_TRUE(engine->flush().has_value());
  }
  const auto engine = open();
  EXPECT_EQ(engine->applied(), Sequence(2));
  EXPECT_EQ(engine->folded(), Sequence(2));
  ASSERT_TRUE(engine->fold(entries_.run(3, 4)).has_value());
  ASSERT_TRUE(engine->commit().has_value());
  EXPECT_EQ(tally(*engine, "/a"), 4);
}

TEST_P(FoldEngineTest, ItSaysWhenMoreIsInMemoryThanAllowedAndACommitFreesIt) {
  options_.commit_bytes_max = 1500;
  for (int i = 0; i < 20; ++i) entries_.add("/s" + std::to_string(i));
  const auto engine = open();
  ASSERT_TRUE(engine->fold(entries_.run(1, 5)).has_value());
  EXPECT_FALSE(engine->is_full());
  ASSERT_TRUE(engine->fold(entries_.run(6, 20)).has_value());
  EXPECT_TRUE(engine->is_full());
  ASSERT_TRUE(engine->commit().has_value());
  EXPECT_FALSE(engine->is_full());
  EXPECT_EQ(tally(*engine, "/s19"), 1);
}

TEST_P(FoldEngineTest, ABuildTellsHowFarItIsAfterEachRunAndStopsStoredWhenTold) {
  for (int i = 0; i < 40'000; ++i) entries_.add("/a");
  const auto db = StateDb::open(directory_.path(), ShardId(0), options_);
  ASSERT_TRUE(db.has_value());
  const auto family = (*db)->create("tally.v1.g1", true);
  ASSERT_TRUE(family.has_value());
  const Tally tally_projection;
  Generation generation(tally_projection, **db, *family, entries_, ShardId(0));
  const auto lacks_all = [](const Projection&, Sequence) { return true; };
  const BuildContext context{ShardId(0), **db, entries_, [] { return Sequence(40'000); }, lacks_all, {1u << 20, 1u << 20}};
  std::vector<std::uint64_t> told;
  const auto reached = fold_into(context, {&generation}, Sequence(0), Sequence(40'000), lacks_all, [&](Sequence folded) {
    told.push_back(folded.value());
    return told.size() < 3;
  });
  ASSERT_TRUE(reached.has_value());
  ASSERT_EQ(told.size(), 3u);
  EXPECT_LT(told[0], told[1]);
  EXPECT_EQ(*reached, Sequence(told[2]));
  const auto stored = FamilyRows(**db, *family).get(kTally.stored_key("/a"));
  ASSERT_TRUE(stored.has_value() && *stored);
  EXPECT_EQ(decode_record<TallyRow>(**stored)->events, static_cast<std::int64_t>(told[2]));
  const auto note = decode_record<BuildNote>((*db)->meta_value(build_key("tally")).value_or(""));
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(note->position, *reached);
}

TEST_P(FoldEngineTest, AnEditionChangesWithTheRowsOfItsProjectionAndNotWithOthers) {
  const auto engine = open();
  const auto editions = [&] { return std::pair(*engine->snapshot()->edition("tally"), *engine->snapshot()->edition("seldom")); };
  const auto fold = [&](std::uint64_t sequence, std::string_view type) {
    entries_.add("/a", type);
    ASSERT_TRUE(engine->fold(entries_.run(sequence, sequence)).has_value());
    ASSERT_TRUE(engine->commit().has_value());
  };
  const auto empty = editions();
  fold(1, "vn.dongbo.seldom.v1");
  const auto one = editions();
  EXPECT_NE(one.first, empty.first);
  EXPECT_NE(one.second, empty.second);
  fold(2, "vn.dongbo.test.v1");
  const auto two = editions();
  EXPECT_NE(two.first, one.first);
  EXPECT_EQ(two.second, one.second);
  EXPECT_EQ(engine->snapshot()->edition("unheard"), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(CommitsInMemory, FoldEngineTest, ::testing::Values(std::size_t{1} << 20));
INSTANTIATE_TEST_SUITE_P(CommitsInFiles, FoldEngineTest, ::testing::Values(std::size_t{0}));

// Some commits in memory, large ones in files.
class MixedCommitsTest : public FoldEngineTest {
 protected:
  // Commits events, each of a source of its own; one alone is of the seldom type.
  void commit(FoldEngine& engine, std::uint64_t events) {
    const auto first = engine.folded().value() + 1;
    const auto* const type = events == 1 ? "vn.dongbo.seldom.v1" : "vn.dongbo.test.v1";
    for (auto i = first; i < first + events; ++i) entries_.add("/s" + std::to_string(i), type);
    ASSERT_TRUE(engine.fold(entries_.run(first, first + events - 1)).has_value());
    ASSERT_TRUE(engine.commit().has_value());
  }
  // The directory as a crash now would leave it.
  std::unique_ptr<FoldEngine> after_crash(const TempDirectory& copy) {
    std::filesystem::copy(directory_.path(), copy.path(), std::filesystem::copy_options::recursive);
    return open(copy.path());
  }
};

TEST_P(MixedCommitsTest, AfterACrashTheRowsAreThoseOfWhatItSaysIsApplied) {
  const auto engine = open();
  commit(*engine, 1);
  {
    const TempDirectory copy;
    EXPECT_EQ(after_crash(copy)->applied(), Sequence(0));
  }
  commit(*engine, 100);
  commit(*engine, 100);
  commit(*engine, 1);
  const TempDirectory copy;
  const auto left = after_crash(copy);
  EXPECT_EQ(left->applied(), Sequence(201));
  EXPECT_EQ(tally(*left, "/s1", "seldom"), 1);
  EXPECT_EQ(tally(*left, "/s202", "seldom"), 0);
  EXPECT_EQ(tally(*left, "all"), 201);
  for (int i = 1; i <= 201; ++i) EXPECT_EQ(tally(*left, "/s" + std::to_string(i)), 1) << i;
  EXPECT_EQ(seen(*left, "/s1"), std::vector<int>{1});
}

TEST_P(MixedCommitsTest, ASnapshotKeepsWhatItSawWhateverIsCommittedThen) {
  const auto engine = open();
  commit(*engine, 1);
  const auto before = engine->snapshot();
  commit(*engine, 100);
  const auto between = engine->snapshot();
  commit(*engine, 100);
  const auto all = [](const StateSnapshot& snapshot) {
    return decode_record<TallyRow>(snapshot.get("tally", kTally.stored_key("all"))->value())->events;
  };
  EXPECT_EQ(before->applied(), Sequence(1));
  EXPECT_EQ(all(*before), 1);
  EXPECT_FALSE(before->get("tally", kTally.stored_key("/s50"))->has_value());
  EXPECT_EQ(between->applied(), Sequence(101));
  EXPECT_EQ(all(*between), 101);
  EXPECT_EQ(all(*engine->snapshot()), 201);
}

TEST_P(MixedCommitsTest, ScansOfOneSnapshotDoNotDisturbEachOther) {
  const auto engine = open();
  commit(*engine, 100);
  const auto snapshot = engine->snapshot();
  commit(*engine, 100);
  const auto scanned = [&](std::string_view under, std::size_t most) {
    std::size_t rows = 0;
    EXPECT_TRUE(snapshot->scan("tally", kTally.stored_key(under), {}, [&](auto, auto) { return ++rows < most; }).has_value());
    return rows;
  };
  EXPECT_EQ(scanned("/s", 1'000), 100u);
  EXPECT_EQ(scanned("/s", 7), 7u);  // and stops
  EXPECT_EQ(scanned("/s9", 1'000), 11u);
  std::size_t outer = 0;
  EXPECT_TRUE(snapshot
                  ->scan("tally", kTally.stored_key("/s1"), {},
                         [&](auto, auto) {
                           EXPECT_EQ(scanned("/s2", 1'000), 11u);
                           return ++outer < 1'000;
                         })
                  .has_value());
  EXPECT_EQ(outer, 12u);
  EXPECT_EQ(scanned("/s", 1'000), 100u);
}

TEST_P(MixedCommitsTest, FilesThatACrashLeftUnstoredAreRemoved) {
  const auto left = directory_.path() / "unstored7.3";
  std::ofstream(left) << "half a file";
  const auto engine = open();
  EXPECT_FALSE(std::filesystem::exists(left));
  commit(*engine, 100);
  for (const auto& file : std::filesystem::directory_iterator(directory_.path()))
    EXPECT_FALSE(file.path().filename().string().starts_with("unstored")) << file.path();
}

INSTANTIATE_TEST_SUITE_P(From, MixedCommitsTest, ::testing::Values(std::size_t{2'000}));

}  // namespace
}  // namespace dongbo::projection
