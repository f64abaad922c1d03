#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>
#include <nlohmann/json_fwd.hpp>

#include "hub/base/result.h"
#include "hub/event/fault.h"
#include "hub/event/text_pattern.h"

namespace dongbo::event {

// What a compiled schema is made of; for SchemaPlan, its compiler and its judge only.
namespace plan {

using NodeIndex = std::int32_t;
constexpr NodeIndex kNone = -1;
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

enum Type : std::uint8_t {
  kNull = 1,
  kBoolean = 2,
  kObject = 4,
  kArray = 8,
  kNumber = 16,
  kInteger = 32,
  kString = 64,
};
enum class Format { kAny, kDateTime, kDate, kUriReference };

struct Property {
  std::string name;
  std::uint64_t prefix = 0;    // of the name, see words.h
  NodeIndex node = kNone;      // kNone: named by `required` alone
  std::uint64_t required = 0;  // its bit in required_mask
};
struct StringRules {
  std::size_t length_min = 0;
  std::size_t length_max = kNoLimit;
  std::optional<TextPattern> pattern;
  Format format = Format::kAny;
};
struct NumberRules {
  // long double holds every 64-bit integer and every double exactly.
  std::optional<long double> minimum;
  std::optional<long double> maximum;
};
struct ArrayRules {
  NodeIndex items = kNone;
  std::size_t count_min = 0;
  std::size_t count_max = kNoLimit;
};
struct ObjectRules {
  std::vector<Property> properties;   // sorted by length, then bytes
  std::vector<std::uint32_t> starts;  // starts[n]: the first property of length n or more
  std::uint64_t required_mask = 0;
  NodeIndex additional = kNone;  // kNone: anything

  const Property* find(std::string_view name) const;
};
struct Node {
  bool never = false;      // the schema `false`
  std::uint8_t types = 0;  // 0: any
  NodeIndex ref = kNone;
  std::optional<StringRules> string;
  std::optional<NumberRules> number;
  std::optional<ArrayRules> array;
  std::optional<ObjectRules> object;
  std::optional<std::vector<std::string>> allowed;  // enum or const, in canonical spelling
  std::vector<NodeIndex> any_of;
  std::vector<NodeIndex> one_of;
};

// "phải là chuỗi hoặc null / must be text or null"
std::string wrong_type(std::uint8_t types);

}  // namespace plan

// A JSON Schema (2020-12) compiled into a table of nodes, so that judging a value reads no JSON of the schema and
// allocates nothing. Immutable: any thread may judge. It takes exactly these keywords and refuses every other one at
// compile, because a keyword that is read over would let through what the schema's author meant to stop: type (also a
// list), required, properties, additionalProperties, enum, const, pattern, minLength, maxLength, minimum, maximum,
// items, minItems, maxItems, format (date-time, date, uri-reference: asserted), oneOf, anyOf, $ref to #/$defs/NAME,
// $defs; and as annotations $schema, $id, title, description, examples, default, x-*.
//
// Limits: 64 required members an object; a $ref may lead back to itself only through a member or an item.
class SchemaPlan {
 public:
  // `file` is for the message, which names it and the JSON Pointer of what cannot be taken.
  static Result<SchemaPlan> compile(const nlohmann::json& schema, const std::string& file);

  // The fast answer, without reasons.
  bool valid(const simdjson::dom::element& value) const;
  // Appends what is wrong with `value`, at most kFaultsMax faults in `faults` altogether; their pointers start with
  // `pointer`.
  void explain(const simdjson::dom::element& value, std::string pointer, std::vector<Fault>& faults) const;

  static constexpr std::size_t kFaultsMax = 20;

 private:
  friend class SchemaCompiler;
  friend class SchemaJudge;

  std::vector<plan::Node> nodes_;  // the first is the root
};

}  // namespace dongbo::event
