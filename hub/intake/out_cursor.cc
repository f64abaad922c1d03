#include "hub/intake/out_cursor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "hub/base/log.h"

namespace dongbo::intake {
namespace {

constexpr const char* kFile = "out.json";

// Writes and syncs; false with errno set.
bool write_synced(const std::filesystem::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  errno = error;
  return written;
}

void sync_directory(const std::filesystem::path& path) {
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  ::fsync(directory);
  ::close(directory);
}

}  // namespace

OutProgress OutCursor::load() const {
  const auto path = directory_ / kFile;
  std::ifstream in(path);
  if (!in) return {};
  const auto json = nlohmann::json::parse(in, nullptr, false);
  const auto number = [&](const char* name) -> std::uint64_t {
    if (!json.is_object() || !json.contains(name) || !json[name].is_number_unsigned()) {
      spdlog::warn(
          "kafka: {0} không ghi \"{1}\": phát lại từ đầu / {0} does not say \"{1}\": publishing it from the beginning again",
          path.string(), name);
      return 0;
    }
    return json[name].get<std::uint64_t>();
  };
  return {number("changes"), number("quarantine")};
}

Result<void> OutCursor::store(const OutProgress& progress) const {
  const auto path = directory_ / kFile;
  auto fresh = path;
  fresh += ".new";
  const auto text = fmt::format("{{\"changes\":{},\"quarantine\":{}}}\n", progress.changes, progress.quarantine);
  if (!write_synced(fresh, text) || ::rename(fresh.c_str(), path.c_str()) != 0)
    return Error::transient(fmt::format("không ghi được / cannot write {}: {}", path.string(), std::strerror(errno)));
  sync_directory(directory_);
  return {};
}

}  // namespace dongbo::intake
