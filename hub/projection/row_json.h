#pragma once
#include <nlohmann/json.hpp>

#include "hub/base/record_codec.h"
#include "hub/event/timestamp.h"

namespace dongbo::projection {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

// Rows as people read them: members by their names in `fields` order; moments as RFC 3339 in Vietnam's zone, an absent
// optional as "" when it is a moment or a text and null when it is a number. Members named with a leading underscore are
// not for readers: the fold's bookkeeping (identities in bytes), and ways to reach a person (phone, email), which neither lists
// nor changed rows show; an accepted event is shown as it was sent.
template <class T>
nlohmann::ordered_json to_json(const T& value) {
  using Json = nlohmann::ordered_json;
  if constexpr (std::same_as<T, Millis>) {
    return event::format_timestamp(value);
  } else if constexpr (requires { value.to_json(); }) {
    return value.to_json();
  } else if constexpr (Record<T>) {
    Json out = Json::object();
    T::fields(value, [&out](std::string_view name, const auto& member) {
      if (!name.starts_with('_')) out[std::string(name)] = to_json(member);
    });
    return out;
  } else if constexpr (requires { typename T::mapped_type; }) {
    Json out = Json::object();
    for (const auto& [name, member] : value) out[name] = to_json(member);
    return out;
  } else if constexpr (requires {
                         value.has_value();
                         *value;
                       }) {
    using Inner = typename T::value_type;
    if (value) return to_json(*value);
    if constexpr (std::same_as<Inner, Millis> || std::same_as<Inner, std::string>) return "";
    return nullptr;
  } else if constexpr (IsVector<T>::value) {
    Json out = Json::array();
    for (const auto& member : value) out.push_back(to_json(member));
    return out;
  } else if constexpr (SelfCoded<T>) {
    return nullptr;  // bytes of the fold's bookkeeping
  } else if constexpr (requires { value.value(); }) {
    return value.value();
  } else {
    return value;
  }
}

}  // namespace dongbo::projection
