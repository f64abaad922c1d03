#include "hub/query/routes.h"

#include <set>

#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

class Routes : public HubFixture {};

TEST_F(Routes, AnUnknownPathIsNotFoundInBothLanguages) {
  for (const auto* path : {"", "nothing", "meetings/M/nothing", "meetings/M/points/dc", "meetings/", "indexes/PAPI"}) {
    const auto problem = get(path, {}, 404);
    EXPECT_EQ(problem["type"], "urn:dongbo:problem:not-found") << path;
    EXPECT_EQ(problem["title"], "Không tìm thấy / Not found");
    EXPECT_EQ(problem["status"], 404);
    EXPECT_NE(problem["detail"].get<std::string>().find("/"), std::string::npos);
  }
}

TEST_F(Routes, EveryListRefusesAWrongPageSizeAndUnknownParameters) {
  for (const auto& route : routes()) {
    std::string path;
    for (const auto segment : route.segments) path.append(path.empty() ? "" : "/").append(segment == "*" ? "x" : segment);
    const auto unknown = get(path, {{"colour", "red"}}, 422);
    EXPECT_EQ(unknown["errors"][0]["pointer"], "/colour") << path;
    const auto wrong_size = get(path, {{"page_size", "1001"}}, 422);
    EXPECT_EQ(wrong_size["errors"][0]["pointer"], "/page_size") << path;
  }
}

TEST_F(Routes, EveryPathOfAnUnknownMeetingIsNotFound) {
  for (const auto& route : routes()) {
    if (route.segments.front() != "meetings" || route.segments.size() == 1) continue;
    std::string path = "meetings/NOWHERE";
    if (route.segments.size() == 3) path.append("/").append(route.segments[2]);
    const auto problem = get(path, {}, 404);
    EXPECT_NE(problem["detail"].get<std::string>().find("NOWHERE"), std::string::npos) << path;
  }
}

TEST_F(Routes, AnEmptyHubAnswersEveryListWithNothing) {
  for (const auto* path : {"meetings", "indexes", "units", "sources", "journal", "quarantine"}) {
    const auto answer = get(path);
    EXPECT_EQ(answer["items"], Json::array()) << path;
    EXPECT_EQ(answer["next_page_token"], "");
    EXPECT_EQ(answer["freshness"], (Json{{"position", ""}, {"event_time", ""}, {"provisional", false}}));
  }
}

TEST_F(Routes, EqualAnswersHaveEqualTagsAndOthersHaveNot) {
  send_samples();
  settle();
  const auto first = ask("meetings");
  const auto again = ask("meetings");
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(first.etag, again.etag);
  EXPECT_EQ(first.etag.front(), '"');
  EXPECT_NE(ask("units").etag, first.etag);
  send("meeting.opened", "open-1", "2023-05-30T08:00:00+07:00", R"({"meeting":"QNA-2023-05-30"})");
  settle();
  EXPECT_NE(ask("meetings").etag, first.etag);
}

TEST_F(Routes, ProjectionsShowTheirPlaceInEveryShard) {
  send_samples();
  const auto items = get("projections")["items"];
  ASSERT_GE(items.size(), 10U);
  std::set<std::string> names;
  for (const auto& one : items) {
    names.insert(one["projection"].get<std::string>());
    EXPECT_GE(one["version"], 1);
    ASSERT_EQ(one["shards"].size(), count_) << one;
    for (const auto& shard : one["shards"]) {
      EXPECT_EQ(shard["state"], "live");
      EXPECT_EQ(shard["lag"], 0);
      EXPECT_EQ(shard["position"], shard["head"]);
      EXPECT_EQ(shard["position"], shards_->head().at(ShardId(shard["shard"].get<std::uint32_t>())).value());
      EXPECT_EQ(shard["rebuild"], nullptr);
      EXPECT_EQ(shard["set_aside"], Json::array()) << one;
    }
  }
  for (const auto* name : {"meetings", "points", "attendance", "units", "sources", "indexes"}) EXPECT_TRUE(names.contains(name));
}

}  // namespace
}  // namespace dongbo::query
