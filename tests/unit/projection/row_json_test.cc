#include "hub/projection/row_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/projection/attendance_person.h"
#include "hub/projection/meetings.h"

namespace dongbo::projection {
namespace {

TEST(RowJson, MembersReadByNameMomentsInVietnamsZoneAndWhatIsAbsentAsEmptyOrNull) {
  MeetingRow row;
  row.meeting = "M";
  row.basis = {"một", "hai"};
  row.opened_at = Millis(1'685'408'400'000);
  row.agenda.emplace_back().title = "Khai mạc";
  row.agenda.back().minutes = 15;
  const auto shown = nlohmann::ordered_json::parse(json_of(row));
  EXPECT_EQ(shown.begin().key(), "meeting");
  EXPECT_EQ(shown["basis"].dump(), R"(["một","hai"])");
  EXPECT_EQ(shown["opened_at"], "2023-05-30T08:00:00+07:00");
  EXPECT_EQ(shown["cancelled_at"], "");
  EXPECT_EQ(shown["agenda_revision"], nullptr);
  EXPECT_EQ(shown["agenda"][0]["minutes"], 15);
}

TEST(RowJson, BookkeepingIsNotShown) {
  MeetingRow row;
  row.history.add({{Millis(0), event::digest_of("planned")}, "planned", "", "", "", "", "", "", "", "", "", ""});
  const auto shown = nlohmann::ordered_json::parse(json_of(row))["history"];
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0]["time"], "1970-01-01T07:00:00+07:00");
  for (const auto& [name, value] : shown[0].items()) EXPECT_NE(name.front(), '_') << name;
}

TEST(RowJson, APersonsScansReadAsAListWithTheirSeats) {
  PersonRow person;
  EXPECT_EQ(json_of(person.scans), "[]");
  person.scans.add({Millis(1'685'408'400'000), 7, false, {"dc-502", "20335", "xa"}});
  person.scans.add({Millis(1'685'408'460'000), 8, true, {"dc-502", "20335", "xa"}});
  EXPECT_EQ(json_of(person.scans),
            R"([{"time":"2023-05-30T08:00:00+07:00","out":false,"seat":{"point":"dc-502","unit":"20335","composition":"xa"}},)"
            R"({"time":"2023-05-30T08:01:00+07:00","out":true,"seat":{"point":"dc-502","unit":"20335","composition":"xa"}}])");
  const auto shown = nlohmann::ordered_json::parse(json_of(person), nullptr, false);
  EXPECT_TRUE(shown.is_object());
}

}  // namespace
}  // namespace dongbo::projection
