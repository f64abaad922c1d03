#include "hub/projection/key_order.h"

#include <cstring>

namespace dongbo::projection {

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
