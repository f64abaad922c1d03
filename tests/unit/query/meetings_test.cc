#include "tests/unit/query/hub_fixture.h"

namespace dongbo::query {
namespace {

constexpr std::string_view kMeeting = "QNA-2023-05-30";

// The sample events of the contract, through every list of a meeting.
class MeetingsOfTheSamples : public HubFixture {
 protected:
  void SetUp() override {
    HubFixture::SetUp();
    send_samples();
  }
  static std::string path(std::string_view list) { return fmt::format("meetings/{}/{}", kMeeting, list); }
};

TEST_F(MeetingsOfTheSamples, AreListedWithTheirHead) {
  const auto answer = get("meetings");
  const auto meeting = item(answer["items"], "meeting", kMeeting);
  ASSERT_FALSE(meeting.is_null());
  EXPECT_EQ(meeting["organiser"], "49");
  EXPECT_EQ(meeting["day"], "2023-05-30");
  EXPECT_EQ(meeting["mode"], "online");
  EXPECT_EQ(meeting["state"], "planned");
  EXPECT_EQ(meeting["opened_at"], "");
  EXPECT_EQ(meeting["points"], 1);
  EXPECT_EQ(meeting["flags"], Json::array());
  EXPECT_FALSE(answer["freshness"]["event_time"].get<std::string>().empty());
}

TEST_F(MeetingsOfTheSamples, AreMarkedSimulatedWhenAnyOfTheirFactsIs) {
  // The plan is real, the check-ins of the samples are not.
  EXPECT_EQ(item(get("meetings")["items"], "meeting", kMeeting)["simulated"], true);
  EXPECT_EQ(get(fmt::format("meetings/{}", kMeeting))["simulated"], true);
  send("meeting.planned", "real", "2023-05-16T00:00:00+07:00", R"({"meeting":"REAL","title":"Họp","day":"2023-06-01"})");
  EXPECT_EQ(get("meetings/REAL")["simulated"], false);
}

TEST_F(MeetingsOfTheSamples, OneIsShownWithItsBasisAgendaAndHistory) {
  send("meeting.rescheduled", "move", "2023-05-20T08:00:00+07:00",
       R"({"meeting":"QNA-2023-05-30","day":"2023-05-31","reason":"thời tiết"})");
  send("meeting.opened", "open", "2023-05-31T08:00:00+07:00", R"({"meeting":"QNA-2023-05-30"})");
  const auto meeting = get(fmt::format("meetings/{}", kMeeting));
  EXPECT_EQ(meeting["state"], "opened");
  EXPECT_EQ(meeting["opened_at"], "2023-05-31T08:00:00+07:00");
  EXPECT_EQ(meeting["day"], "2023-05-31");
  EXPECT_EQ(meeting["basis"].size(), 1U);
  EXPECT_EQ(meeting["agenda"], Json::array());
  EXPECT_EQ(texts(meeting["history"], "fact"), (std::vector<std::string>{"planned", "rescheduled", "opened"}));
  EXPECT_TRUE(meeting.contains("freshness"));
  for (const auto* hidden : {"known", "_said", "_last_opened"}) EXPECT_FALSE(meeting.contains(hidden)) << hidden;
}

TEST_F(MeetingsOfTheSamples, PointsCarryTheirReadiness) {
  send("readiness.reported", "r-x", "2023-05-30T07:05:00+07:00",
       R"({"meeting":"QNA-2023-05-30","point":"dc-la","line":"connecting"})");
  const auto items = get(path("points"))["items"];
  ASSERT_EQ(texts(items, "point"), (std::vector<std::string>{"dc-502", "dc-la"}));
  EXPECT_EQ(items[0]["planned"], true);
  EXPECT_EQ(items[0]["unit"], "502");
  EXPECT_EQ(items[0]["line"], "connected");
  EXPECT_EQ(items[0]["readiness_time"], "2023-05-30T07:00:00+07:00");
  EXPECT_EQ(items[1]["planned"], false);
  EXPECT_EQ(items[1]["line"], "connecting");
  EXPECT_EQ(items[1]["flags"], Json::array({"unplanned_point"}));
  EXPECT_EQ(walk(path("points"), {{"page_size", "1"}}).size(), 2U);
  EXPECT_EQ(texts(get(path("points"), {{"unit", "49"}})["items"], "point"), std::vector<std::string>{"dc-502"});
}

TEST_F(MeetingsOfTheSamples, InvitationsAreFilteredAndFlaggedAndShowNoPhone) {
  send("invitation.issued", "gm-x", "2023-05-22T10:00:00+07:00",
       R"({"meeting":"QNA-2023-05-30","invitation":"gm-x","point":"dc-999","unit":"xa-la","composition":"nhom_la",)"
       R"("delegate":"77","name":"Mô phỏng","phone":"0900000000"})");
  const auto items = get(path("invitations"))["items"];
  const auto named = item(items, "invitation", "gm-0007");
  EXPECT_EQ(named["flags"], Json::array());
  EXPECT_EQ(named["state"], "valid");
  EXPECT_EQ(named["headcount"], 0);
  EXPECT_EQ(named["issued_at"], "2023-05-22T09:00:00+07:00");
  EXPECT_EQ(item(items, "invitation", "gm-0012")["headcount"], 12);
  const auto strange = item(items, "invitation", "gm-x");
  EXPECT_EQ(strange["flags"], Json::array({"unplanned_point", "unknown_unit", "unknown_composition"}));
  EXPECT_FALSE(strange.contains("phone"));
  EXPECT_EQ(texts(walk(path("invitations"), {{"composition", "chu_tich_ubnd_xa"}}), "invitation"),
            std::vector<std::string>{"gm-0007"});
  EXPECT_EQ(texts(walk(path("invitations"), {{"unit", "502"}, {"page_size", "1"}}), "invitation"),
            (std::vector<std::string>{"gm-0007", "gm-0012"}));
}

TEST_F(MeetingsOfTheSamples, RegistrationsReadinessPapersBudgetAreListed) {
  EXPECT_EQ(texts(walk(path("registrations"), {{"page_size", "1"}}), "state"),
            (std::vector<std::string>{"confirmed", "declined", "delegated"}));
  const auto declined = item(get(path("registrations"))["items"], "delegate", "0008");
  EXPECT_EQ(declined["leave"], true);
  EXPECT_EQ(declined["reason"], "công tác");
  const auto ready = get(path("readiness"))["items"];
  ASSERT_EQ(ready.size(), 1U);
  EXPECT_EQ(ready[0]["history"].size(), 1U);
  EXPECT_TRUE(get(path("readiness"), {{"point", "dc-1"}})["items"].empty());
  EXPECT_EQ(get(path("papers"))["items"][0]["paper"], "tl-01");
  EXPECT_TRUE(get(path("papers"), {{"unit", "502"}})["items"].empty());
  // An agency of the catalogue stands under its province.
  EXPECT_EQ(get(path("papers"), {{"unit", "49"}})["items"].size(), 1U);
  EXPECT_EQ(get(path("budget"))["items"][0]["estimate"], "dt-kp-01");
}

TEST_F(MeetingsOfTheSamples, FeedbackComesWithSurveysAndCommitmentsWithConclusions) {
  const auto feedback = get(path("feedback"));
  ASSERT_EQ(feedback["items"].size(), 1U);
  EXPECT_EQ(feedback["items"][0]["state"], "submitted");
  EXPECT_TRUE(feedback["surveys"].is_array());
  const auto commitments = get(path("commitments"));
  EXPECT_EQ(commitments["items"][0]["commitment"], "nv-01");
  EXPECT_EQ(commitments["conclusions"][0]["conclusion"], "kl-01");
  EXPECT_EQ(commitments["next_page_token"], "");
}

TEST_F(MeetingsOfTheSamples, ArePagedOverAllShardsByName) {
  for (int i = 0; i < 20; ++i) {
    send("meeting.planned", fmt::format("m-{}", i), "2023-05-16T00:00:00+07:00",
         fmt::format(R"({{"meeting":"H-{:02}","title":"Họp","organiser":"49","day":"2023-06-01","mode":"online"}})", i));
  }
  const auto names = texts(walk("meetings", {{"page_size", "3"}}), "meeting");
  EXPECT_EQ(names.size(), 21U);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

}  // namespace
}  // namespace dongbo::query
