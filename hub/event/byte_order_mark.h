#pragma once
#include <string_view>

namespace dongbo::event {

// Some editors put U+FEFF before UTF-8; RFC 8259 lets a reader of JSON pass over it.
inline std::string_view without_byte_order_mark(std::string_view json) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  return json.starts_with(kMark) ? json.substr(kMark.size()) : json;
}

}  // namespace dongbo::event
