#include "hub/event/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "hub/base/assert.h"
#include "hub/event/words.h"

namespace dongbo::event {
namespace {

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Writes the escape of `c`, at most six bytes; gives where it stopped.
char* put_escape(char* to, char c) {
  constexpr std::string_view kShort("\"\\\b\t\n\f\r");
  constexpr std::string_view kLetter("\"\\btnfr");
  *to++ = '\\';
  if (const auto at = kShort.find(c); at != std::string_view::npos) {
    *to++ = kLetter[at];
    return to;
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::memcpy(to, "u00", 3);
  to[3] = kHex[(c >> 4) & 0xf];
  to[4] = kHex[c & 0xf];
  return to + 5;
}

template <class Number>
void append_whole(TextBuffer& out, Number value) {
  constexpr std::size_t kDigitsMax = 24;
  char* const to = out.claim(kDigitsMax);
  out.finish(std::to_chars(to, to + kDigitsMax, value).ptr);
}

template <class Number>
void append_as_string(std::string& out, Number value) {
  TextBuffer buffer;
  append_number(buffer, value);
  out.append(buffer.view());
}

// The shortest digits and the exponent, laid out as ECMAScript's Number::toString does (RFC 8785, 3.2.2.3), save that
// no point-less number of more digits than a 64-bit integer holds is made.
void append_shortest(TextBuffer& out, double value, bool always_exponent) {
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

  const std::string_view all = digits;
  const int point = exponent + 1;  // the decimal point stands after this many digits
  const int count = static_cast<int>(all.size());
  if (!always_exponent && point > 0 && point < count) {
    out.append(all.substr(0, static_cast<std::size_t>(point)));
    out.push_back('.');
    out.append(all.substr(static_cast<std::size_t>(point)));
  } else if (!always_exponent && point <= 0 && point > -6) {
    out.append("0.");
    for (int i = point; i < 0; ++i) out.push_back('0');
    out.append(all);
  } else {
    out.push_back(all.front());
    if (count > 1) out.push_back('.');
    out.append(all.substr(1));
    out.append(exponent < 0 ? "e-" : "e+");
    append_whole(out, std::abs(exponent));
  }
}

}  // namespace

bool append_text(TextBuffer& out, std::string_view value) {
  constexpr std::size_t kEscapeMax = 6;
  char* to = out.claim(value.size() * kEscapeMax + 2 + sizeof(std::uint64_t));  // the last word may be written whole
  bool good = true;
  *to++ = '"';
  const bool needs_escapes = words::any(
      value, [](words::Sixteen piece) { return piece.below(0x20) | piece.equal('"') | piece.equal('\\'); },
      [to](auto piece, std::size_t at) { std::memcpy(to + at, &piece, sizeof piece); });
  if (!needs_escapes) {
    to += value.size();
  } else {
    for (const char c : value) {
      if (!needs_escape(c)) {
        *to++ = c;
      } else {
        good = good && c != '\0';
        to = put_escape(to, c);
      }
    }
  }
  *to++ = '"';
  out.finish(to);
  return good;
}

void append_number(TextBuffer& out, std::int64_t value) {
  append_whole(out, value);
}
void append_number(TextBuffer& out, std::uint64_t value) {
  append_whole(out, value);
}
void append_number(std::string& out, std::int64_t value) {
  append_as_string(out, value);
}
void append_number(std::string& out, std::uint64_t value) {
  append_as_string(out, value);
}
void append_number(std::string& out, double value) {
  append_as_string(out, value);
}

void append_number(TextBuffer& out, double value) {
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
  text_.clear();
  const bool good = append(text_, value);
  out.append(text_.view());
  return good;
}

bool CanonicalWriter::append(TextBuffer& out, const simdjson::dom::element& value) {
  using simdjson::dom::element_type;
  switch (value.type()) {
    case element_type::STRING: {
      if (append_text(out, value.get_string().value_unsafe())) return true;
      return fail("chuỗi không được có ký tự U+0000 / a text may not hold the character U+0000");
    }
    case element_type::INT64:
      append_number(out, value.get_int64().value_unsafe());
      return true;
    case element_type::UINT64:
      append_number(out, value.get_uint64().value_unsafe());
      return true;
    case element_type::DOUBLE: {
      const double number = value.get_double().value_unsafe();
      if (!std::isfinite(number)) return fail("số quá lớn / number too large");
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
  return fail("kiểu giá trị lạ / unknown kind of value");
}

bool CanonicalWriter::append_object(TextBuffer& out, const simdjson::dom::object& object) {
  const std::size_t first = members_.size();
  // Publishers mostly write the members in one order, and the objects are small: insertion beats a general sort.
  constexpr std::size_t kInsertionMax = 32;
  const auto less = [](const Member& a, const Member& b) { return words::less(a.prefix, a.name, b.prefix, b.name); };
  for (const auto& [name, value] : object) {
    const Member member{words::prefix(name), name, value};
    std::size_t at = members_.size();
    members_.push_back(member);
    if (at - first >= kInsertionMax) continue;
    for (; at > first && less(member, members_[at - 1]); --at) members_[at] = members_[at - 1];
    members_[at] = member;
  }
  const std::size_t last = members_.size();
  if (last - first > kInsertionMax) std::sort(members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end(), less);
  bool good = true;
  out.push_back('{');
  for (std::size_t i = first; good && i < last; ++i) {
    const Member member = members_[i];  // a copy: the stack may move while the value is written
    if (i > first) out.push_back(',');
    if (i > first && words::equal(members_[i - 1].prefix, members_[i - 1].name, member.prefix, member.name)) {
      good = fail("thành phần có nhiều hơn một lần / the member stands more than once");
    } else if (!append_text(out, member.name)) {
      good = fail("tên thành phần không được có ký tự U+0000 / a member's name may not hold the character U+0000");
    } else {
      out.push_back(':');
      good = append(out, member.value);
    }
    if (!good) came_from(member.name);
  }
  out.push_back('}');
  members_.resize(first);
  return good;
}

bool CanonicalWriter::append_array(TextBuffer& out, const simdjson::dom::array& array) {
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
