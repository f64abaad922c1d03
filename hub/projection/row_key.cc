#include "hub/projection/row_key.h"

namespace dongbo::projection {

std::vector<std::string_view> key_parts(std::string_view key) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto end = key.find('\0');
    out.push_back(key.substr(0, end));
    if (end == std::string_view::npos) return out;
    key.remove_prefix(end + 1);
  }
}

}  // namespace dongbo::projection
