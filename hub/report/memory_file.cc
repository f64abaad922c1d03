#include "hub/report/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace dongbo::report {
namespace {

Error failed(std::string_view vietnamese, std::string_view english, int number) {
  return Error::transient(fmt::format("không {} được tệp trong bộ nhớ / a file in memory could not be {}: {}", vietnamese,
                                      english, std::strerror(number)));
}

}  // namespace

Result<MemoryFile> MemoryFile::create() {
  const int descriptor = ::memfd_create("dongbo-report", MFD_CLOEXEC);
  if (descriptor < 0) return failed("tạo", "made", errno);
  return MemoryFile(descriptor);
}

MemoryFile::~MemoryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

std::string MemoryFile::path() const {
  return fmt::format("/proc/self/fd/{}", descriptor_);
}

Result<void> MemoryFile::fill(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failed("ghi", "written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) return failed("tua lại", "rewound", errno);
  return {};
}

Result<std::string> MemoryFile::contents() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return failed("đọc", "read", errno);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto got = ::pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return failed("đọc", "read", got == 0 ? EIO : errno);
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace dongbo::report
