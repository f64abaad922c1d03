#include "hub/event/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "hub/base/assert.h"

namespace dongbo::event {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

// Does any of eight bytes need an escape: below 0x20, a quote or a backslash? May also say yes for a byte that follows
// such a byte (borrow), never no when there is one.
bool any_needs_escape(std::uint64_t word) {
  const std::uint64_t quote = word ^ (kOnes * '"');
  const std::uint64_t backslash = word ^ (kOnes * '\\');
  return (((word - kOnes * 0x20) | (quote - kOnes) | (backslash - kOnes)) & ~word & kHighs) != 0;
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Length of the longest start of `text` that can be copied as it is.
std::size_t plain_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at + 8 <= text.size()) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (any_needs_escape(word)) break;
    at += 8;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\b':
      out.append("\\b");
      return;
    case '\t':
      out.append("\\t");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\f':
      out.append("\\f");
      return;
    case '\r':
      out.append("\\r");
      return;
    default:
      break;
  }
  constexpr char kHex[] = "0123456789abcdef";
  out.append("\\u00");
  out.push_back(kHex[(c >> 4) & 0xf]);
  out.push_back(kHex[c & 0xf]);
}

template <class Number>
void append_whole(std::string& out, Number value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, static_cast<std::size_t>(end - buffer));
}

// The shortest digits and the exponent, laid out as ECMAScript's Number::toString does (RFC 8785, 3.2.2.3), save that
// no point-less number of more digits than a 64-bit integer holds is made.
void append_shortest(std::string& out, double value, bool always_exponent) {
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  if (text.front() == '-') {
    out.push_back('-');
    text.remove_prefix(1);
  }
  const auto e = text.find('e');
  int exponent = 0;
  const bool positive = text[e + 1] != '-';
  std::from_chars(text.data() + e + 2, text.data() + text.size(), exponent);
  if (!positive) exponent = -exponent;
  std::string digits(text.substr(0, 1));
  if (e > 2) digits.append(text.substr(2, e - 2));

  const int point = exponent + 1;  // the decimal point stands after this many digits
  const int count = static_cast<int>(digits.size());
  if (!always_exponent && point > 0 && point < count) {
    out.append(digits, 0, static_cast<std::size_t>(point)).push_back('.');
    out.append(digits, static_cast<std::size_t>(point));
  } else if (!always_exponent && point <= 0 && point > -6) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else {
    out.push_back(digits.front());
    if (count > 1) out.append(".").append(digits, 1);
    out.append(exponent < 0 ? "e-" : "e+");
    append_whole(out, std::abs(exponent));
  }
}

}  // namespace

void append_text(std::string& out, std::string_view value) {
  out.push_back('"');
  while (true) {
    const auto plain = plain_prefix(value);
    out.append(value.data(), plain);
    if (plain == value.size()) break;
    append_escaped(out, value[plain]);
    value.remove_prefix(plain + 1);
  }
  out.push_back('"');
}

void append_number(std::string& out, std::int64_t value) {
  append_whole(out, value);
}
void append_number(std::string& out, std::uint64_t value) {
  append_whole(out, value);
}

void append_number(std::string& out, double value) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  constexpr double kTwoTo64 = 18446744073709551616.0;
  DONGBO_ASSERT(std::isfinite(value));
  const bool whole = std::trunc(value) == value;
  if (whole && value >= -kTwoTo63 && value < kTwoTo63) return append_whole(out, static_cast<std::int64_t>(value));
  if (whole && value > 0 && value < kTwoTo64) return append_whole(out, static_cast<std::uint64_t>(value));
  append_shortest(out, value, whole);
}

std::string pointer_token(std::string_view token) {
  std::string out = "/";
  for (const char c : token) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool CanonicalWriter::append(std::string& out, const simdjson::dom::element& value) {
  using simdjson::dom::element_type;
  switch (value.type()) {
    case element_type::STRING: {
      const std::string_view text = value.get_string().value_unsafe();
      if (std::memchr(text.data(), '\0', text.size()) != nullptr) return fail("a text may not hold the character U+0000");
      append_text(out, text);
      return true;
    }
    case element_type::INT64:
      append_number(out, value.get_int64().value_unsafe());
      return true;
    case element_type::UINT64:
      append_number(out, value.get_uint64().value_unsafe());
      return true;
    case element_type::DOUBLE: {
      const double number = value.get_double().value_unsafe();
      if (!std::isfinite(number)) return fail("number too large");
      append_number(out, number);
      return true;
    }
    case element_type::BOOL:
      out.append(value.get_bool().value_unsafe() ? "true" : "false");
      return true;
    case element_type::NULL_VALUE:
      out.append("null");
      return true;
    case element_type::OBJECT:
      return append_object(out, value.get_object().value_unsafe());
    case element_type::ARRAY:
      return append_array(out, value.get_array().value_unsafe());
  }
  return fail("unknown kind of value");
}

bool CanonicalWriter::append_object(std::string& out, const simdjson::dom::object& object) {
  const std::size_t first = members_.size();
  for (const auto& [name, value] : object) {
    // Publishers mostly write the members in one order, and the objects are small: insertion beats a general sort.
    std::size_t at = members_.size();
    members_.push_back({name, value});
    if (members_.size() - first > 32) continue;
    while (at > first && members_[at - 1].name > name) {
      members_[at] = members_[at - 1];
      --at;
    }
    members_[at] = {name, value};
  }
  const std::size_t last = members_.size();
  if (last - first > 32) {
    std::sort(members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end(),
              [](const Member& a, const Member& b) { return a.name < b.name; });
  }
  bool good = true;
  out.push_back('{');
  for (std::size_t i = first; good && i < last; ++i) {
    const Member member = members_[i];  // a copy: the stack may move while the value is written
    if (i > first) out.push_back(',');
    if (i > first && members_[i - 1].name == member.name) {
      good = fail("the member stands more than once");
    } else if (std::memchr(member.name.data(), '\0', member.name.size()) != nullptr) {
      good = fail("a member's name may not hold the character U+0000");
    } else {
      append_text(out, member.name);
      out.push_back(':');
      good = append(out, member.value);
    }
    if (!good) came_from(member.name);
  }
  out.push_back('}');
  members_.resize(first);
  return good;
}

bool CanonicalWriter::append_array(std::string& out, const simdjson::dom::array& array) {
  out.push_back('[');
  std::size_t index = 0;
  for (const simdjson::dom::element item : array) {
    if (index > 0) out.push_back(',');
    if (!append(out, item)) {
      came_from(std::to_string(index));
      return false;
    }
    ++index;
  }
  out.push_back(']');
  return true;
}

bool CanonicalWriter::fail(std::string_view detail) {
  trouble_ = {"", std::string(detail)};
  return false;
}

void CanonicalWriter::came_from(std::string_view token) {
  trouble_.pointer.insert(0, pointer_token(token));
}

}  // namespace dongbo::event
