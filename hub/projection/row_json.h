#pragma once
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

#include "hub/base/record_codec.h"
#include "hub/event/json_text.h"
#include "hub/event/timestamp.h"

namespace dongbo::projection {

using event::append_json;

// Rows as people read them, in answers and in the feed, as JSON text (a document tree costs ten times as much): members by their
// names in `fields` order; moments as RFC 3339 in Vietnam's zone, an absent optional as "" when it is a moment or a text and null
// when it is a number. Members named with a leading underscore are not for readers: the fold's bookkeeping (identities in bytes),
// and ways to reach a person (phone, email), which neither lists nor changed rows show; an accepted event is shown as it was
// sent.
template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out.append(value ? "true" : "false");
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    append_json(out, std::string_view(value));
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::same_as<T, Millis>) {
    append_json(out, std::string_view(event::format_timestamp(value)));
  } else if constexpr (requires { value.append_json(out); }) {
    value.append_json(out);
  } else if constexpr (Record<T>) {
    out.push_back('{');
    bool first = true;
    T::fields(value, [&](std::string_view name, const auto& member) {
      if (name.starts_with('_')) return;
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, name);
      out.push_back(':');
      append_json(out, member);
    });
    out.push_back('}');
  } else if constexpr (requires { typename T::mapped_type; }) {
    out.push_back('{');
    bool first = true;
    for (const auto& [name, member] : value) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, std::string_view(name));
      out.push_back(':');
      append_json(out, member);
    }
    out.push_back('}');
  } else if constexpr (requires {
                         value.has_value();
                         *value;
                       }) {
    using Inner = typename T::value_type;
    if (value) return append_json(out, *value);
    out.append(std::same_as<Inner, Millis> || std::same_as<Inner, std::string> ? "\"\"" : "null");
  } else if constexpr (SelfCoded<T>) {
    out.append("null");  // bytes of the fold's bookkeeping
  } else if constexpr (requires { value.begin(); }) {
    out.push_back('[');
    bool first = true;
    for (const auto& member : value) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, member);
    }
    out.push_back(']');
  } else {
    append_json(out, value.value());
  }
}

template <class T>
std::string json_of(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace dongbo::projection
