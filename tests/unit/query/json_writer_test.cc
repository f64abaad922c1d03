#include "hub/query/json_writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/projection/attendance_person.h"
#include "hub/projection/meetings.h"
#include "hub/projection/row_json.h"

namespace dongbo::query {
namespace {

std::string written(const auto& value) {
  std::string out;
  append_json(out, value);
  return out;
}

TEST(JsonWriter, TextsReadBackAsTheyWere) {
  std::string every;
  for (int c = 1; c < 128; ++c) every.push_back(static_cast<char>(c));
  for (const auto& text : {std::string(), std::string("Điểm cầu \"Tam Kỳ\"\\\n\t"), every, std::string("a\0b", 3)}) {
    EXPECT_EQ(nlohmann::json::parse(written(text)), text);
  }
}

TEST(JsonWriter, WhatIsNotUtf8IsReplacedNotPassedOn) {
  const auto out = nlohmann::json::parse(written(std::string("a\xff\xc3")), nullptr, false);
  ASSERT_FALSE(out.is_discarded());
  EXPECT_EQ(out, "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(JsonWriter, RowsReadAsTheFeedShowsThem) {
  projection::MeetingRow row;
  row.meeting = "M";
  row.basis = {"một", "hai"};
  row.opened_at = Millis(1'685'408'400'000);
  row.agenda.emplace_back().title = "Khai mạc";
  row.agenda.back().minutes = 15;
  row.history.add({{Millis(0), event::digest_of("planned")}, "planned", "", "", "", "", "", "", "", "", "", ""});
  EXPECT_EQ(nlohmann::ordered_json::parse(written(row)), projection::to_json(row));
  ObjectText some;
  some.members_of(row, {"history", "agenda"});
  const auto shown = nlohmann::ordered_json::parse(some.text());
  EXPECT_FALSE(shown.contains("agenda"));
  EXPECT_EQ(shown["cancelled_at"], "");
  EXPECT_EQ(shown["agenda_revision"], nullptr);
}

TEST(JsonWriter, APersonsScansReadAsTheFeedShowsThem) {
  projection::PersonRow person;
  person.scans.add({Millis(1'685'408'400'000), 7, false, {"dc-502", "20335", "xa"}});
  EXPECT_EQ(nlohmann::ordered_json::parse(written(person)), projection::to_json(person));
}

TEST(JsonWriter, EmptyObjectsAndArraysAreWhole) {
  EXPECT_EQ(ObjectText().text(), "{}");
  EXPECT_EQ(ArrayText().text(), "[]");
  ObjectText one;
  EXPECT_EQ(one.member("a", true).member("b", -5).raw("c", "[1]").member("d", 0.5).text(),
            R"({"a":true,"b":-5,"c":[1],"d":0.5})");
}

}  // namespace
}  // namespace dongbo::query
