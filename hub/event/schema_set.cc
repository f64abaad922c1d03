#include "hub/event/schema_set.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <simdjson.h>
#include <nlohmann/json.hpp>

#include "hub/base/in_both.h"
#include "hub/event/canonical.h"
#include "hub/event/json_parser.h"
#include "hub/event/schema_plan.h"
#include "hub/event/text_pattern.h"

namespace dongbo::event {

using nlohmann::json;

namespace {

Error schema_error(const std::string& file, const std::string& pointer, const std::string& detail) {
  return Error::fatal(file + ": " + pointer + ": " + detail);
}

// The text as JSON; a member that stands twice is refused, or half of a schema would silently not count.
Result<json> read_schema(const std::string& file, const std::string& text) {
  JsonParser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(text, root); error != simdjson::SUCCESS) {
    return Error::fatal(file + ": not JSON: " + simdjson::error_message(error));
  }
  CanonicalWriter writer;
  std::string scratch;
  if (!writer.append(scratch, root)) return schema_error(file, writer.trouble().pointer, writer.trouble().detail);
  json schema = json::parse(text, nullptr, false);
  if (!schema.is_object()) return Error::fatal(file + ": a schema of an event type is an object");
  return schema;
}

// vn.dongbo.<area>.<fact>.v<N>: the area; empty when the name is built otherwise.
std::string_view area_of(std::string_view type) {
  constexpr std::string_view kStart = "vn.dongbo.";
  if (!type.starts_with(kStart)) return {};
  const auto rest = type.substr(kStart.size());
  return rest.substr(0, std::min(rest.find('.'), rest.size()));
}

bool is_type_name(const std::string& name) {
  static const auto pattern = TextPattern::compile("^vn\\.dongbo\\.[a-z0-9_]+\\.[a-z0-9_]+\\.v[1-9][0-9]*$");
  return pattern.has_value() && pattern->matches(name);
}

bool append_member(std::string& key, const simdjson::dom::object& object, std::string_view name) {
  simdjson::dom::element value;
  if (object.at_key(name).get(value) != simdjson::SUCCESS) return false;
  switch (value.type()) {
    case simdjson::dom::element_type::STRING: {
      const std::string_view text = value.get_string().value_unsafe();
      key.append(text);
      return !text.empty();
    }
    case simdjson::dom::element_type::INT64:
      append_number(key, value.get_int64().value_unsafe());
      return true;
    case simdjson::dom::element_type::UINT64:
      append_number(key, value.get_uint64().value_unsafe());
      return true;
    case simdjson::dom::element_type::DOUBLE:
      append_number(key, value.get_double().value_unsafe());
      return true;
    default:
      return false;
  }
}

// "{index}/{year}" as parts: a member's name or a literal text.
struct Part {
  std::string text;
  bool member;
};

Result<std::vector<Part>> read_template(const std::string& text, const json& schema) {
  std::vector<Part> parts;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    if (open > 0) parts.push_back({std::string(rest.substr(0, open)), false});
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    if (close == std::string_view::npos) return Error::fatal("a { without its }");
    const std::string name(rest.substr(open + 1, close - open - 1));
    if (!schema.contains("properties") || !schema["properties"].contains(name)) {
      return Error::fatal("the schema has no property \"" + name + "\"");
    }
    parts.push_back({name, true});
    rest.remove_prefix(close + 1);
  }
  if (parts.empty()) return Error::fatal("an empty template");
  return parts;
}

}  // namespace

EventType::EventType() = default;
EventType::~EventType() = default;

const json& EventType::schema() const {
  return *schema_;
}

void EventType::validate(const simdjson::dom::element& data, std::vector<Fault>& faults) const {
  std::string key;
  validate(data, faults, key);
}

void EventType::validate(const simdjson::dom::element& data, std::vector<Fault>& faults, std::string& home_key) const {
  if (!plan_->valid(data)) {
    home_key.clear();
    plan_->explain(data, "/data", faults);
    return;
  }
  if (append_home_key(data, home_key)) return;
  if (faults.size() < SchemaPlan::kFaultsMax)
    faults.push_back({"/data", "thiếu mã cho biết nơi của sự kiện / needs what names its home: " + home_text_});
}

bool EventType::append_home_key(const simdjson::dom::element& data, std::string& key) const {
  simdjson::dom::object object;
  if (data.get(object) != simdjson::SUCCESS) return false;
  for (const auto& alternative : home_) {
    key.clear();
    bool whole = true;
    for (const auto& part : alternative) {
      if (!part.member) {
        key.append(part.text);
      } else if (!append_member(key, object, part.text)) {
        whole = false;
        break;
      }
    }
    if (whole) return true;
  }
  key.clear();
  return false;
}

std::string EventType::home_key(const simdjson::dom::element& data) const {
  std::string key;
  append_home_key(data, key);
  return key;
}

Result<SchemaSet> SchemaSet::load(const std::filesystem::path& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::recursive_directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".json" && at->is_regular_file(error)) paths.push_back(at->path());
  }
  if (error) return Error::fatal("không đọc được thư mục lược đồ / schemas in " + directory.string() + ": " + error.message());
  std::sort(paths.begin(), paths.end());
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Error::fatal(path.string() + ": không đọc được / cannot be read");
    files.emplace_back(path.string(), text.str());
  }
  if (files.empty())
    return Error::fatal(in_both("thư mục lược đồ " + directory.string() + " không có tệp *.json nào",
                                "schemas in " + directory.string() + ": there is no *.json"));
  return from_texts(files);
}

Result<SchemaSet> SchemaSet::from_texts(const std::vector<std::pair<std::string, std::string>>& files) {
  SchemaSet set;
  for (const auto& [file, text] : files) {
    DONGBO_TRY(set.add(file, text));
  }
  std::uint16_t number = 0;
  for (const auto& [name, type] : set.types_) {
    type->number_ = number++;
    set.by_name_.emplace(name, type.get());
  }
  return set;
}

Result<void> SchemaSet::add(const std::string& file, const std::string& text) {
  DONGBO_ASSIGN(json schema, read_schema(file, text));
  const auto name = schema.find("x-type");
  if (name == schema.end() || !name->is_string()) return schema_error(file, "/x-type", "is missing: the event type it describes");
  std::unique_ptr<EventType> type(new EventType);
  type->name_ = name->get<std::string>();
  if (!is_type_name(type->name_)) {
    return schema_error(file, "/x-type", "\"" + type->name_ + "\" is not built as vn.dongbo.<area>.<fact>.v<N>");
  }
  type->area_ = area_of(type->name_);
  DONGBO_TRY(read_home(file, schema, *type));
  DONGBO_ASSIGN(SchemaPlan plan, SchemaPlan::compile(schema, file));
  type->plan_ = std::make_unique<SchemaPlan>(std::move(plan));
  type->schema_ = std::make_unique<json>(std::move(schema));
  const std::string key = type->name_;
  if (!types_.emplace(key, std::move(type)).second) {
    return schema_error(file, "/x-type", "another file describes " + key + " already");
  }
  return {};
}

Result<void> SchemaSet::read_home(const std::string& file, const json& schema, EventType& type) {
  const auto home = schema.find("x-home");
  if (home == schema.end()) return schema_error(file, "/x-home", "is missing: what names the home of the event");
  if (!home->is_array() || home->empty()) return schema_error(file, "/x-home", "must be an array of templates");
  for (const auto& one : *home) {
    if (!one.is_string()) return schema_error(file, "/x-home", "must be an array of templates");
    auto parts = read_template(one.get<std::string>(), schema);
    if (!parts) return schema_error(file, "/x-home", parts.error().message);
    auto& alternative = type.home_.emplace_back();
    for (auto& part : *parts) alternative.push_back({std::move(part.text), part.member});
    type.home_text_.append(type.home_text_.empty() ? "" : " or ").append(one.get<std::string>());
  }
  return {};
}

const EventType* SchemaSet::find(std::string_view type) const {
  const auto found = by_name_.find(type);
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<std::string> SchemaSet::types() const {
  std::vector<std::string> out;
  for (const auto& [name, type] : types_) out.push_back(name);
  return out;
}

std::vector<std::string> SchemaSet::suggestions(std::string_view unknown_type) const {
  std::vector<std::string> of_area;
  std::vector<std::string> areas;
  const auto area = area_of(unknown_type);
  for (const auto& [name, type] : types_) {
    if (type->area() == area) of_area.push_back(name);
    std::string every = "vn.dongbo." + type->area() + ".*";
    if (std::find(areas.begin(), areas.end(), every) == areas.end()) areas.push_back(std::move(every));
  }
  return of_area.empty() ? areas : of_area;
}

}  // namespace dongbo::event
