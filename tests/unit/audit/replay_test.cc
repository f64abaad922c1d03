#include "hub/audit/replay.h"

#include <algorithm>

#include "hub/audit/sandbox.h"
#include "hub/audit/verify.h"
#include "hub/event/home.h"
#include "hub/event/timestamp.h"
#include "tests/unit/audit/audit_fixture.h"

namespace dongbo::audit {
namespace {

class ReplayOf : public AuditDirectory {
 protected:
  // "shard:sequence" of what the filter takes, in the order given.
  std::vector<std::string> places(ReplayFilter filter) {
    std::vector<std::string> out;
    auto replay = Replay::open(data_, std::move(filter));
    EXPECT_TRUE(replay.has_value());
    if (!replay) return out;
    const auto figures = (*replay)->run(
        [&](const Replayed& event) { return out.push_back(event::place_text(event.shard, event.sequence)), true; },
        [&](ShardId, Sequence first, Sequence last, const std::string&) { damaged_ += last.value() - first.value() + 1; },
        [](std::uint64_t) {});
    EXPECT_TRUE(figures.has_value());
    if (figures) figures_ = *figures;
    return out;
  }
  std::size_t count(ReplayFilter filter) { return places(std::move(filter)).size(); }
  static Millis at(const char* text) { return *event::parse_timestamp(text); }
  static std::string closed(const std::string& meeting) {
    return R"({"specversion":"1.0","id":"close-)" + meeting +
           R"(","source":"/provinces/49/ubnd","type":"vn.dongbo.meeting.closed.v1","subject":"meetings/)" + meeting +
           R"(","time":"2023-05-30T11:30:00+07:00","data":{"meeting":")" + meeting + R"("}})";
  }
  // Two meetings of different homes, recorded in turn.
  void SetUp() override {
    AuditDirectory::SetUp();
    for (const char* name : {"A", "B", "C", "D", "E"}) (event::home_shard(name, 2) == ShardId(0) ? zero_ : one_) = name;
    ASSERT_FALSE(zero_.empty() || one_.empty());
    std::vector<std::string> events;
    for (int i = 1; i <= 10; ++i) {
      events.push_back(check_in(zero_, i));
      events.push_back(check_in(one_, i + 100, "/districts/503/checkin"));
    }
    events.push_back(closed(zero_));
    fill(events);
  }
  std::string zero_, one_;
  ReplayFigures figures_;
  std::uint64_t damaged_ = 0;
};

TEST_F(ReplayOf, EverythingIsInTheOrderItWasRecorded) {
  const auto all = places({});
  ASSERT_EQ(all.size(), 21u);
  EXPECT_EQ(all[0], "0:1");
  EXPECT_EQ(all[1], "1:1");
  EXPECT_EQ(all[2], "0:2");
  EXPECT_EQ(all[20], "0:11");
  EXPECT_EQ(places({}), all);
  EXPECT_EQ(figures_.read, 21u);
  EXPECT_EQ(figures_.taken, 21u);
}

TEST_F(ReplayOf, FiltersByTypeOrItsBeginning) {
  ReplayFilter filter;
  filter.type = "vn.dongbo.attendance.";
  EXPECT_EQ(count(filter), 20u);
  filter.type = "vn.dongbo.meeting.closed.v1";
  EXPECT_EQ(count(filter), 1u);
  filter.type = "vn.dongbo.paper.";
  EXPECT_EQ(count(filter), 0u);
}

TEST_F(ReplayOf, FiltersBySourceAndSubjectAndWhatIsBelowThem) {
  ReplayFilter source;
  source.source = "/districts/503";
  EXPECT_EQ(count(source), 10u);
  source.source = "/districts/50";
  EXPECT_EQ(count(source), 0u);
  ReplayFilter subject;
  subject.subject = "meetings/" + zero_ + "/delegates/1";
  EXPECT_EQ(count(subject), 1u);
  subject.subject = "meetings/" + zero_;
  EXPECT_EQ(count(subject), 11u);
}

TEST_F(ReplayOf, FiltersByMeeting) {
  ReplayFilter filter;
  filter.meeting = one_;
  EXPECT_EQ(count(filter), 10u);
}

TEST_F(ReplayOf, FiltersByEventTimeWithTheFirstMomentAndWithoutTheLast) {
  ReplayFilter filter;
  filter.meeting = zero_;
  filter.from = at("2023-05-30T07:12:00+07:00");
  filter.until = at("2023-05-30T07:15:00+07:00");
  EXPECT_EQ(count(filter), 3u);  // 07:12, 07:13, 07:14
}

TEST_F(ReplayOf, FiltersByPositions) {
  ReplayFilter filter;
  filter.after = *event::Position::parse("0:9,1:10");
  EXPECT_EQ(places(filter), (std::vector<std::string>{"0:10", "0:11"}));
  ReplayFilter through;
  through.through = *event::Position::parse("1:2");
  EXPECT_EQ(places(through), (std::vector<std::string>{"1:1", "1:2"}));
  through.through = *event::Position::parse("0:1,1:10");
  EXPECT_EQ(count(through), 11u);
}

TEST_F(ReplayOf, IsNotMadeOfPositionsThatAreNotThere) {
  for (const auto* beyond : {"1:999999", "9:1"}) {
    ReplayFilter filter;
    filter.after = *event::Position::parse(beyond);
    EXPECT_FALSE(Replay::open(data_, filter).has_value()) << beyond;
    filter = {};
    filter.through = *event::Position::parse(beyond);
    EXPECT_FALSE(Replay::open(data_, filter).has_value()) << beyond;
  }
}

TEST_F(ReplayOf, AnotherWhoStopsIsGivenNoMore) {
  auto replay = Replay::open(data_, {});
  ASSERT_TRUE(replay.has_value());
  int given = 0;
  const auto figures = (*replay)->run([&](const Replayed&) { return ++given < 3; },
                                      [](ShardId, Sequence, Sequence, const std::string&) {}, [](std::uint64_t) {});
  EXPECT_EQ(given, 3);
  EXPECT_EQ(figures->taken, 3u);
}

TEST_F(ReplayOf, ADamagedBlockIsToldAndTheRestIsGiven) {
  settle();
  flip_a_byte(shard_path(0) / "journal");
  const auto rest = places({});
  EXPECT_GT(damaged_, 0u);
  EXPECT_EQ(rest.size() + damaged_, 21u);
  EXPECT_EQ(figures_.damaged, damaged_);
  EXPECT_TRUE(std::find(rest.begin(), rest.end(), "1:10") != rest.end());
}

class SandboxOf : public ReplayOf {
 protected:
  void SetUp() override {
    ReplayOf::SetUp();
    other_ = data_.string() + "-sandbox";
  }
  void TearDown() override {
    std::filesystem::remove_all(other_);
    ReplayOf::TearDown();
  }
  SandboxFigures build(std::uint32_t shards, ReplayFilter filter = {}) {
    auto sandbox = Sandbox::make(other_, shards, *schemas_);
    EXPECT_TRUE(sandbox.has_value());
    auto replay = Replay::open(data_, std::move(filter));
    const auto run =
        (*replay)->run([&](const Replayed& event) { return (*sandbox)->add(event.entry, event.recorded_at).has_value(); },
                       [](ShardId, Sequence, Sequence, const std::string&) {}, [](std::uint64_t) {});
    EXPECT_TRUE(run.has_value());
    const auto made = (*sandbox)->finish();
    EXPECT_TRUE(made.has_value());
    return made ? *made : SandboxFigures{};
  }
  std::vector<std::string> entries(const std::filesystem::path& data) {
    std::vector<std::string> out;
    auto replay = Replay::open(data, {});
    const auto run = (*replay)->run(
        [&](const Replayed& event) {
          return out.push_back(std::to_string(event.recorded_at.value()) + std::string(event.entry)), true;
        },
        [](ShardId, Sequence, Sequence, const std::string&) {}, [](std::uint64_t) {});
    EXPECT_TRUE(run.has_value());
    return out;
  }
  std::filesystem::path other_;
};

TEST_F(SandboxOf, EverythingHoldsTheSameEventsRecordedAtTheSameMoments) {
  EXPECT_EQ(build(2).taken, 21u);
  EXPECT_EQ(entries(other_), entries(data_));
  VerifyOptions options;
  options.data = other_;
  const auto verified = verify(options);
  ASSERT_TRUE(verified.has_value());
  EXPECT_TRUE(verified->good());
}

TEST_F(SandboxOf, AFilterHoldsOnlyWhatItTakes) {
  ReplayFilter filter;
  filter.meeting = one_;
  EXPECT_EQ(build(2, filter).taken, 10u);
  EXPECT_EQ(entries(other_).size(), 10u);
}

TEST_F(SandboxOf, AnotherNumberOfShardsPutsEventsAtTheirNewHome) {
  EXPECT_EQ(build(5).taken, 21u);
  EXPECT_EQ(entries(other_), entries(data_));
  EXPECT_EQ(shard::read_settings(other_)->shards, 5u);
}

TEST_F(SandboxOf, WhatIsNotFinishedLeavesNothingThatLooksFinished) {
  {
    const auto sandbox = Sandbox::make(other_, 2, *schemas_);
    ASSERT_TRUE(sandbox.has_value()) << sandbox.error().message;
    EXPECT_FALSE(shard::read_settings(other_).has_value()) << "while it is built";
  }
  EXPECT_FALSE(std::filesystem::exists(other_));
  EXPECT_FALSE(std::filesystem::exists(other_.string() + ".unfinished"));
  build(2);
  EXPECT_TRUE(shard::read_settings(other_).has_value());
}

TEST_F(SandboxOf, ADirectoryThatHoldsAnythingIsRefused) {
  std::filesystem::create_directories(other_ / "mine");
  EXPECT_FALSE(Sandbox::make(other_, 2, *schemas_).has_value());
  std::filesystem::remove(other_ / "mine");
  build(2);
  EXPECT_TRUE(shard::read_settings(other_).has_value()) << "an empty one is taken";
}

TEST_F(SandboxOf, ADirectoryThatIsInUseIsRefused) {
  const auto sandbox = Sandbox::make(data_, 2, *schemas_);
  ASSERT_FALSE(sandbox.has_value());
  EXPECT_EQ(sandbox.error().error_class, ErrorClass::kConflict);
}

}  // namespace
}  // namespace dongbo::audit
