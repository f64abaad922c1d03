#include "hub/query/json_writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/projection/meetings.h"

namespace dongbo::query {
namespace {

TEST(JsonWriter, TheMembersOfARowSaveThoseNamed) {
  projection::MeetingRow row;
  row.meeting = "M";
  ObjectText some;
  some.members_of(row, {"history", "agenda"});
  const auto shown = nlohmann::ordered_json::parse(some.text());
  EXPECT_FALSE(shown.contains("agenda"));
  EXPECT_EQ(shown["meeting"], "M");
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
