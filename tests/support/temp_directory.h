#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

#include "hub/base/assert.h"

namespace dongbo::testing {

// A directory of its own that is gone with the test.
class TempDirectory {
 public:
  TempDirectory() {
    // Memory where there is some: tests of logic need no real disk, and a sync there costs nothing.
    const std::filesystem::path memory = "/dev/shm";
    const auto base = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    auto pattern = (base / "dongbo-test-XXXXXX").string();
    DONGBO_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace dongbo::testing
