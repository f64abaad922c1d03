#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

// A small meeting in the shape of the founding one: two points, units of a district, two groups, every awkward person.
class Attendance : public HubFixture {
 protected:
  void SetUp() override {
    HubFixture::SetUp();
    unit("49", "Tỉnh Quảng Nam", "province", "");
    unit("502", "Thành phố Tam Kỳ", "district", "49");
    unit("20335", "Phường Tân Thạnh", "commune", "502");
    unit("503", "Thành phố Hội An", "district", "49");
    send("meeting.planned", "plan", "2023-05-16T00:00:00+07:00",
         R"({"meeting":"M","title":"Hội nghị","organiser":"49","day":"2023-05-30","mode":"online"})");
    point("dc-502", "502");
    point("dc-503", "503");
    invite("1", "dc-502", "20335", "chu_tich_ubnd_xa");
    invite("2", "dc-502", "502", "chu_tich_ubnd_xa");
    invite("3", "dc-503", "503", "chu_tich_ubnd_xa");
    invite("4", "dc-503", "503", "nhom_la");
    invite("5", "dc-502", "20335", "chu_tich_ubnd_xa");
    scan("1", "dc-502", "07:41", "20335", "chu_tich_ubnd_xa");
    scan("1", "dc-503", "07:55", "20335", "chu_tich_ubnd_xa");
    scan("3", "dc-503", "07:41", "503", "chu_tich_ubnd_xa");
    scan("3", "dc-503", "10:00", "503", "chu_tich_ubnd_xa", "checked_out");
    scan("9", "dc-la", "07:50", "khong-ro", "nhom_la");
    send("registration.declined", "d-5", "2023-05-25T10:00:00+07:00",
         R"({"meeting":"M","invitation":"i-5","delegate":"5","leave":true,"reason":"công tác"})");
    send(
        "invitation.issued", "i-head", "2023-05-22T09:05:00+07:00",
        R"({"meeting":"M","invitation":"i-head","point":"dc-502","unit":"502","composition":"truong_phong_chuyen_mon","headcount":12})");
    send("attendance.counted", "c-1", "2023-05-30T08:15:00+07:00",
         R"({"meeting":"M","point":"dc-502","composition":"truong_phong_chuyen_mon","headcount":11})");
  }

  void unit(std::string_view id, std::string_view name, std::string_view level, std::string_view parent) {
    send("unit.established", fmt::format("u-{}", id), "2023-04-10T00:00:00+07:00",
         fmt::format(R"({{"unit":"{0}","code":"{0}","name":"{1}","level":"{2}","parent":{3},"valid_from":"2023-04-10"}})", id,
                     name, level, parent.empty() ? "null" : fmt::format("\"{}\"", parent)));
  }
  void point(std::string_view id, std::string_view of) {
    send("meeting.point_planned", fmt::format("p-{}", id), "2023-05-16T00:00:00+07:00",
         fmt::format(R"({{"meeting":"M","point":"{}","level":"district","unit":"{}","name":"Điểm cầu"}})", id, of));
  }
  void invite(std::string_view who, std::string_view where, std::string_view of, std::string_view group) {
    send(
        "invitation.issued", fmt::format("i-{}", who), "2023-05-22T09:00:00+07:00",
        fmt::format(
            R"({{"meeting":"M","invitation":"i-{0}","point":"{1}","unit":"{2}","composition":"{3}","delegate":"{0}","name":"Đại biểu {0}"}})",
            who, where, of, group));
  }
  void scan(std::string_view who, std::string_view where, std::string_view at, std::string_view of, std::string_view group,
            std::string_view fact = "checked_in", std::string_view source = "/checkin", std::string_view sequence = "") {
    send(fmt::format("attendance.{}", fact), fmt::format("s-{}", ++scans_), fmt::format("2023-05-30T{}:00+07:00", at),
         fmt::format(R"({{"meeting":"M","point":"{}","unit":"{}","composition":"{}","delegate":"{}"}})", where, of, group, who),
         source, sequence);
  }
  int scans_ = 0;

  // The figures that are not zero.
  static Json figures(const Json& from) {
    Json out = Json::object();
    for (const auto& [name, value] : from.items())
      if (value.is_number_integer() && value != 0) out[name] = value;
    return out;
  }
};

TEST_F(Attendance, TellsTheWholeMeeting) {
  const auto answer = get("meetings/M/attendance");
  EXPECT_EQ(answer["meeting"], "M");
  EXPECT_EQ(figures(answer["total"]), (Json{{"invited", 5},
                                            {"present", 2},
                                            {"checked_in", 3},
                                            {"checked_out", 1},
                                            {"invited_headcount", 12},
                                            {"headcount", 11},
                                            {"absent_with_leave", 1},
                                            {"at_two_points", 1},
                                            {"not_invited", 1}}));
  EXPECT_EQ(answer["total"].size(), 12U);
  EXPECT_EQ(answer["arrivals"], Json::array({{{"minute", "2023-05-30T07:41+07:00"}, {"checked_in", 2}},
                                             {{"minute", "2023-05-30T07:50+07:00"}, {"checked_in", 1}}}));
  const auto point = item(answer["points"], "point", "dc-502");
  EXPECT_EQ(point["last_event_time"], "2023-05-30T08:15:00+07:00");
  EXPECT_EQ(point["present"], 1);
  EXPECT_EQ(answer["attention"]["at_two_points"],
            Json::array({{{"delegate", "1"}, {"points", Json::array({"dc-502", "dc-503"})}}}));
  EXPECT_EQ(answer["attention"]["not_invited"], Json::array({{{"delegate", "9"}, {"points", Json::array({"dc-la"})}}}));
  EXPECT_EQ(answer["attention"]["withdrawn_but_present"], Json::array());
  EXPECT_EQ(answer["freshness"]["event_time"], "2023-05-30T10:00:00+07:00");
  EXPECT_EQ(answer["freshness"]["provisional"], false);
}

TEST_F(Attendance, NamesAndFlagsUnitsGroupsAndPoints) {
  const auto answer = get("meetings/M/attendance");
  EXPECT_EQ(item(answer["points"], "point", "dc-502")["flags"], Json::array());
  EXPECT_EQ(item(answer["points"], "point", "dc-la")["flags"], Json::array({"unplanned_point"}));
  const auto ward = item(answer["units"], "unit", "20335");
  EXPECT_EQ(ward["name"], "Phường Tân Thạnh");
  EXPECT_EQ(ward["flags"], Json::array());
  EXPECT_EQ(item(answer["units"], "unit", "khong-ro")["flags"], Json::array({"unknown_unit"}));
  const auto chairs = item(answer["compositions"], "composition", "chu_tich_ubnd_xa");
  EXPECT_EQ(chairs["name"], catalogues_.compositions.at("chu_tich_ubnd_xa").name_vi);
  EXPECT_EQ(chairs["name_en"], catalogues_.compositions.at("chu_tich_ubnd_xa").name_en);
  EXPECT_EQ(item(answer["compositions"], "composition", "nhom_la")["flags"], Json::array({"unknown_composition"}));
}

TEST_F(Attendance, OfAnAgencyOfTheCatalogueIsKnown) {
  scan("20", "dc-502", "07:30", "so-noi-vu", "chu_tich_ubnd_xa");
  const auto agency = item(get("meetings/M/attendance")["units"], "unit", "so-noi-vu");
  EXPECT_EQ(agency["flags"], Json::array());
  EXPECT_EQ(agency["name"], "Sở Nội vụ");
}

TEST_F(Attendance, OfOnePointOrGroupIsExactlyItsCounter) {
  const auto answer = get("meetings/M/attendance");
  for (const auto& [list, member] : {std::pair("points", "point"), std::pair("compositions", "composition")}) {
    for (const auto& kept : answer[list]) {
      const auto part = get("meetings/M/attendance", {{member, kept[member].get<std::string>()}});
      EXPECT_EQ(figures(part["total"]), figures(kept)) << kept;
      ASSERT_EQ(part[list].size(), 1U) << part;
      EXPECT_EQ(part[list][0], kept);
    }
  }
}

TEST_F(Attendance, OfAUnitHoldsEverythingUnderIt) {
  const auto city = get("meetings/M/attendance", {{"unit", "502"}});
  EXPECT_EQ(figures(city["total"]), (Json{{"invited", 3},
                                          {"present", 1},
                                          {"checked_in", 1},
                                          {"invited_headcount", 12},
                                          {"absent_with_leave", 1},
                                          {"at_two_points", 1}}));
  EXPECT_EQ(texts(city["units"], "unit"), (std::vector<std::string>{"20335", "502"}));
  const auto province = get("meetings/M/attendance", {{"unit", "49"}});
  EXPECT_EQ(province["total"]["invited"], 5);
  EXPECT_EQ(province["total"]["checked_in"], 2);
  EXPECT_EQ(province["arrivals"], Json::array({{{"minute", "2023-05-30T07:41+07:00"}, {"checked_in", 2}}}));
  const auto ward_here = get("meetings/M/attendance", {{"unit", "20335"}, {"point", "dc-503"}});
  EXPECT_EQ(figures(ward_here["total"]), (Json{{"present", 1}, {"checked_in", 1}, {"at_two_points", 1}}));
  EXPECT_EQ(ward_here["arrivals"], Json::array({{{"minute", "2023-05-30T07:55+07:00"}, {"checked_in", 1}}}));
}

TEST_F(Attendance, MissingWithoutLeaveCountsFromTheClosingOn) {
  EXPECT_EQ(get("meetings/M/attendance")["total"]["absent_without_leave"], 0);
  send("meeting.closed", "close", "2023-05-30T11:30:00+07:00", R"({"meeting":"M"})");
  const auto answer = get("meetings/M/attendance");
  EXPECT_EQ(answer["total"]["absent_without_leave"], 2);  // 2 and 4
  EXPECT_EQ(get("meetings/M/attendance", {{"point", "dc-503"}})["total"]["absent_without_leave"], 1);
  EXPECT_EQ(item(get("meetings/M/delegates")["items"], "delegate", "2")["state"], "absent_without_leave");
}

TEST_F(Attendance, IsProvisionalWhileASourceHasNumbersMissingInAllShards) {
  scan("2", "dc-502", "08:00", "502", "chu_tich_ubnd_xa", "checked_in", "/gate", "0000000041");
  scan("4", "dc-503", "08:01", "503", "nhom_la", "checked_in", "/gate", "0000000044");
  auto freshness = get("meetings/M/attendance")["freshness"];
  EXPECT_EQ(freshness["provisional"], true);
  auto gate = item(freshness["sources"], "source", "/gate");
  EXPECT_EQ(gate["missing"], Json::array({"0000000042", "0000000043"}));
  EXPECT_EQ(gate["last_event_time"], "2023-05-30T08:01:00+07:00");
  EXPECT_FALSE(gate["last_seen"].get<std::string>().empty());
  // The same source fills its gap with events of other meetings, which live in other shards.
  int next = 0;
  for (int i = 42; i <= 43; ++i) {
    std::string meeting;
    do {
      meeting = fmt::format("other-{}", ++next);
    } while (shards_->home(meeting) == shards_->home("M"));
    send("attendance.checked_in", fmt::format("o-{}", i), "2023-05-30T08:00:30+07:00",
         fmt::format(R"({{"meeting":"{}","point":"dc","delegate":"1"}})", meeting), "/gate", fmt::format("{:010}", i));
  }
  freshness = get("meetings/M/attendance")["freshness"];
  EXPECT_EQ(item(freshness["sources"], "source", "/gate")["missing"], Json::array());
  EXPECT_EQ(freshness["provisional"], false);
  // Its position speaks of every shard.
  EXPECT_EQ(freshness["position"], shards_->head().text());
  EXPECT_EQ(freshness["event_time"], "2023-05-30T10:00:00+07:00");
}

TEST_F(Attendance, EveryAnswerOfAMeetingIsAsFreshAsTheMeetingNotAsItsShard) {
  scan("2", "dc-502", "08:00", "502", "chu_tich_ubnd_xa", "checked_in", "/gate", "0000000041");
  scan("4", "dc-503", "08:01", "503", "nhom_la", "checked_in", "/gate", "0000000043");
  int next = 0;
  std::string neighbour;
  do {
    neighbour = fmt::format("other-{}", ++next);
  } while (shards_->home(neighbour) != shards_->home("M"));
  send("attendance.checked_in", "later", "2026-11-22T08:00:00+07:00",
       fmt::format(R"({{"meeting":"{}","point":"dc","delegate":"1"}})", neighbour));
  const auto expected = get("meetings/M/attendance")["freshness"];
  EXPECT_EQ(expected["event_time"], "2023-05-30T10:00:00+07:00");
  for (const auto* path :
       {"meetings/M", "meetings/M/points", "meetings/M/invitations", "meetings/M/registrations", "meetings/M/readiness",
        "meetings/M/papers", "meetings/M/feedback", "meetings/M/commitments", "meetings/M/delegates", "meetings/M/matrix"})
    EXPECT_EQ(get(path)["freshness"], expected) << path;
}

TEST_F(Attendance, DelegatesShowWhereEachOneStands) {
  const auto items = get("meetings/M/delegates")["items"];
  EXPECT_EQ(texts(items, "delegate"), (std::vector<std::string>{"1", "2", "3", "4", "5", "9"}));
  EXPECT_EQ(texts(items, "state"),
            (std::vector<std::string>{"present", "expected", "left", "expected", "absent_with_leave", "present"}));
  const auto& first = items[0];
  EXPECT_EQ(first["name"], "Đại biểu 1");
  EXPECT_EQ(first["first_in"], "2023-05-30T07:41:00+07:00");
  EXPECT_EQ(first["last_out"], "");
  EXPECT_EQ(first["points"], Json::array({"dc-502", "dc-503"}));
  EXPECT_EQ(first["flags"], Json::array({"at_two_points"}));
  EXPECT_EQ(items[5]["flags"], Json::array({"not_invited", "unplanned_point", "unknown_unit", "unknown_composition"}));
}

TEST_F(Attendance, DelegatesAreFilteredAndPaged) {
  EXPECT_EQ(texts(walk("meetings/M/delegates", {{"unit", "502"}, {"page_size", "1"}}), "delegate"),
            (std::vector<std::string>{"1", "2", "5"}));
  EXPECT_EQ(texts(walk("meetings/M/delegates", {{"point", "dc-503"}, {"page_size", "2"}}), "delegate"),
            (std::vector<std::string>{"1", "3", "4"}));
  EXPECT_EQ(texts(walk("meetings/M/delegates", {{"composition", "nhom_la"}}), "delegate"), (std::vector<std::string>{"4", "9"}));
  EXPECT_EQ(texts(walk("meetings/M/delegates", {{"flag", "not_invited"}}), "delegate"), std::vector<std::string>{"9"});
  EXPECT_EQ(texts(walk("meetings/M/delegates", {{"flag", "unknown_composition"}}), "delegate"),
            (std::vector<std::string>{"4", "9"}));
}

TEST_F(Attendance, DelegatesArePagedWithoutGapOrDoubleWhilePeopleCome) {
  for (int i = 10; i < 60; ++i) scan(fmt::format("d{}", i * 2), "dc-502", "07:30", "502", "chu_tich_ubnd_xa");
  const auto before = texts(walk("meetings/M/delegates", {}), "delegate");
  int next = 10;
  const auto seen = texts(walk("meetings/M/delegates", {{"page_size", "7"}},
                               [&] {
                                 scan(fmt::format("d{}", next * 2 + 1), "dc-502", "07:31", "502", "chu_tich_ubnd_xa");
                                 next += 6;
                               }),
                          "delegate");
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
  for (const auto& one : before) EXPECT_NE(std::find(seen.begin(), seen.end(), one), seen.end()) << one;
}

TEST_F(Attendance, SubstitutesNameEachOther) {
  send("registration.delegated", "dt-2", "2023-05-25T10:20:00+07:00",
       R"({"meeting":"M","invitation":"i-2","delegate":"2","substitute":"2-thay","substitute_name":"Người thay"})");
  scan("2-thay", "dc-502", "07:40", "502", "chu_tich_ubnd_xa");
  const auto items = get("meetings/M/delegates")["items"];
  const auto replaced = item(items, "delegate", "2");
  EXPECT_EQ(replaced["state"], "replaced");
  EXPECT_EQ(replaced["replaced_by"], "2-thay");
  const auto substitute = item(items, "delegate", "2-thay");
  EXPECT_EQ(substitute["substitute_for"], "2");
  EXPECT_EQ(substitute["name"], "Người thay");
  EXPECT_EQ(substitute["flags"], Json::array({"substitute"}));
  EXPECT_EQ(get("meetings/M/attendance")["total"]["substitutes"], 1);
}

TEST_F(Attendance, OfAMeetingNobodyPlannedIsShown) {
  send("attendance.checked_in", "x-1", "2023-05-30T08:00:30+07:00", R"({"meeting":"X","point":"dc","delegate":"1"})");
  EXPECT_EQ(get("meetings/X/attendance")["total"]["checked_in"], 1);
  EXPECT_EQ(item(get("meetings")["items"], "meeting", "X")["flags"], Json::array({"unplanned_meeting"}));
  EXPECT_EQ(item(get("meetings")["items"], "meeting", "M")["flags"], Json::array());
  EXPECT_EQ(get("meetings/X")["flags"], Json::array({"unplanned_meeting"}));
  EXPECT_EQ(get("meetings/X/papers")["items"], Json::array());
  EXPECT_EQ(item(get("meetings/X/points")["items"], "point", "dc")["planned"], false);
}

}  // namespace
}  // namespace dongbo::query
