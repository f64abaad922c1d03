#pragma once
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/projection/row_json.h"

namespace dongbo::query {

using projection::append_json;

// An object member by member; names are the caller's to keep apart, and need no escaping.
class ObjectText {
 public:
  template <class T>
  ObjectText& member(std::string_view name, const T& value) {
    append_json(named(name), value);
    return *this;
  }
  // JSON that is there already.
  ObjectText& raw(std::string_view name, std::string_view json) {
    named(name).append(json);
    return *this;
  }
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
  std::string& named(std::string_view name) {
    if (text_.empty()) text_.reserve(kReserved);
    return text_.append(text_.empty() ? "{\"" : ",\"").append(name).append("\":");
  }
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
