#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

class Registry : public HubFixture {
 protected:
  void unit(std::string_view id, std::string_view code, std::string_view name, std::string_view level, std::string_view parent,
            std::string_view from = "2023-04-10") {
    send("unit.established", fmt::format("u-{}", id), fmt::format("{}T00:00:00+07:00", from),
         fmt::format(R"({{"unit":"{}","code":"{}","name":"{}","level":"{}","parent":{},"valid_from":"{}"}})", id, code, name,
                     level, parent.empty() ? "null" : fmt::format("\"{}\"", parent), from));
  }
  void SetUp() override {
    HubFixture::SetUp();
    unit("49", "49", "Tỉnh Quảng Nam", "province", "");
    unit("48", "48", "Thành phố Đà Nẵng", "province", "");
    unit("502", "502", "Thành phố Tam Kỳ", "district", "49");
    unit("20335", "20335", "Phường Tân Thạnh", "commune", "502");
    unit("20338", "20338", "Phường Phước Hòa", "commune", "502");
    unit("20335-2025", "20335", "Phường Tam Kỳ", "commune", "48", "2025-07-01");
    send("unit.dissolved", "e-20335", "2025-06-30T23:59:59+07:00",
         R"({"unit":"20335","valid_until":"2025-07-01","legal_act":"Nghị quyết 1659/NQ-UBTVQH15",)"
         R"("successors":[{"unit":"20335-2025","kind":"merge"}]})");
  }
};

TEST_F(Registry, ListsUnitsByLevelParentAndWhatLiesUnder) {
  EXPECT_EQ(walk("units", {{"page_size", "2"}}).size(), 6U);
  EXPECT_EQ(texts(walk("units", {{"level", "commune"}, {"page_size", "1"}}), "unit"),
            (std::vector<std::string>{"20335", "20335-2025", "20338"}));
  EXPECT_EQ(texts(walk("units", {{"parent", "502"}}), "unit"), (std::vector<std::string>{"20335", "20338"}));
  EXPECT_EQ(texts(walk("units", {{"under", "49"}, {"page_size", "1"}}), "unit"),
            (std::vector<std::string>{"20335", "20338", "49", "502"}));
  EXPECT_EQ(texts(walk("units", {{"under", "48"}, {"level", "commune"}}), "unit"), std::vector<std::string>{"20335-2025"});
  get("units", {{"level", "village"}}, 422);
}

TEST_F(Registry, ShowsEveryUnitThatBoreACode) {
  const auto answer = get("units/20335");
  EXPECT_EQ(answer["code"], "20335");
  EXPECT_EQ(texts(answer["units"], "name"), (std::vector<std::string>{"Phường Tân Thạnh", "Phường Tam Kỳ"}));
  EXPECT_EQ(answer["units"][0]["valid_until"], "2025-07-01");
  EXPECT_EQ(answer["units"][0]["successors"][0]["unit"], "20335-2025");
  EXPECT_EQ(answer["children"], Json::array());
  const auto city = get("units/502");
  EXPECT_EQ(texts(city["children"], "unit"), (std::vector<std::string>{"20335", "20338"}));
  EXPECT_NE(get("units/nowhere", {}, 404)["detail"].get<std::string>().find("nowhere"), std::string::npos);
}

TEST_F(Registry, AMeetingSeesUnitsAsTheyWereOnItsDay) {
  send("unit.changed", "c-502", "2024-06-01T00:00:00+07:00",
       R"({"unit":"502","valid_from":"2024-06-01","change":"rename","name":"Tên mới","parent":"48"})");
  for (const auto* meeting : {"2023-05-30", "2024-07-01"}) {
    send("meeting.planned", fmt::format("plan-{}", meeting), "2023-05-16T00:00:00+07:00",
         fmt::format(R"({{"meeting":"{0}","title":"Họp","organiser":"49","day":"{0}","mode":"online"}})", meeting));
    send("attendance.checked_in", fmt::format("s-{}", meeting), fmt::format("{}T08:00:00+07:00", meeting),
         fmt::format(R"({{"meeting":"{}","point":"dc","unit":"502","delegate":"1"}})", meeting));
  }
  EXPECT_EQ(get("meetings/2023-05-30/attendance")["units"][0]["name"], "Thành phố Tam Kỳ");
  EXPECT_EQ(get("meetings/2024-07-01/attendance")["units"][0]["name"], "Tên mới");
  send("unit.changed", "c-502-again", "2024-06-15T00:00:00+07:00",
       R"({"unit":"502","valid_from":"2024-06-15","change":"rename","name":"Tên sau cùng"})");
  EXPECT_EQ(get("meetings/2024-07-01/attendance")["units"][0]["name"], "Tên sau cùng") << "names are not kept beyond a change";
  EXPECT_EQ(get("meetings/2023-05-30/attendance", {{"unit", "49"}})["total"]["checked_in"], 1);
  EXPECT_EQ(get("meetings/2024-07-01/attendance", {{"unit", "49"}})["total"]["checked_in"], 0);
  EXPECT_EQ(get("meetings/2024-07-01/attendance", {{"unit", "48"}})["total"]["checked_in"], 1);
}

TEST_F(Registry, SourcesAreAddedUpOverAllShards) {
  std::set<std::uint32_t> homes;
  for (int i = 1; i <= 12; ++i) {
    if (i == 5 || i == 6) continue;
    const auto meeting = fmt::format("M-{}", i);
    homes.insert(shards_->home(meeting).value());
    send("attendance.checked_in", fmt::format("s-{}", i), fmt::format("2023-05-30T08:{:02}:00+07:00", i),
         fmt::format(R"({{"meeting":"{}","point":"dc","delegate":"1"}})", meeting), "/gate", fmt::format("{:04}", i));
  }
  ASSERT_GT(homes.size(), 1U);
  send("attendance.checked_in", "s-1", "2023-05-30T08:01:00+07:00", R"({"meeting":"M-1","point":"dc","delegate":"1"})", "/gate",
       "0001");
  send("attendance.checked_in", "s-1", "2023-05-30T08:01:00+07:00", R"({"meeting":"M-1","point":"other","delegate":"1"})",
       "/gate", "0001");
  const auto gate = item(get("sources")["items"], "source", "/gate");
  EXPECT_EQ(gate["events"], 10);
  EXPECT_EQ(gate["missing"], Json::array({"0005", "0006"}));
  EXPECT_EQ(gate["missing_count"], 2);
  EXPECT_EQ(gate["last_event_time"], "2023-05-30T08:12:00+07:00");
  EXPECT_EQ(gate["duplicates"], 1);
  EXPECT_EQ(gate["conflicts"], 1);
  EXPECT_EQ(gate["quarantined"], 1);
  EXPECT_EQ(texts(walk("sources", {{"page_size", "1"}}), "source"), (std::vector<std::string>{"/gate", "/tests"}));
}

TEST_F(Registry, IndexesKeepMethodsApartAndShowCorrections) {
  const auto publish = [&](std::string_view id, std::string_view index, int year, std::string_view method, std::string_view unit,
                           std::string_view component, std::string_view score) {
    send("index.published", id, "2023-04-12T00:00:00+07:00",
         fmt::format(R"({{"index":"{}","year":{},"method":"{}","unit":"{}",{}"score":"{}","quality":"stated"}})", index, year,
                     method, unit, component.empty() ? "" : fmt::format("\"component\":\"{}\",", component), score));
  };
  publish("a", "PAR INDEX", 2022, "PAR-876", "49", "", "84.57");
  publish("b", "PAR INDEX", 2022, "PAR-876", "49", "c3", "9.66");
  publish("c", "PAR INDEX", 2022, "PAR-876", "la", "", "80");
  publish("d", "PAR INDEX", 2021, "PAR-1149", "49", "", "85");
  publish("e", "SIPAS", 2022, "SIPAS-2022", "49", "", "78.25");
  send("index.corrected", "f", "2023-04-20T00:00:00+07:00",
       R"({"index":"PAR INDEX","year":2022,"method":"PAR-876","unit":"49","score":"84.58","reason":"in nhầm",)"
       R"("corrects":{"source":"/tests","id":"a"}})");

  const auto lists = walk("indexes", {{"page_size", "1"}});
  ASSERT_EQ(lists.size(), 3U);
  EXPECT_EQ(lists[1]["index"], "PAR INDEX");
  EXPECT_EQ(lists[1]["year"], 2022);
  EXPECT_EQ(lists[1]["units"], 2);
  EXPECT_EQ(lists[1]["name"], catalogues_.indices.at("PAR INDEX").name_vi);

  const auto answer = get("indexes/PAR INDEX/2022");
  EXPECT_EQ(answer["index"], "PAR INDEX");
  ASSERT_EQ(answer["items"].size(), 3U);
  const auto& total = answer["items"][0];
  EXPECT_EQ(total["unit"], "49");
  EXPECT_EQ(total["unit_name"], "Tỉnh Quảng Nam");
  EXPECT_EQ(total["component"], "");
  EXPECT_EQ(total["score"], "84.58");
  EXPECT_EQ(total["corrected"], true);
  EXPECT_EQ(total["corrections"][0]["reason"], "in nhầm");
  EXPECT_EQ(answer["items"][1]["component_name"],
            catalogues_.components.at(Catalogues::component_key("PAR INDEX", "PAR-876", "c3")).name_vi);
  EXPECT_EQ(answer["items"][2]["flags"], Json::array({"unknown_unit"}));
  EXPECT_EQ(walk("indexes/PAR INDEX/2022", {{"page_size", "1"}}).size(), 3U);
  EXPECT_EQ(walk("indexes/PAR INDEX/2022", {{"component", "c3"}}).size(), 1U);
  EXPECT_EQ(walk("indexes/PAR INDEX/2022", {{"unit", "49"}}).size(), 2U);
  EXPECT_TRUE(walk("indexes/PAR INDEX/2022", {{"component", "c9"}}).empty());
  get("indexes/PAR INDEX/2020", {}, 404);
  get("indexes/PAR INDEX/year", {}, 404);
}

}  // namespace
}  // namespace dongbo::query
