#include "hub/shard/shard.h"

#include <fstream>
#include <numeric>
#include <thread>

#include "hub/projection/attendance.h"
#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::check_in;
using testing::submit;
using testing::TempDirectory;
using testing::wait_folded;
using Kind = Outcome::Kind;

std::unique_ptr<Shard> open(const std::filesystem::path& directory) {
  auto shard = Shard::open(directory, ShardId(0), {});
  EXPECT_TRUE(shard.has_value()) << (shard ? "" : shard.error().message);
  (*shard)->start();
  return std::move(*shard);
}

std::int64_t present(const Shard& shard, const std::string& meeting) {
  auto row = projection::row(*shard.engine().snapshot(), projection::kAttendanceTotals, projection::key(meeting));
  return row && *row ? (*row)->figures.present : 0;
}

TEST(Shard, AnEventIsAcceptedOnceAndItsRepetitionIsADuplicateAtTheSamePlace) {
  TempDirectory directory;
  auto shard = open(directory.path());
  const auto first = submit(*shard, {check_in("a", "M", "1")});
  EXPECT_EQ(first[0].kind, Kind::kAccepted);
  EXPECT_EQ(first[0].sequence, Sequence(1));
  const auto again = submit(*shard, {check_in("a", "M", "1")});
  EXPECT_EQ(again[0].kind, Kind::kDuplicate);
  EXPECT_EQ(again[0].sequence, Sequence(1));
  EXPECT_EQ(shard->head(), Sequence(1));
}

TEST(Shard, RepetitionsAndConflictsWithinOneBatchAreFound) {
  TempDirectory directory;
  auto shard = open(directory.path());
  const auto outcomes =
      submit(*shard, {check_in("a", "M", "1"), check_in("a", "M", "1"), check_in("a", "M", "2"), check_in("b", "M", "2")});
  EXPECT_EQ(outcomes[0].kind, Kind::kAccepted);
  EXPECT_EQ(outcomes[1].kind, Kind::kDuplicate);
  EXPECT_EQ(outcomes[2].kind, Kind::kConflict);
  EXPECT_EQ(outcomes[2].sequence, outcomes[0].sequence);
  EXPECT_EQ(outcomes[3].kind, Kind::kAccepted);
  EXPECT_EQ(shard->head(), Sequence(2));
}

TEST(Shard, AConflictIsKeptInQuarantineOnceAndOverwritesNothing) {
  TempDirectory directory;
  auto shard = open(directory.path());
  submit(*shard, {check_in("a", "M", "1")});
  const auto conflict = submit(*shard, {check_in("a", "M", "2")});
  const auto repeated = submit(*shard, {check_in("a", "M", "2")});
  EXPECT_EQ(conflict[0].quarantine, QuarantineNumber(1));
  EXPECT_EQ(repeated[0].quarantine, QuarantineNumber(1));
  EXPECT_EQ(shard->journal().quarantine_head(), QuarantineNumber(1));
  EXPECT_EQ(shard->status().conflicts, 2u);
  EXPECT_EQ(shard->status().quarantined, 0u) << "counted once: as a conflict";
  const auto kept = shard->journal().quarantine_entry(QuarantineNumber(1));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->reason, "conflict");
  EXPECT_EQ(kept->event_id, "a");
  wait_folded(*shard);
  EXPECT_EQ(present(*shard, "M"), 1);
}

TEST(Shard, IdentitiesHoldAcrossARestart) {
  TempDirectory directory;
  {
    auto shard = open(directory.path());
    submit(*shard, {check_in("a", "M", "1")});
  }
  auto shard = open(directory.path());
  EXPECT_EQ(submit(*shard, {check_in("a", "M", "1")})[0].kind, Kind::kDuplicate);
  EXPECT_EQ(submit(*shard, {check_in("a", "M", "2")})[0].kind, Kind::kConflict);
  EXPECT_EQ(submit(*shard, {check_in("b", "M", "2")})[0].sequence, Sequence(2));
}

TEST(Shard, WhatWasAcknowledgedSurvivesACopyOfTheDirectoryTakenWhileRunning) {
  TempDirectory directory;
  TempDirectory crashed;
  auto shard = open(directory.path());
  std::vector<std::string> events;
  for (int i = 0; i < 300; ++i) events.push_back(check_in(fmt::format("e{}", i), "M", std::to_string(i)));
  submit(*shard, events);
  // What a crash would leave on the disk: memory tables are lost, the synced log is there.
  std::filesystem::copy(directory.path() / "journal", crashed.path() / "journal", std::filesystem::copy_options::recursive);
  auto recovered = open(crashed.path());
  EXPECT_EQ(recovered->head(), Sequence(300));
  EXPECT_EQ(recovered->folded(), Sequence(300)) << "the tail is folded before the shard is open";
  EXPECT_EQ(present(*recovered, "M"), 300);
  EXPECT_EQ(submit(*recovered, {events[7]})[0].kind, Kind::kDuplicate);
}

TEST(Shard, SourcePositionsAreStoredWithTheirEvents) {
  TempDirectory directory;
  {
    auto shard = open(directory.path());
    submit(*shard, {check_in("a", "M", "1")}, {{"dongbo.events", 3, Offset(17)}});
    submit(*shard, {}, {{"dongbo.events", 3, Offset(19)}});
  }
  auto shard = open(directory.path());
  EXPECT_EQ(shard->journal().source_position("dongbo.events", 3), Offset(19));
  EXPECT_EQ(shard->journal().source_position("dongbo.events", 4), std::nullopt);
}

TEST(Shard, ManyWaitingSubmissionsShareOneSyncedWrite) {
  TempDirectory directory;
  auto opened = Shard::open(directory.path(), ShardId(0), {});
  ASSERT_TRUE(opened.has_value());
  auto& shard = **opened;
  std::atomic<int> done{0};
  for (int i = 0; i < 100; ++i) {  // before start(): all wait together
    Submission submission;
    submission.items.push_back(testing::admit(check_in(fmt::format("e{}", i), "M", std::to_string(i))));
    submission.done = [&done](std::vector<Outcome> outcomes) { done += outcomes[0].kind == Kind::kAccepted; };
    ASSERT_TRUE(shard.submit(submission));
  }
  shard.start();
  shard.stop();
  EXPECT_EQ(done, 100);
  const auto appends = shard.status().appends.counts;
  EXPECT_EQ(std::accumulate(appends.begin(), appends.end(), std::uint64_t{0}), 1u);
}

TEST(Shard, AFullQueueRefusesAndLosesNothing) {
  TempDirectory directory;
  ShardOptions options;
  options.queue_bytes_max = 2000;
  auto opened = Shard::open(directory.path(), ShardId(0), options);
  ASSERT_TRUE(opened.has_value());
  int taken = 0;
  std::atomic<int> done{0};
  for (int i = 0; i < 10; ++i) {
    Submission submission;
    submission.items.push_back(testing::admit(check_in(fmt::format("e{}", i), "M", std::to_string(i))));
    submission.done = [&done](std::vector<Outcome>) { ++done; };
    if ((*opened)->submit(submission)) {
      ++taken;
    } else {
      EXPECT_EQ(submission.items.size(), 1u) << "what was refused stays with the caller";
    }
  }
  EXPECT_GT(taken, 0);
  EXPECT_LT(taken, 10);
  (*opened)->start();
  (*opened)->stop();
  (*opened)->stop();
  EXPECT_EQ(done, taken);
  EXPECT_EQ((*opened)->head(), Sequence(static_cast<std::uint64_t>(taken)));
}

TEST(Shard, AStoppedShardRefusesSubmissions) {
  TempDirectory directory;
  auto shard = open(directory.path());
  shard->stop();
  Submission submission;
  submission.items.push_back(testing::admit(check_in("a", "M", "1")));
  EXPECT_FALSE(shard->submit(submission));
}

TEST(Shard, RefusedItemsAreKeptWithTheirOrigin) {
  TempDirectory directory;
  auto shard = open(directory.path());
  std::promise<std::vector<Outcome>> promise;
  Submission submission;
  RefusedItem refused;
  refused.refusal = {event::RefusalKind::kUnreadable, {{"", "not JSON"}}, "", "", ""};
  refused.raw = std::string("\x00\xff rubbish", 10);
  submission.items.push_back({refused, Millis(1000), 42});
  submission.origin = {"kafka", "dongbo.events", 2, "", -1};
  submission.done = [&](std::vector<Outcome> outcomes) { promise.set_value(std::move(outcomes)); };
  ASSERT_TRUE(shard->submit(submission));
  const auto outcome = promise.get_future().get()[0];
  EXPECT_EQ(outcome.kind, Kind::kQuarantined);
  EXPECT_EQ(shard->status().quarantined, 1u);
  const auto kept = shard->journal().quarantine_entry(outcome.quarantine);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->reason, "unreadable");
  EXPECT_EQ(kept->raw, refused.raw);
  EXPECT_EQ(kept->origin.partition, 2);
  EXPECT_EQ(kept->origin.ordinal, 42);
}

TEST(Shard, EventsFromManyThreadsAllComeExactlyOnce) {
  TempDirectory directory;
  auto shard = open(directory.path());
  std::atomic<int> accepted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i)
        accepted += submit(*shard, {check_in(fmt::format("e{}", i), "M", std::to_string(i))})[0].kind == Kind::kAccepted;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(accepted, 100);
  wait_folded(*shard);
  EXPECT_EQ(present(*shard, "M"), 100);
}

}  // namespace
}  // namespace dongbo::shard
