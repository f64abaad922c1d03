// A compiled plan says of every value what an independent validator says.
//
// The oracle, valijson, speaks an older draft than 2020-12, so what the drafts differ in is not drawn here and is held
// by unit tests: doubles of whole value (1.0 is an integer to us, not to it), keywords beside $ref (it does not read
// them), `format` (it does not assert it).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "hub/event/json_parser.h"
#include "hub/event/schema_plan.h"
#include "hub/event/text_pattern.h"
#include "tests/property/event_json.h"

namespace dongbo::event {
namespace {

using nlohmann::json;

json pick_schema(int depth, bool references);

void add_object_rules(json& schema, int depth, bool references) {
  if (pick(2) == 0) {
    for (int i = pick(4); i > 0; --i) schema["properties"][pick_name()] = pick_schema(depth - 1, references);
  }
  if (pick(2) == 0) {
    std::set<std::string> names;
    for (int i = pick(3); i >= 0; --i) names.insert(pick_name());
    schema["required"] = names;
  }
  if (pick(3) == 0) schema["additionalProperties"] = pick(2) == 0 ? json(pick(2) == 0) : pick_schema(depth - 1, references);
}

void add_text_rules(json& schema) {
  static const char* const kPatterns[] = {"^[a-z]+$", "a", "^[^a]*$", "1$", "^[a-z0-9]{1,2}$", "^(a|b)"};
  if (pick(2) == 0) schema["minLength"] = pick(4);
  if (pick(2) == 0) schema["maxLength"] = pick(4);
  if (pick(3) == 0) schema["pattern"] = kPatterns[pick(6)];
}

void add_array_rules(json& schema, int depth, bool references) {
  if (pick(2) == 0) schema["items"] = pick_schema(depth - 1, references);
  if (pick(3) == 0) schema["minItems"] = pick(3);
  if (pick(3) == 0) schema["maxItems"] = pick(3);
}

void add_number_rules(json& schema) {
  if (pick(2) == 0) schema["minimum"] = pick(2) == 0 ? json(pick(5) - 2) : json(pick(5) - 2.5);
  if (pick(2) == 0) schema["maximum"] = pick(2) == 0 ? json(pick(5) - 2) : json(pick(5) - 2.5);
}

json pick_type() {
  static const char* const kTypes[] = {"null", "boolean", "object", "array", "number", "integer", "string"};
  if (pick(3) > 0) return kTypes[pick(7)];
  std::set<std::string> list;
  for (int i = pick(3); i >= 0; --i) list.insert(kTypes[pick(7)]);
  return list;
}

json pick_schema(int depth, bool references) {
  if (references && pick(5) == 0) return {{"$ref", pick(2) == 0 ? "#/$defs/one" : "#/$defs/two"}};
  json schema = json::object();
  if (pick(2) == 0) schema["type"] = pick_type();
  if (pick(3) == 0) add_text_rules(schema);
  if (pick(3) == 0) add_number_rules(schema);
  if (pick(8) == 0) {
    schema["enum"] = json::array();
    for (int i = pick(3); i >= 0; --i) {
      auto value = pick_value(1);
      if (std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) schema["enum"].push_back(value);
    }
  } else if (pick(8) == 0) {
    schema["const"] = pick_value(1);
  }
  if (depth == 0) return schema;
  if (pick(2) == 0) add_object_rules(schema, depth, references);
  if (pick(3) == 0) add_array_rules(schema, depth, references);
  for (const char* const forms : {"anyOf", "oneOf"}) {
    if (pick(6) != 0) continue;
    for (int i = pick(3); i >= 0; --i) schema[forms].push_back(pick_schema(depth - 1, references));
  }
  return schema;
}

json pick_root() {
  json schema = pick_schema(2, true);
  // What is referred to does not refer further: the oracle unfolds references, and only unit tests try recursion.
  schema["$defs"] = {{"one", pick_schema(1, false)}, {"two", pick_schema(1, false)}};
  if (schema.contains("$ref")) schema = {{"properties", {{"a", {{"$ref", "#/$defs/one"}}}}}, {"$defs", schema["$defs"]}};
  return schema;
}

bool oracle_says(const json& schema, const json& value) {
  valijson::Schema compiled;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled);
  valijson::Validator validator;
  return validator.validate(compiled, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
}

RC_GTEST_PROP(EventPlan, SaysWhatAnIndependentValidatorSays, ()) {
  const json schema = pick_root();
  const auto plan = SchemaPlan::compile(schema, "drawn.json");
  RC_ASSERT(plan.has_value());
  JsonParser parser;
  for (int i = 0; i < 5; ++i) {
    const json value = pick_value(3);
    simdjson::dom::element element;
    RC_ASSERT(parser.parse(value.dump(), element) == simdjson::SUCCESS);
    std::vector<Fault> faults;
    plan->explain(element, "", faults);
    RC_LOG() << schema << "\n" << value << "\n";
    RC_ASSERT(plan->valid(element) == faults.empty());
    RC_ASSERT(plan->valid(element) == oracle_says(schema, value));
  }
}

// The pointer of every fault leads to something that is there, but for "is missing".
RC_GTEST_PROP(EventPlan, FaultsPointIntoTheValue, ()) {
  const json schema = pick_root();
  const auto plan = SchemaPlan::compile(schema, "drawn.json");
  RC_ASSERT(plan.has_value());
  const json value = pick_value(3);
  JsonParser parser;
  simdjson::dom::element element;
  RC_ASSERT(parser.parse(value.dump(), element) == simdjson::SUCCESS);
  std::vector<Fault> faults;
  plan->explain(element, "", faults);
  for (const auto& fault : faults) {
    json::json_pointer pointer(fault.pointer);
    RC_ASSERT(value.contains(pointer) == (fault.detail != "thiếu / is missing"));
  }
}

RC_GTEST_PROP(EventPattern, ATableSaysWhatRe2Says, ()) {
  static const char* const kParts[] = {"a", "b-f", "0-9", "\\d", "\\-", "\\x00-\\x1f", "\\x7f", ".", "+", "\\]", "-"};
  static const char* const kRepetitions[] = {"", "+", "*", "{2}", "{1,3}", "{0,}", "{0,1}"};
  std::string text = pick(2) == 0 ? "^[" : "^[^";
  for (int i = pick(4); i >= 0; --i) text += kParts[pick(10)];
  text += pick(4) == 0 ? "-]" : "]";
  text += kRepetitions[pick(7)];
  text += "$";
  const auto pattern = TextPattern::compile(text);
  RC_ASSERT(pattern.has_value());
  RC_CLASSIFY(pattern->by_table(), "by table");
  for (int i = 0; i < 20; ++i) {
    std::string subject;
    static const char* const kCharacters[] = {"a", "b", "g", "5", "-", "]", "+", ".", "\x01", "\x7f", "Đ", "\xc2\x85", "😀", "\n"};
    for (int length = pick(5); length > 0; --length) subject += kCharacters[pick(14)];
    RC_LOG() << text << " on " << subject << "\n";
    RC_ASSERT(pattern->matches(subject) == pattern->matches_by_re2(subject));
  }
}

}  // namespace
}  // namespace dongbo::event
