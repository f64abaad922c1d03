#include <map>
#include <thread>

#include <nlohmann/json.hpp>

#include "hub/projection/attendance.h"
#include "tests/support/shard_fixture.h"

namespace dongbo::shard {
namespace {

using testing::check_in;
using testing::submit;
using testing::TempDirectory;
using testing::wait_folded;

using Rows = std::map<std::string, std::string>;
Rows rows(const Shard& shard, const std::string& projection) {
  Rows out;
  EXPECT_TRUE(
      shard.engine()
          .for_each_row(projection, [&](std::string_view key, std::string_view value) { return out.emplace(key, value), true; })
          .has_value());
  return out;
}

std::unique_ptr<Shard> open(const std::filesystem::path& directory) {
  auto shard = Shard::open(directory, ShardId(0), {});
  EXPECT_TRUE(shard.has_value()) << (shard ? "" : shard.error().message);
  (*shard)->start();
  return std::move(*shard);
}

void load(Shard& shard, int from, int through) {
  std::vector<std::string> events;
  for (int i = from; i < through; ++i)
    events.push_back(check_in(fmt::format("e{}", i), fmt::format("M{}", i % 7), std::to_string(i)));
  submit(shard, events);
}

void wait_rebuilt(const Shard& shard, const std::string& projection) {
  for (;;) {
    const auto all = shard.engine().status();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& status) { return status.projection == projection; });
    ASSERT_NE(found, all.end());
    if (!found->rebuild) return;
    std::this_thread::yield();
  }
}

TEST(Rebuild, ARebuiltProjectionEqualsTheLiveOneToTheByteWhileEventsComeIn) {
  TempDirectory directory;
  auto shard = open(directory.path());
  load(*shard, 0, 20'000);
  wait_folded(*shard);
  ASSERT_TRUE(shard->engine().start_rebuild("attendance").has_value());
  EXPECT_FALSE(shard->engine().start_rebuild("attendance").has_value()) << "one at a time";
  load(*shard, 20'000, 30'000);
  wait_rebuilt(*shard, "attendance");
  wait_folded(*shard);
  const auto rebuilt = rows(*shard, "attendance");
  // The same events folded by another shard that never rebuilt.
  TempDirectory other_directory;
  auto other = open(other_directory.path());
  load(*other, 0, 20'000);
  load(*other, 20'000, 30'000);
  wait_folded(*other);
  EXPECT_EQ(rebuilt.size(), rows(*other, "attendance").size());
  EXPECT_TRUE(rebuilt == rows(*other, "attendance"));
}

TEST(Rebuild, AllProjectionsAskedForTogetherComeToTheSameBytes) {
  TempDirectory directory;
  auto shard = open(directory.path());
  load(*shard, 0, 60'000);
  wait_folded(*shard);
  std::map<std::string, Rows> before;
  for (const auto& status : shard->engine().status()) before[status.projection] = rows(*shard, status.projection);
  for (const auto& [projection, held] : before) ASSERT_TRUE(shard->engine().start_rebuild(projection).has_value());
  for (const auto& [projection, held] : before) wait_rebuilt(*shard, projection);
  for (const auto& [projection, held] : before) EXPECT_TRUE(held == rows(*shard, projection)) << projection;
}

TEST(Rebuild, ACancelledOneKeepsItsPlaceWhileOthersGoOnAndCatchesUpLater) {
  TempDirectory directory;
  auto shard = open(directory.path());
  load(*shard, 0, 60'000);
  wait_folded(*shard);
  const auto before = rows(*shard, "attendance");
  ASSERT_TRUE(shard->engine().start_rebuild("attendance").has_value());
  ASSERT_TRUE(shard->engine().start_rebuild("sources").has_value());
  const auto place = [&]() -> std::optional<projection::ProjectionStatus::Rebuild> {
    for (const auto& status : shard->engine().status())
      if (status.projection == "attendance") return status.rebuild;
    return std::nullopt;
  };
  ASSERT_TRUE(shard->engine().cancel_rebuild("attendance").has_value());
  EXPECT_FALSE(shard->engine().cancel_rebuild("attendance").has_value()) << "it does not run any more";
  const auto stopped = place();
  ASSERT_TRUE(stopped.has_value());
  EXPECT_FALSE(stopped->running);
  wait_rebuilt(*shard, "sources");
  EXPECT_EQ(place()->position, stopped->position);
  ASSERT_TRUE(shard->engine().start_rebuild("attendance").has_value());
  wait_rebuilt(*shard, "attendance");
  EXPECT_TRUE(before == rows(*shard, "attendance"));
}

TEST(Rebuild, SurvivesARestartAfterTheSwap) {
  TempDirectory directory;
  Rows before;
  {
    auto shard = open(directory.path());
    load(*shard, 0, 500);
    wait_folded(*shard);
    before = rows(*shard, "attendance");
    ASSERT_TRUE(shard->engine().start_rebuild("attendance").has_value());
    wait_rebuilt(*shard, "attendance");
  }
  auto shard = open(directory.path());
  EXPECT_TRUE(before == rows(*shard, "attendance"));
}

TEST(Rebuild, ReadersKeepTheirSnapshotOverASwap) {
  TempDirectory directory;
  auto shard = open(directory.path());
  load(*shard, 0, 300);
  wait_folded(*shard);
  const auto snapshot = shard->engine().snapshot();
  ASSERT_TRUE(shard->engine().start_rebuild("attendance").has_value());
  wait_rebuilt(*shard, "attendance");
  load(*shard, 300, 600);
  wait_folded(*shard);
  const auto row = projection::row(*snapshot, projection::kAttendanceTotals, projection::key(std::string("M0")));
  ASSERT_TRUE(row.has_value() && row->has_value());
  EXPECT_EQ((*row)->figures.present, 43);
  EXPECT_EQ(snapshot->applied(), Sequence(300));
}

TEST(Rebuild, AnUnknownProjectionIsNamed) {
  TempDirectory directory;
  auto shard = open(directory.path());
  const auto result = shard->engine().start_rebuild("nothing");
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().error_class, ErrorClass::kNotFound);
}

TEST(Changes, WaysToReachAPersonAreNotShown) {
  TempDirectory directory;
  auto shard = open(directory.path());
  submit(*shard, {R"({"specversion":"1.0","id":"i","source":"/simulated/test","type":"vn.dongbo.invitation.issued.v1",)"
                  R"("time":"2023-05-22T09:00:00+07:00","data":{"meeting":"M","invitation":"gm-1","delegate":"1",)"
                  R"("name":"Mô phỏng","phone":"0900000001"}})"});
  wait_folded(*shard);
  const auto changes = shard->engine().changes(Sequence(0), 1000);
  ASSERT_TRUE(changes.has_value() && changes->has_value());
  const auto snapshot = shard->engine().snapshot();
  std::string shown;
  for (const auto& change : (*changes)->rows) shown += shard->engine().render(change, *snapshot)->json;
  EXPECT_NE(shown.find("gm-1"), std::string::npos);
  EXPECT_EQ(shown.find("0900000001"), std::string::npos);
}

TEST(Changes, EachChangedRowIsGivenAfterThePositionBeforeItsLastChange) {
  TempDirectory directory;
  auto shard = open(directory.path());
  submit(*shard, {check_in("a", "M", "1")});
  submit(*shard, {check_in("b", "M", "2")});
  wait_folded(*shard);
  const auto all = shard->engine().changes(Sequence(0), 1000);
  ASSERT_TRUE(all.has_value() && all->has_value());
  EXPECT_EQ((*all)->through, Sequence(2));
  const auto later = shard->engine().changes(Sequence(1), 1000);
  ASSERT_TRUE(later.has_value() && later->has_value());
  for (const auto& change : (*later)->rows) EXPECT_EQ(change.last_changed, Sequence(2));
  EXPECT_LT((*later)->rows.size(), (*all)->rows.size());
  const auto none = shard->engine().changes(Sequence(2), 1000);
  EXPECT_TRUE((*none)->rows.empty());
  const auto snapshot = shard->engine().snapshot();
  bool totals = false;
  for (const auto& change : (*later)->rows) {
    const auto rendered = shard->engine().render(change, *snapshot);
    ASSERT_TRUE(rendered.has_value());
    const auto shown = nlohmann::json::parse(rendered->json);
    if (shown["projection"] != "attendance" || shown["table"] != "totals") continue;
    totals = true;
    EXPECT_EQ(rendered->meeting, "M");
    EXPECT_EQ(shown["key"]["meeting"], "M");
    EXPECT_EQ(shown["row"]["present"], 2);
  }
  EXPECT_TRUE(totals);
}

}  // namespace
}  // namespace dongbo::shard
