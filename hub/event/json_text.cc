#include "hub/event/json_text.h"

#include <simdjson.h>
#include <cstdint>

namespace dongbo::event {
namespace {

bool is_ascii(char c) {
  return static_cast<std::uint8_t>(c) < 0x80;
}
bool is_plain(char c) {
  return (static_cast<std::uint8_t>(c) >= 0x20) & (c != '"') & (c != '\\');
}

void append_escaped(std::string& out, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    out.push_back('\\');
    out.push_back(c);
  } else if (c == '\n') {
    out.append("\\n");
  } else {
    out.append("\\u00");
    out.push_back(kHex[(c >> 4) & 0xf]);
    out.push_back(kHex[c & 0xf]);
  }
}

// Length of the valid UTF-8 character at the start of `text` (RFC 3629), 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto lead = at(0);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xc0) != 0x80) return 0;
  if (lead == 0xe0 && at(1) < 0xa0) return 0;   // overlong
  if (lead == 0xed && at(1) >= 0xa0) return 0;  // surrogates
  if (lead == 0xf0 && at(1) < 0x90) return 0;   // overlong
  if (lead == 0xf4 && at(1) >= 0x90) return 0;  // beyond U+10FFFF
  return length;
}

void append_by_character(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto length = character_length(text);
    if (length == 1 && !is_plain(text.front())) {
      append_escaped(out, text.front());
    } else {
      out.append(length > 0 ? text.substr(0, length) : "\xef\xbf\xbd");
    }
    text.remove_prefix(length > 0 ? length : 1);
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  bool plain = true, ascii = true;  // without branches: sixteen bytes at a time
  for (const char c : text) {
    ascii &= is_ascii(c);
    plain &= is_plain(c);
  }
  out.push_back('"');
  if (plain && (ascii || simdjson::validate_utf8(text.data(), text.size()))) {
    out.append(text);
  } else {
    append_by_character(out, text);
  }
  out.push_back('"');
}

}  // namespace dongbo::event
