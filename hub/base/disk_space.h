#pragma once
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace dongbo {

// RocksDB does not survive a log that it could not write to, so nothing is begun while there is less room than it may take.
// What is left on the disk of `directory` when that is less than `bytes`, of a disk of less than 256 MiB in proportion; nullopt:
// there is enough, or it cannot be asked.
inline std::optional<std::uintmax_t> too_little_space(const std::filesystem::path& directory, std::uintmax_t bytes) {
  constexpr std::uintmax_t kWhole = 256u << 20;
  std::error_code failed;
  const auto space = std::filesystem::space(directory, failed);
  if (failed || space.available >= bytes * std::min(space.capacity, kWhole) / kWhole) return std::nullopt;
  return space.available;
}

}  // namespace dongbo
