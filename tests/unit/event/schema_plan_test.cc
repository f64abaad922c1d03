#include "hub/event/schema_plan.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/event/json_parser.h"
#include "tests/unit/event/english.h"

namespace dongbo::event {
namespace {

Result<SchemaPlan> compile(std::string_view schema) {
  return SchemaPlan::compile(nlohmann::json::parse(schema), "x.json");
}

// A plan and a parser to judge texts with; checks that both ways of judging agree.
class Judge {
 public:
  explicit Judge(std::string_view schema) : plan_(compile(schema).value()) {}

  bool operator()(std::string_view json) { return faults(json).empty(); }

  std::vector<std::string> faults(std::string_view json) {
    simdjson::dom::element value;
    EXPECT_EQ(parser_.parse(json, value), simdjson::SUCCESS) << json;
    std::vector<Fault> faults;
    plan_.explain(value, "/data", faults);
    EXPECT_EQ(plan_.valid(value), faults.empty()) << json;
    std::vector<std::string> out;
    for (const auto& fault : faults) out.push_back(fault.pointer + ": " + english_of(fault.detail));
    return out;
  }

 private:
  SchemaPlan plan_;
  JsonParser parser_;
};

std::string compile_error(std::string_view schema) {
  const auto plan = compile(schema);
  return plan ? "" : plan.error().message;
}

using Texts = std::vector<std::string>;

TEST(SchemaPlan, JudgesTypes) {
  EXPECT_TRUE(Judge(R"({"type":"integer"})")("1.0"));
  EXPECT_TRUE(Judge(R"({"type":"integer"})")("1e3"));
  EXPECT_TRUE(Judge(R"({"type":"integer"})")("18446744073709551615"));
  EXPECT_FALSE(Judge(R"({"type":"integer"})")("1.5"));
  EXPECT_FALSE(Judge(R"({"type":"integer"})")("\"1\""));
  EXPECT_TRUE(Judge(R"({"type":["string","null"]})")("null"));
  EXPECT_EQ(Judge(R"({"type":["string","null"]})").faults("1"), (Texts{"/data: must be text or null"}));
  EXPECT_FALSE(Judge(R"({"type":"boolean"})")("0"));
  EXPECT_TRUE(Judge("{}")("[{}]"));
  EXPECT_FALSE(Judge("false")("1"));
}

TEST(SchemaPlan, JudgesObjects) {
  Judge judge(R"({"type":"object","required":["a","hidden"],"properties":{"a":{"type":"string"},"bb":{"type":"integer"}},
                  "additionalProperties":{"type":"boolean"}})");
  EXPECT_TRUE(judge(R"({"a":"x","bb":1,"hidden":true})"));
  EXPECT_EQ(judge.faults(R"({"bb":"1","other/":1})"),
            (Texts{"/data/bb: must be an integer", "/data/other~1: must be true or false", "/data/a: is missing",
                   "/data/hidden: is missing"}));
  EXPECT_EQ(Judge(R"({"properties":{"a":{}},"additionalProperties":false})").faults(R"({"a":1,"b":1})"),
            (Texts{"/data/b: not allowed here"}));
}

TEST(SchemaPlan, JudgesTextsByCharacters) {
  Judge judge(R"({"minLength":2,"maxLength":3})");
  EXPECT_FALSE(judge("\"Đ\""));
  EXPECT_TRUE(judge("\"ĐĐ\""));
  EXPECT_TRUE(judge("\"😀😀😀\""));
  EXPECT_FALSE(judge("\"😀😀😀😀\""));
  EXPECT_TRUE(judge("7"));  // keywords of texts say nothing of numbers
}

TEST(SchemaPlan, JudgesPatternsAndFormats) {
  EXPECT_TRUE(Judge(R"({"pattern":"b"})")("\"abc\""));
  EXPECT_FALSE(Judge(R"({"pattern":"^b"})")("\"abc\""));
  EXPECT_FALSE(Judge(R"({"format":"date"})")("\"2023-02-29\""));
  EXPECT_TRUE(Judge(R"({"format":"date"})")("\"2024-02-29\""));
  EXPECT_FALSE(Judge(R"({"format":"date-time"})")("\"2023-05-30T07:41:09\""));
  EXPECT_TRUE(Judge(R"({"format":"date-time"})")("\"2023-05-30T07:41:09+07:00\""));
  EXPECT_FALSE(Judge(R"({"format":"uri-reference"})")("\"a b\""));
}

TEST(SchemaPlan, JudgesBoundsExactly) {
  Judge judge(R"({"minimum":-0.5,"maximum":9007199254740993})");
  EXPECT_TRUE(judge("9007199254740993"));
  EXPECT_FALSE(judge("9007199254740994"));
  EXPECT_TRUE(judge("-0.5"));
  EXPECT_FALSE(judge("-1"));
}

TEST(SchemaPlan, JudgesArrays) {
  Judge judge(R"({"items":{"type":"integer"},"minItems":1,"maxItems":2})");
  EXPECT_TRUE(judge("[1,2]"));
  EXPECT_EQ(judge.faults("[]"), (Texts{"/data: needs at least 1 items"}));
  EXPECT_EQ(judge.faults("[1,\"x\",3]"), (Texts{"/data/1: must be an integer", "/data: has 3 items, at most 2 are allowed"}));
}

TEST(SchemaPlan, ComparesEnumAndConstByMeaning) {
  EXPECT_TRUE(Judge(R"({"enum":["a",{"x":1,"y":[2]}]})")(R"({"y":[2.0],"x":1e0})"));
  EXPECT_TRUE(Judge(R"({"const":1000})")("1e3"));
  EXPECT_EQ(Judge(R"({"enum":["a",1]})").faults("\"b\""), (Texts{R"(/data: must be one of "a", 1)"}));
}

TEST(SchemaPlan, JudgesAlternatives) {
  Judge any(R"({"anyOf":[{"required":["score"]},{"required":["rank"]}]})");
  EXPECT_TRUE(any(R"({"rank":1,"score":2})"));
  EXPECT_EQ(any.faults("{}"),
            (Texts{"/data: fits none of the allowed forms: /score thiếu / is missing; hoặc / or /rank thiếu / is missing"}));
  Judge one(R"({"oneOf":[{"required":["score"]},{"required":["rank"]}]})");
  EXPECT_TRUE(one(R"({"rank":1})"));
  EXPECT_EQ(one.faults(R"({"rank":1,"score":2})"),
            (Texts{"/data: fits more than one of the forms of which exactly one is allowed"}));
}

TEST(SchemaPlan, FollowsReferencesAlsoIntoThemselves) {
  Judge judge(R"({"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","required":["n"],"properties":
                 {"n":{"type":"integer"},"children":{"items":{"$ref":"#/$defs/tree"}}}}}})");
  EXPECT_TRUE(judge(R"({"n":1,"children":[{"n":2,"children":[]},{"n":3}]})"));
  EXPECT_EQ(judge.faults(R"({"n":1,"children":[{"n":2,"children":[{}]}]})"),
            (Texts{"/data/children/0/children/0/n: is missing"}));
}

TEST(SchemaPlan, KeywordsBesideAReferenceCountToo) {
  Judge judge(R"({"$ref":"#/$defs/id","maxLength":2,"$defs":{"id":{"type":"string","minLength":1}}})");
  EXPECT_TRUE(judge("\"ab\""));
  EXPECT_FALSE(judge("\"\""));
  EXPECT_FALSE(judge("\"abc\""));
}

TEST(SchemaPlan, TellsAtMostTwentyFaults) {
  std::string array = "[";
  for (int i = 0; i < 100; ++i) array += i == 0 ? "1" : ",1";
  EXPECT_EQ(Judge(R"({"items":{"type":"string"}})").faults(array + "]").size(), 20U);
}

TEST(SchemaPlan, RefusesUnsupportedKeywordsWithTheirPlace) {
  EXPECT_EQ(compile_error(R"({"properties":{"a/b":{"not":{}}}})"),
            "x.json: /properties/a~1b/not: the keyword \"not\" is not supported");
  for (const std::string_view keyword :
       {"allOf", "if", "uniqueItems", "exclusiveMinimum", "multipleOf", "patternProperties", "prefixItems", "contains",
        "dependentRequired", "unevaluatedProperties", "minProperties", "$dynamicRef", "typo"}) {
    EXPECT_NE(compile_error("{\"anyOf\":[{\"" + std::string(keyword) + "\":1}]}").find("/anyOf/0/" + std::string(keyword)),
              std::string::npos);
  }
}

TEST(SchemaPlan, RefusesKeywordsThatAreUsedWrongly) {
  for (const std::string_view schema :
       {R"({"type":"text"})", R"({"type":[]})", R"({"enum":[]})", R"({"pattern":"[a"})", R"({"format":"email"})",
        R"({"minLength":-1})", R"({"maxItems":1.5})", R"({"minimum":"1"})", R"({"required":"a"})", R"({"required":["a","a"]})",
        R"({"properties":[]})", R"({"anyOf":[]})", R"({"oneOf":{}})", R"({"$ref":"#/$defs/none"})", R"({"$ref":"other.json"})",
        R"({"items":[{}]})", R"({"additionalProperties":1})", R"({"properties":{"a":{"$defs":{}}}})",
        R"({"$defs":{"unused":{"not":{}}}})"}) {
    EXPECT_NE(compile_error(schema), "") << schema;
  }
}

TEST(SchemaPlan, RefusesAReferenceThatLeadsBackWithoutAStep) {
  EXPECT_NE(compile_error(R"({"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"}]}}})").find("leads back"),
            std::string::npos);
}

TEST(SchemaPlan, ReadsAnnotationsOver) {
  EXPECT_EQ(
      compile_error(
          R"({"$schema":"s","$id":"i","title":"t","description":"d","examples":[1],"default":2,"x-home":["{a}"],"x-any":{}})"),
      "");
}

}  // namespace
}  // namespace dongbo::event
