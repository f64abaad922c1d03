#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

// A meeting whose facts come late, doubled and corrected; asked for as it was known and as it had happened.
class Past : public HubFixture {
 protected:
  Past() : HubFixture(2) {}

  void scan(std::string_view id, std::string_view who, std::string_view where, std::string_view at,
            std::string_view group = "chu_tich_ubnd_xa") {
    send("attendance.checked_in", id, fmt::format("2023-05-30T{}:00+07:00", at),
         fmt::format(R"({{"meeting":"M","point":"{}","unit":"502","composition":"{}","delegate":"{}"}})", where, group, who));
  }
  // Every step is told; `after` runs behind each.
  void tell(const std::function<void()>& after) {
    const auto step = [&](auto&& send_it) {
      send_it();
      after();
    };
    step([&] {
      send("meeting.planned", "plan", "2023-05-16T00:00:00+07:00",
           R"({"meeting":"M","title":"Hội nghị","organiser":"49","day":"2023-05-30","mode":"online"})");
    });
    step([&] {
      send("unit.established", "u-502", "2023-04-10T00:00:00+07:00",
           R"({"unit":"502","code":"502","name":"Tam Kỳ","level":"district","parent":null,"valid_from":"2023-04-10"})");
    });
    step([&] {
      send("invitation.issued", "i-1", "2023-05-22T09:00:00+07:00",
           R"({"meeting":"M","invitation":"i-1","point":"dc-502","unit":"502","composition":"chu_tich_ubnd_xa","delegate":"1"})");
    });
    step([&] { scan("s-1", "1", "dc-502", "07:41"); });
    step([&] { scan("s-2", "2", "dc-502", "07:50"); });
    step([&] { scan("other", "77", "dc-502", "07:55"); });
    step([&] { scan("late", "3", "dc-503", "07:20", "can_bo"); });  // happened first, came last
    step([&] {
      send("attendance.revoked", "r-2", "2023-05-30T09:00:00+07:00",
           R"({"meeting":"M","corrects":{"source":"/tests","id":"s-2"},"reason":"nhầm"})", "/tests/province");
    });
  }
  static Json without_freshness(Json answer) {
    answer.erase("freshness");
    return answer;
  }
};

constexpr const char* kPaths[] = {
    "meetings/M", "meetings/M/attendance", "meetings/M/matrix", "meetings/M/delegates", "meetings/M/invitations", "units",
    "sources"};

TEST_F(Past, AnAnswerAsOfAPositionIsTheOneThatWasGivenThere) {
  std::vector<std::pair<std::string, std::map<std::string, Json>>> given;
  tell([&] {
    std::map<std::string, Json> answers;
    for (const auto* path : kPaths) answers[path] = without_freshness(get(path));
    given.emplace_back(shards_->folded().text(), std::move(answers));
  });
  ASSERT_EQ(given.size(), 8U);
  // Forwards, as a slider plays, and backwards, from states that are not held any more.
  const auto compare = [&](const auto& moment) {
    for (const auto& [path, answer] : moment.second) {
      const auto past = get(path, {{"as_of", moment.first}});
      EXPECT_EQ(past["freshness"]["position"], moment.first);
      EXPECT_EQ(without_freshness(past), answer) << path << " as of " << moment.first;
    }
  };
  for (const auto& moment : given) compare(moment);
  for (auto moment = given.rbegin(); moment != given.rend(); ++moment) compare(*moment);
}

TEST_F(Past, UntilATimeOnlyWhatHadHappenedByThenCounts) {
  tell([] {});
  const auto checked_in = [&](const char* time) {
    return get("meetings/M/attendance", {{"until", time}})["total"]["checked_in"].get<int>();
  };
  EXPECT_EQ(checked_in("2023-05-30T07:19:59+07:00"), 0);
  EXPECT_EQ(checked_in("2023-05-30T07:20:00+07:00"), 1);
  EXPECT_EQ(checked_in("2023-05-30T07:52:00+07:00"), 3);
  EXPECT_EQ(checked_in("2023-05-30T08:59:00+07:00"), 4);
  EXPECT_EQ(checked_in("2023-05-30T09:00:00+07:00"), 3);  // revoked
}

TEST_F(Past, WhatWasKnownAndWhatHadHappenedAreAskedTogether) {
  std::string before_the_late_one;
  int step = 0;
  tell([&] {
    if (++step == 6) settle(), before_the_late_one = shards_->folded().text();
  });
  const auto past = get("meetings/M/attendance", {{"as_of", before_the_late_one}, {"until", "2023-05-30T07:45:00+07:00"}});
  EXPECT_EQ(past["total"]["checked_in"], 1);
  EXPECT_EQ(get("meetings/M/attendance", {{"until", "2023-05-30T07:45:00+07:00"}})["total"]["checked_in"], 2);
}

TEST_F(Past, ATimeMeansWhatHadBeenRecordedByThen) {
  tell([] {});
  // The fixture records everything at one moment.
  EXPECT_EQ(get("meetings/M/attendance", {{"as_of", "2023-11-15T05:13:20+07:00"}})["total"]["checked_in"], 3);
  get("meetings/M/attendance", {{"as_of", "2023-11-15T05:13:19+07:00"}}, 404);  // nothing was known
}

TEST_F(Past, AMomentThatTheHubHasNotReachedIsRefusedWithWhereItIs) {
  tell([] {});
  const auto problem = get("meetings/M/attendance", {{"as_of", "0:999"}}, 422);
  EXPECT_EQ(problem["errors"][0]["pointer"], "/as_of");
  EXPECT_NE(problem["detail"].get<std::string>().find(shards_->head().text()), std::string::npos);
  EXPECT_EQ(get("meetings/M/attendance", {{"as_of", "yesterday"}}, 422)["errors"][0]["pointer"], "/as_of");
  EXPECT_EQ(get("meetings/M/attendance", {{"until", "07:45"}}, 422)["errors"][0]["pointer"], "/until");
}

TEST_F(Past, ACellOfTheMatrixIsWhatTheTwoFiltersTogetherSay) {
  tell([] {});
  scan("two-groups", "1", "dc-503", "08:10", "can_bo");  // one person, two points, two groups
  send("invitation.issued", "i-head", "2023-05-22T09:05:00+07:00",
       R"({"meeting":"M","invitation":"i-head","point":"dc-502","unit":"502","composition":"can_bo","headcount":12})");
  send("attendance.counted", "c-1", "2023-05-30T08:15:00+07:00",
       R"({"meeting":"M","point":"dc-502","composition":"can_bo","headcount":11})");
  const auto matrix = get("meetings/M/matrix")["cells"];
  std::size_t cells = 0;
  for (const auto* point : {"dc-502", "dc-503"}) {
    for (const auto* group : {"chu_tich_ubnd_xa", "can_bo"}) {
      auto total = get("meetings/M/attendance", {{"point", point}, {"composition", group}})["total"];
      Json cell = nullptr;
      for (const auto& one : matrix)
        if (one["point"] == point && one["composition"] == group) cell = one;
      ASSERT_TRUE(cell.is_object()) << point << " " << group;
      cell.erase("point");
      cell.erase("composition");
      EXPECT_EQ(cell, total) << point << " " << group;
      ++cells;
    }
  }
  EXPECT_EQ(matrix.size(), cells);
}

TEST_F(Past, DelegatesAreFoundByWhereTheyStand) {
  tell([] {});
  EXPECT_EQ(texts(get("meetings/M/delegates", {{"flag", "present"}})["items"], "delegate"),
            (std::vector<std::string>{"1", "3", "77"}));
  EXPECT_EQ(get("meetings/M/delegates", {{"flag", "absent_with_leave"}})["items"].size(), 0U);
}

}  // namespace
}  // namespace dongbo::query
