#pragma once
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hub/base/ids.h"
#include "hub/event/timestamp.h"

// Members of an answer, read tolerantly: what is absent or of another kind is "", nothing, 0 or false. The answers are the
// hub's own; a report does not fail over a member that an older hub does not know.
namespace dongbo::report {

using Json = nlohmann::json;

inline const Json& member(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}
inline std::string text(const Json& object, const char* name) {
  const auto& value = member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}
// A decimal that is a text or a JSON number.
inline std::string decimal(const Json& object, const char* name) {
  const auto& value = member(object, name);
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string();
}
inline std::optional<std::int64_t> integer(const Json& object, const char* name) {
  const auto& value = member(object, name);
  return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}
inline std::int64_t count(const Json& object, const char* name) {
  return integer(object, name).value_or(0);
}
inline bool truth(const Json& object, const char* name) {
  const auto& value = member(object, name);
  return value.is_boolean() && value.get<bool>();
}
inline std::optional<Millis> moment(const Json& object, const char* name) {
  return event::parse_timestamp(text(object, name));
}
inline std::vector<std::string> texts(const Json& object, const char* name) {
  std::vector<std::string> out;
  const auto& list = member(object, name);
  if (!list.is_array()) return out;
  for (const auto& each : list)
    if (each.is_string()) out.push_back(each.get<std::string>());
  return out;
}

}  // namespace dongbo::report
