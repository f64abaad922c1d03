#include "hub/projection/table.h"

#include <cstring>

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

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto size = std::min(a.size(), b.size());
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(size), b.begin()).first -
                                  a.begin());
}

std::uint64_t leading_bytes(std::string_view key) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, key.data(), std::min(key.size(), sizeof bytes));
  return __builtin_bswap64(bytes);
}

}  // namespace dongbo::projection
