#include "hub/report/compose.h"

#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

TEST(BaoCao, IndicesAreComparedOnlyWhereThatIsFair) {
  ReportHub hub;
  tell_meeting(hub);
  const auto publish = [&](int year, const char* method, const std::string& unit, const char* component, const std::string& score,
                           int rank) {
    hub.say(
        "index.published",
        fmt::format(
            R"("index":"PAPI","year":{},"method":"{}","unit":"{}",{}"score":"{}","rank":{},"population":60,"quality":"computed","origin":"papi.org.vn")",
            year, method, unit, *component == '\0' ? std::string() : fmt::format(R"("component":"{}",)", component), score, rank),
        "2023-04-12T00:00:00+07:00");
  };
  for (int i = 0; i < 60; ++i) {
    const auto unit = i == 48 ? std::string("49") : fmt::format("p{}", i);
    publish(2022, "PAPI-2022", unit, "d1", i == 48 ? "4.0000" : "5.0000", i + 1);
    publish(2022, "PAPI-2022", unit, "d2", i == 48 ? "6.0000" : "5.0000", i + 1);
  }
  publish(2022, "PAPI-2022", "49", "", "42.2377", 31);
  publish(2021, "PAPI-2021", "49", "", "42.1056", 35);
  publish(2023, "PAPI-2023", "49", "", "43.0000", 20);  // the year of the meeting was not over then
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto text = text_of(document);
  EXPECT_EQ(figure(document, "index.papi.rank")->value, "31");
  EXPECT_EQ(figure(document, "index.papi.score")->text, "42,2377");
  EXPECT_EQ(figure(document, "index.papi.below_mean")->value, "1");
  EXPECT_EQ(figure(document, "index.papi.d1.mean")->value, "4.9833");
  EXPECT_TRUE(holds(text, "phương pháp hai năm khác nhau, không so sánh trực tiếp")) << text;
  EXPECT_FALSE(holds(text, "43,0000"));
  // One total is no country.
  EXPECT_EQ(figure(document, "index.papi.mean"), nullptr);
}

// A meeting about something else, and figures of an index that the hub holds.
void tell_meeting_about_fire_safety(ReportHub& hub) {
  hub.say("unit.established",
          R"("unit":"49","code":"49","name":"Tỉnh Quảng Nam","level":"province","kind":"tỉnh","valid_from":"2023-04-10")");
  hub.say("meeting.planned",
          R"("meeting":"M","title":"Hội nghị phòng cháy, chữa cháy","organiser":"49","day":"2023-05-30","mode":"online")");
  hub.say("meeting.opened", R"("meeting":"M")", "2023-05-30T08:00:00+07:00");
  hub.say("meeting.closed", R"("meeting":"M")", "2023-05-30T10:00:00+07:00");
  hub.say(
      "index.published",
      R"("index":"PAPI","year":2022,"method":"PAPI-2022","unit":"49","score":"42.2377","rank":31,"quality":"stated","origin":"papi.org.vn")",
      "2023-04-12T00:00:00+07:00");
}

TEST(Documents, AMeetingThatPlannedNoIndicesHasNoneInItsPapers) {
  ReportHub hub;
  tell_meeting_about_fire_safety(hub);
  for (const auto kind : kKinds) {
    const auto document = hub.make(kind, "M");
    EXPECT_FALSE(holds(text_of(document), "PAPI")) << kind_name(kind);
    for (const auto& annex : document.annexes) EXPECT_FALSE(holds(annex.title, "CHỈ SỐ")) << kind_name(kind);
  }
  EXPECT_TRUE(holds(text_of(hub.make(Kind::kThongBao, "M")), "I. ĐÁNH GIÁ KẾT QUẢ\nII. TỒN TẠI, HẠN CHẾ"));
}

TEST(BaoCao, APartWithoutAVietnameseNameIsCalledByItsEnglishOne) {
  ReportHub hub;
  tell_meeting(hub);
  const auto publish = [&](const char* component, const char* more) {
    hub.say(
        "index.published",
        fmt::format(
            R"("index":"PAPI","year":2022,"method":"PAPI-2022","unit":"49","component":"{}","score":"1.1","quality":"stated"{})",
            component, more),
        "2023-04-12T00:00:00+07:00");
  };
  publish("d7.1", R"(,"component_name":"Environment")");
  publish("d7.2", "");
  publish("d9.9", "");
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto* found = table(document, "chi_so_papi");
  ASSERT_NE(found, nullptr);
  std::vector<std::string> names;
  for (const auto& row : found->rows) names.push_back(row.cells[1].text);
  EXPECT_EQ(names, (std::vector<std::string>{"Environment", "Quality of Air", "d9.9"}));
}

TEST(BaoCao, ASourceIsToldWhole) {
  ReportHub hub;
  tell_meeting(hub);
  const std::string origin =
      "papi.org.vn; https://github.com/tunah72/papi-dashboard (data/processed/agg_province_year.csv @ "
      "2e42ab89bd452987a8661c5c60ccf5571bb7a884; from papi.org.vn 2022PAPI_ProvincialIndicators_BangChiTieuCapTinh.xlsx)";
  hub.say("index.published",
          fmt::format(
              R"("index":"PAPI","year":2022,"method":"PAPI-2022","unit":"49","score":"42.1","quality":"stated","origin":"{}")",
              origin),
          "2023-04-12T00:00:00+07:00");
  EXPECT_TRUE(holds(text_of(hub.make(Kind::kBaoCao, "M")), "Nguồn: " + origin));
}

TEST(BaoCao, IndicesThatOnlyTheTitleNamesAreToldInItsOrder) {
  ReportHub hub;
  hub.say("unit.established",
          R"("unit":"49","code":"49","name":"Tỉnh Quảng Nam","level":"province","kind":"tỉnh","valid_from":"2023-04-10")");
  hub.say(
      "meeting.planned",
      R"("meeting":"M","title":"Hội nghị phân tích Chỉ số SIPAS, Chỉ số PAR INDEX năm 2022","organiser":"49","day":"2023-05-30","mode":"online")");
  hub.say("meeting.opened", R"("meeting":"M","point":"dc-49")", "2023-05-30T08:00:00+07:00");
  for (const char* index : {"PAPI", "PAR INDEX", "SIPAS"})
    hub.say(
        "index.published",
        fmt::format(R"("index":"{}","year":2022,"method":"m","unit":"49","score":"42.1","quality":"stated","origin":"o")", index),
        "2023-04-12T00:00:00+07:00");
  const auto text = text_of(hub.make(Kind::kBaoCao, "M"));
  const auto sipas = text.find("(SIPAS) năm 2022\n"), par = text.find("(PAR INDEX) năm 2022\n");
  EXPECT_TRUE(sipas != std::string::npos && par != std::string::npos && sipas < par) << text;
  EXPECT_FALSE(holds(text, "PAPI")) << text;
}

TEST(BaoCao, SectionsAndAnnexesAfterTheLeftOutIndicesCloseUp) {
  ReportHub hub;
  tell_meeting_about_fire_safety(hub);
  hub.source("/districts/502/checkin");
  for (const char* sequence : {"0000000001", "0000000004"})
    hub.say("attendance.counted", R"("meeting":"M","point":"dc-49","headcount":3)", "2023-05-30T08:15:00+07:00", sequence);
  const auto document = hub.make(Kind::kBaoCao, "M");
  const auto text = text_of(document);
  EXPECT_TRUE(holds(text, "IV. Ý KIẾN, PHẢN ÁNH, KIẾN NGHỊ\nV. KẾT LUẬN VÀ NHIỆM VỤ\n")) << text;
  ASSERT_EQ(document.annexes.size(), 5u);
  EXPECT_EQ(document.annexes.back().number, "V");
  EXPECT_TRUE(holds(text, "chi tiết tại Phụ lục V.")) << text;
}

}  // namespace
}  // namespace dongbo::report
