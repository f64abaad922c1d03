#include "hub/query/json_writer.h"

#include <simdjson.h>
#include <nlohmann/json.hpp>

namespace dongbo::query {

namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_plain(char c) {
  return (static_cast<unsigned char>(c) >= 0x20) & (c != '"') & (c != '\\');
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  bool plain_text = true, ascii = true;  // without branches: sixteen bytes at a time
  for (const char c : text) {
    ascii &= is_ascii(c);
    plain_text &= is_plain(c);
  }
  if (ascii && plain_text) {
    out.push_back('"');
    out.append(text).push_back('"');
    return;
  }
  if (!ascii && !simdjson::validate_utf8(text.data(), text.size())) {
    out.append(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  out.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_plain(c)) continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    constexpr char kHex[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else {
      out.append("\\u00").push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 0xf]);
    }
  }
  out.append(text, plain, text.size() - plain);
  out.push_back('"');
}

}  // namespace dongbo::query
