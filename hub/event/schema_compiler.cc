#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "hub/event/canonical.h"
#include "hub/event/json_parser.h"
#include "hub/event/schema_plan.h"
#include "hub/event/words.h"

namespace dongbo::event {

using nlohmann::json;

// Turns a schema's JSON into a plan's nodes; lives for one compile. The first fault stops it.
class SchemaCompiler {
 public:
  SchemaCompiler(const json& schema, const std::string& file) : root_(schema), file_(file) {}

  Result<SchemaPlan> compile() {
    plan_.nodes_.emplace_back();
    DONGBO_TRY(compile_into(0, root_, ""));
    DONGBO_TRY(refuse_endless_references());
    return std::move(plan_);
  }

 private:
  using Node = plan::Node;
  using NodeIndex = plan::NodeIndex;

  Error error(const std::string& pointer, const std::string& detail) const {
    return Error::fatal(file_ + ": " + (pointer.empty() ? "the schema" : pointer) + ": " + detail);
  }

  NodeIndex new_node() {
    plan_.nodes_.emplace_back();
    return static_cast<NodeIndex>(plan_.nodes_.size() - 1);
  }

  Result<NodeIndex> compile_new(const json& schema, const std::string& pointer) {
    const NodeIndex index = new_node();
    DONGBO_TRY(compile_into(index, schema, pointer));
    return index;
  }

  Result<void> compile_into(NodeIndex index, const json& schema, const std::string& pointer) {
    Node node;
    if (schema.is_boolean()) {
      node.never = !schema.get<bool>();
    } else if (schema.is_object()) {
      for (const auto& [keyword, value] : schema.items()) {
        DONGBO_TRY(compile_keyword(node, keyword, value, pointer + pointer_token(keyword)));
      }
      DONGBO_TRY(compile_object(node, schema, pointer));
    } else {
      return error(pointer, "a schema is an object, true or false");
    }
    plan_.nodes_[static_cast<std::size_t>(index)] = std::move(node);
    return {};
  }

  // Every keyword is named here once; those of objects are only checked for their place, they are compiled together.
  Result<void> compile_keyword(Node& node, const std::string& keyword, const json& value, const std::string& pointer) {
    static const std::set<std::string, std::less<>> kAnnotations = {"$schema",     "$id",      "title",
                                                                    "description", "examples", "default"};
    static const std::set<std::string, std::less<>> kOfObjects = {"required", "properties", "additionalProperties"};
    if (keyword.starts_with("x-") || kAnnotations.contains(keyword) || kOfObjects.contains(keyword)) return {};
    if (keyword == "type") return compile_type(node, value, pointer);
    if (keyword == "$ref") return compile_reference(node, value, pointer);
    if (keyword == "$defs") return compile_definitions(value, pointer);
    if (keyword == "enum" || keyword == "const") return compile_allowed(node, keyword, value, pointer);
    if (keyword == "anyOf") return compile_forms(node.any_of, value, pointer);
    if (keyword == "oneOf") return compile_forms(node.one_of, value, pointer);
    if (keyword == "pattern") return compile_pattern(rules(node.string), value, pointer);
    if (keyword == "format") return compile_format(rules(node.string), value, pointer);
    if (keyword == "minLength") return read_count(rules(node.string).length_min, value, pointer);
    if (keyword == "maxLength") return read_count(rules(node.string).length_max, value, pointer);
    if (keyword == "minItems") return read_count(rules(node.array).count_min, value, pointer);
    if (keyword == "maxItems") return read_count(rules(node.array).count_max, value, pointer);
    if (keyword == "minimum") return read_bound(rules(node.number).minimum, value, pointer);
    if (keyword == "maximum") return read_bound(rules(node.number).maximum, value, pointer);
    if (keyword == "items") {
      DONGBO_ASSIGN(rules(node.array).items, compile_new(value, pointer));
      return {};
    }
    return error(pointer, "the keyword \"" + keyword + "\" is not supported");
  }

  template <class Rules>
  static Rules& rules(std::optional<Rules>& place) {
    if (!place) place.emplace();
    return *place;
  }

  Result<void> compile_type(Node& node, const json& value, const std::string& pointer) {
    static const std::map<std::string, std::uint8_t, std::less<>> kTypes = {
        {"null", plan::kNull},     {"boolean", plan::kBoolean}, {"object", plan::kObject}, {"array", plan::kArray},
        {"number", plan::kNumber}, {"integer", plan::kInteger}, {"string", plan::kString}};
    const json list = value.is_array() ? value : json::array({value});
    for (const auto& name : list) {
      const auto found = name.is_string() ? kTypes.find(name.get_ref<const std::string&>()) : kTypes.end();
      if (found == kTypes.end()) return error(pointer, "not a type: " + name.dump());
      node.types |= found->second;
    }
    if (list.empty()) return error(pointer, "names no type");
    return {};
  }

  Result<void> compile_reference(Node& node, const json& value, const std::string& pointer) {
    constexpr std::string_view kStart = "#/$defs/";
    const std::string target = value.is_string() ? value.get<std::string>() : "";
    if (!target.starts_with(kStart) || target.find('/', kStart.size()) != std::string::npos) {
      return error(pointer, "a $ref may only point to #/$defs/NAME in the same file");
    }
    const std::string name = target.substr(kStart.size());
    const auto definitions = root_.find("$defs");
    if (definitions == root_.end() || !definitions->is_object() || !definitions->contains(name)) {
      return error(pointer, "there is no " + target);
    }
    DONGBO_ASSIGN(node.ref, definition(name, definitions->at(name)));
    return {};
  }

  // The node of #/$defs/NAME, compiled when it is first asked for. It is known before it is compiled, so that it may
  // refer to itself.
  Result<NodeIndex> definition(const std::string& name, const json& schema) {
    if (const auto known = definitions_.find(name); known != definitions_.end()) return known->second;
    const NodeIndex index = new_node();
    definitions_.emplace(name, index);
    DONGBO_TRY(compile_into(index, schema, "/$defs" + pointer_token(name)));
    return index;
  }

  // Also those that nothing refers to, so that a fault in them is found.
  Result<void> compile_definitions(const json& value, const std::string& pointer) {
    if (pointer != "/$defs") return error(pointer, "$defs may stand at the top of the schema only");
    if (!value.is_object()) return error(pointer, "must be an object");
    for (const auto& [name, schema] : value.items()) {
      if (name.find_first_of("/~%") != std::string::npos)
        return error(pointer + pointer_token(name), "a name without / ~ % please");
      DONGBO_TRY(definition(name, schema));
    }
    return {};
  }

  Result<void> compile_allowed(Node& node, const std::string& keyword, const json& value, const std::string& pointer) {
    if (keyword == "enum" && (!value.is_array() || value.empty())) return error(pointer, "must be an array of values");
    std::vector<std::string> texts;
    for (const auto& one : keyword == "enum" ? value : json::array({value})) {
      DONGBO_ASSIGN(texts.emplace_back(), canonical(one, pointer));
    }
    if (node.allowed) return error(pointer, "enum and const in one schema are not supported");
    node.allowed = std::move(texts);
    return {};
  }

  Result<std::string> canonical(const json& value, const std::string& pointer) {
    simdjson::dom::element element;
    std::string out;
    CanonicalWriter writer;
    if (parser_.parse(value.dump(), element) != simdjson::SUCCESS || !writer.append(out, element)) {
      return error(pointer, "a value that events cannot hold: " + value.dump());
    }
    return out;
  }

  Result<void> compile_forms(std::vector<NodeIndex>& forms, const json& value, const std::string& pointer) {
    if (!value.is_array() || value.empty()) return error(pointer, "must be an array of schemas");
    for (std::size_t i = 0; i < value.size(); ++i) {
      DONGBO_ASSIGN(forms.emplace_back(), compile_new(value[i], pointer + "/" + std::to_string(i)));
    }
    return {};
  }

  Result<void> compile_pattern(plan::StringRules& string, const json& value, const std::string& pointer) {
    if (!value.is_string()) return error(pointer, "must be text");
    auto pattern = TextPattern::compile(value.get<std::string>());
    if (!pattern) return error(pointer, pattern.error().message);
    string.pattern = std::move(pattern).value();
    return {};
  }

  Result<void> compile_format(plan::StringRules& string, const json& value, const std::string& pointer) {
    if (value == "date-time") {
      string.format = plan::Format::kDateTime;
    } else if (value == "date") {
      string.format = plan::Format::kDate;
    } else if (value == "uri-reference") {
      string.format = plan::Format::kUriReference;
    } else {
      return error(pointer, "the format " + value.dump() + " is not supported");
    }
    return {};
  }

  Result<void> read_count(std::size_t& count, const json& value, const std::string& pointer) {
    const double number = value.is_number() ? value.get<double>() : -1;
    if (number < 0 || number > 1e9 || number != static_cast<double>(static_cast<std::size_t>(number))) {
      return error(pointer, "must be a whole number from 0 to 1000000000");
    }
    count = static_cast<std::size_t>(number);
    return {};
  }

  Result<void> read_bound(std::optional<long double>& bound, const json& value, const std::string& pointer) {
    if (value.is_number_unsigned()) {
      bound = static_cast<long double>(value.get<std::uint64_t>());
    } else if (value.is_number_integer()) {
      bound = static_cast<long double>(value.get<std::int64_t>());
    } else if (value.is_number_float()) {
      bound = static_cast<long double>(value.get<double>());
    } else {
      return error(pointer, "must be a number");
    }
    return {};
  }

  Result<void> compile_object(Node& node, const json& schema, const std::string& pointer) {
    const bool any = schema.contains("required") || schema.contains("properties") || schema.contains("additionalProperties");
    if (!any) return {};
    plan::ObjectRules& object = rules(node.object);
    std::map<std::string, plan::Property> properties;
    if (const auto found = schema.find("properties"); found != schema.end()) {
      DONGBO_TRY(compile_properties(properties, *found, pointer + "/properties"));
    }
    if (const auto found = schema.find("additionalProperties"); found != schema.end() && *found != true) {
      DONGBO_ASSIGN(object.additional, compile_new(*found, pointer + "/additionalProperties"));
    }
    if (const auto found = schema.find("required"); found != schema.end()) {
      DONGBO_TRY(compile_required(properties, *found, pointer + "/required"));
    }
    std::vector<plan::Property> sorted;
    for (auto& [name, property] : properties) {
      property.name = name;
      property.prefix = words::prefix(name);
      object.required_mask |= property.required;
      sorted.push_back(std::move(property));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.name.size() < b.name.size(); });
    object.properties = std::move(sorted);
    const std::size_t longest = object.properties.empty() ? 0 : object.properties.back().name.size();
    for (std::size_t length = 0; length <= longest + 1; ++length) {
      const auto first = std::find_if(object.properties.begin(), object.properties.end(),
                                      [&](const auto& property) { return property.name.size() >= length; });
      object.starts.push_back(static_cast<std::uint32_t>(first - object.properties.begin()));
    }
    return {};
  }

  Result<void> compile_properties(std::map<std::string, plan::Property>& properties, const json& value,
                                  const std::string& pointer) {
    if (!value.is_object()) return error(pointer, "must be an object");
    for (const auto& [name, schema] : value.items()) {
      DONGBO_ASSIGN(properties[name].node, compile_new(schema, pointer + pointer_token(name)));
    }
    return {};
  }

  Result<void> compile_required(std::map<std::string, plan::Property>& properties, const json& value,
                                const std::string& pointer) {
    if (!value.is_array() || value.size() > 64) return error(pointer, "must be an array of at most 64 member names");
    std::uint64_t bit = 1;
    for (const auto& name : value) {
      if (!name.is_string()) return error(pointer, "must be an array of member names");
      auto& property = properties[name.get<std::string>()];
      if (property.required != 0) return error(pointer, "names " + name.dump() + " twice");
      property.required = bit;
      bit <<= 1;
    }
    return {};
  }

  // A schema that refers to itself without a member or an item between would judge one value for ever.
  Result<void> refuse_endless_references() {
    std::vector<int> state(plan_.nodes_.size(), 0);
    for (NodeIndex index = 0; index < static_cast<NodeIndex>(state.size()); ++index) {
      if (leads_back(index, state)) return error("/$defs", "a $ref leads back to itself without a member or an item between");
    }
    return {};
  }

  bool leads_back(NodeIndex index, std::vector<int>& state) {
    enum { kNew, kOpen, kDone };
    int& mine = state[static_cast<std::size_t>(index)];
    if (mine == kOpen) return true;
    if (mine == kDone) return false;
    mine = kOpen;
    const Node& node = plan_.nodes_[static_cast<std::size_t>(index)];
    bool back = node.ref != plan::kNone && leads_back(node.ref, state);
    for (const auto form : node.any_of) back = back || leads_back(form, state);
    for (const auto form : node.one_of) back = back || leads_back(form, state);
    state[static_cast<std::size_t>(index)] = kDone;
    return back;
  }

  const json& root_;
  const std::string& file_;
  SchemaPlan plan_;
  JsonParser parser_;
  std::map<std::string, NodeIndex> definitions_;
};

Result<SchemaPlan> SchemaPlan::compile(const nlohmann::json& schema, const std::string& file) {
  return SchemaCompiler(schema, file).compile();
}

}  // namespace dongbo::event
