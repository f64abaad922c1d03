#pragma once
#include <algorithm>
#include <charconv>
#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/record_codec.h"
#include "hub/event/timestamp.h"

namespace dongbo::query {

// Answers are written as text straight away: building a document tree of some thousand members first costs ten times as
// much. Rows read as projection/row_json.h has them: members by name, moments in Vietnam's zone, what is absent as "" for
// moments and texts and null for numbers, members with a leading underscore left out.

// `text` with its quotes; what is not UTF-8 is replaced.
void append_json(std::string& out, std::string_view text);
// JSON that is there already.
struct RawJson {
  std::string_view text;
};

template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::same_as<T, RawJson>) {
    out.append(value.text);
  } else if constexpr (std::same_as<T, bool>) {
    out.append(value ? "true" : "false");
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    append_json(out, std::string_view(value));
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  } else if constexpr (std::same_as<T, Millis>) {
    append_json(out, std::string_view(event::format_timestamp(value)));
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
  } else if constexpr (requires { value.value(); }) {
    append_json(out, value.value());
  } else if constexpr (requires { value.to_json(); }) {
    out.append(value.to_json().dump());
  } else if constexpr (SelfCoded<T>) {
    out.append("null");  // bytes of the fold's bookkeeping
  } else {
    out.push_back('[');
    bool first = true;
    for (const auto& member : value) {
      if (!std::exchange(first, false)) out.push_back(',');
      append_json(out, member);
    }
    out.push_back(']');
  }
}

// An object member by member; names are the caller's to keep apart, and need no escaping.
class ObjectText {
 public:
  template <class T>
  ObjectText& member(std::string_view name, const T& value) {
    if (text_.empty()) text_.reserve(kReserved);
    text_.append(text_.empty() ? "{\"" : ",\"").append(name).append("\":");
    append_json(text_, value);
    return *this;
  }
  // JSON that is there already.
  ObjectText& raw(std::string_view name, std::string_view json) { return member(name, RawJson{json}); }
  // The members of a row, save those named.
  template <class Row>
  ObjectText& members_of(const Row& row, std::initializer_list<std::string_view> hidden = {}) {
    Row::fields(row, [&](std::string_view name, const auto& value) {
      if (!name.starts_with('_') && std::find(hidden.begin(), hidden.end(), name) == hidden.end()) member(name, value);
    });
    return *this;
  }
  // The whole; nothing is left.
  std::string text() {
    text_.append(text_.empty() ? "{}" : "}");
    return std::move(text_);
  }

 private:
  static constexpr std::size_t kReserved = 384;  // bytes; most rows are shorter
  std::string text_;
};

// An array item by item.
class ArrayText {
 public:
  void add(std::string_view json) {
    text_.push_back(text_.empty() ? '[' : ',');
    text_.append(json);
    ++size_;
  }
  std::size_t size() const { return size_; }
  std::string text() {
    text_.append(text_.empty() ? "[]" : "]");
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t size_ = 0;
};

using Flags = std::vector<std::string_view>;

}  // namespace dongbo::query
