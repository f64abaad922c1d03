#include "hub/event/schema_set.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/json_parser.h"
#include "tests/unit/event/english.h"

namespace dongbo::event {
namespace {

std::string schema(std::string_view type, std::string_view home, std::string_view rest = "") {
  return "{\"x-type\":\"" + std::string(type) + "\",\"x-home\":" + std::string(home) +
         R"(,"type":"object","properties":{"meeting":{},"unit":{},"index":{},"year":{}})" + std::string(rest) + "}";
}

Result<SchemaSet> set_of(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& text : texts) files.emplace_back(std::to_string(files.size()) + ".json", text);
  return SchemaSet::from_texts(files);
}

std::string load_error(const std::vector<std::string>& texts) {
  const auto set = set_of(texts);
  return set ? "" : set.error().message;
}

std::string home_key(const SchemaSet& set, std::string_view type, std::string_view data) {
  JsonParser parser;
  simdjson::dom::element value;
  EXPECT_EQ(parser.parse(data, value), simdjson::SUCCESS);
  return set.find(type)->home_key(value);
}

TEST(SchemaSet, LoadsEveryEventTypeOfTheContract) {
  const auto set = SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
  ASSERT_TRUE(set) << set.error().message;
  std::set<std::string> areas;
  for (const auto& type : set->types()) areas.insert(set->find(type)->area());
  EXPECT_EQ(areas, (std::set<std::string>{"attendance", "budget", "commitment", "conclusion", "feedback", "index", "invitation",
                                          "meeting", "paper", "readiness", "registration", "unit"}));
  EXPECT_EQ(set->find("vn.dongbo.attendance.checked_in.v1")->area(), "attendance");
  EXPECT_EQ(set->find("vn.dongbo.attendance.checked_in.v2"), nullptr);
}

TEST(SchemaSet, EveryExampleOfEverySchemaIsValidAndHasAHome) {
  const auto set = SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
  ASSERT_TRUE(set) << set.error().message;
  JsonParser parser;
  for (const auto& name : set->types()) {
    const EventType& type = *set->find(name);
    ASSERT_TRUE(type.schema().contains("examples")) << name;
    for (const auto& example : type.schema()["examples"]) {
      simdjson::dom::element value;
      ASSERT_EQ(parser.parse(example.dump(), value), simdjson::SUCCESS);
      std::vector<Fault> faults;
      type.validate(value, faults);
      EXPECT_TRUE(faults.empty()) << name << faults[0].pointer << " " << faults[0].detail << example;
      EXPECT_NE(type.home_key(value), "") << name << example;
    }
  }
}

TEST(SchemaSet, TheFirstHomeWhoseMembersAreThereCounts) {
  const auto set = set_of({schema("vn.dongbo.a.b.v1", R"(["{meeting}","{unit}"])"),
                           schema("vn.dongbo.a.c.v1", R"(["{index}/{year}"])"), schema("vn.dongbo.a.d.v1", R"(["units"])")});
  ASSERT_TRUE(set) << set.error().message;
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.b.v1", R"({"unit":"u","meeting":"m"})"), "m");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.b.v1", R"({"unit":"u","meeting":""})"), "u");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.b.v1", R"({"unit":"u"})"), "u");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.b.v1", R"({"other":"u"})"), "");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.c.v1", R"({"year":2022.0,"index":"PAR INDEX"})"), "PAR INDEX/2022");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.c.v1", R"({"year":true,"index":"PAR INDEX"})"), "");
  EXPECT_EQ(home_key(*set, "vn.dongbo.a.d.v1", "{}"), "units");
}

TEST(SchemaSet, DataWithoutAHomeIsInvalid) {
  const auto set = set_of({schema("vn.dongbo.a.b.v1", R"(["{meeting}","{unit}"])")});
  JsonParser parser;
  simdjson::dom::element value;
  ASSERT_EQ(parser.parse("{}", value), simdjson::SUCCESS);
  std::vector<Fault> faults;
  set->find("vn.dongbo.a.b.v1")->validate(value, faults);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(english_of(faults[0].detail), "needs what names its home: {meeting} or {unit}");
}

TEST(SchemaSet, NumbersTypesInTheOrderOfTheirNames) {
  const auto set = set_of({schema("vn.dongbo.b.x.v1", R"(["u"])"), schema("vn.dongbo.a.x.v1", R"(["u"])")});
  EXPECT_EQ(set->types(), (std::vector<std::string>{"vn.dongbo.a.x.v1", "vn.dongbo.b.x.v1"}));
  EXPECT_EQ(set->find("vn.dongbo.a.x.v1")->number(), 0);
  EXPECT_EQ(set->find("vn.dongbo.b.x.v1")->number(), 1);
}

TEST(SchemaSet, SuggestsTheTypesOfTheArea) {
  const auto set = set_of(
      {schema("vn.dongbo.a.x.v1", R"(["u"])"), schema("vn.dongbo.a.y.v1", R"(["u"])"), schema("vn.dongbo.b.z.v1", R"(["u"])")});
  EXPECT_EQ(set->suggestions("vn.dongbo.a.typo.v1"), (std::vector<std::string>{"vn.dongbo.a.x.v1", "vn.dongbo.a.y.v1"}));
  EXPECT_EQ(set->suggestions("com.example"), (std::vector<std::string>{"vn.dongbo.a.*", "vn.dongbo.b.*"}));
}

TEST(SchemaSet, NamesFileAndPlaceOfWhatItCannotTake) {
  EXPECT_EQ(load_error({schema("vn.dongbo.a.b.v1", R"(["u"])", R"(,"not":{})")}),
            "0.json: /not: the keyword \"not\" is not supported");
  EXPECT_EQ(load_error({schema("vn.dongbo.a.b.v1", R"(["u"])"), schema("vn.dongbo.a.b.v1", R"(["u"])")}),
            "1.json: /x-type: another file describes vn.dongbo.a.b.v1 already");
  EXPECT_EQ(load_error({schema("vn.dongbo.a.b.v1", R"(["u"])", R"(,"title":"a","title":"b")")}),
            "0.json: /title: thành phần có nhiều hơn một lần / the member stands more than once");
}

TEST(SchemaSet, RefusesWhatDescribesNoEventType) {
  for (const std::string& text :
       {std::string("["), std::string("[]"), std::string("{}"), std::string(R"({"x-type":"vn.dongbo.a.b.v1"})"),
        schema("com.example.v1", R"(["u"])"), schema("vn.dongbo.a.b.v0", R"(["u"])"), schema("vn.dongbo.a.b.v1", "[]"),
        schema("vn.dongbo.a.b.v1", R"(["{none}"])"), schema("vn.dongbo.a.b.v1", R"(["{unit"])"),
        schema("vn.dongbo.a.b.v1", R"([""])"), schema("vn.dongbo.a.b.v1", "[1]")}) {
    EXPECT_NE(load_error({text}), "") << text;
  }
}

TEST(SchemaSet, ADirectoryWithoutSchemasIsRefused) {
  const auto directory = std::filesystem::path(testing::TempDir()) / "dongbo_no_schemas";
  std::filesystem::create_directories(directory);
  EXPECT_FALSE(SchemaSet::load(directory));
  EXPECT_FALSE(SchemaSet::load(directory / "missing"));
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace dongbo::event
