#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace dongbo::report {

// A file that lies in memory and is gone when this is destroyed: input and output of programs and libraries that want files.
// Not handed down to programs. One thread.
class MemoryFile {
 public:
  static Result<MemoryFile> create();
  ~MemoryFile();
  MemoryFile(MemoryFile&& other) noexcept;
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }
  // A name by which this process can open it.
  std::string path() const;
  // Writes all and goes back to the beginning.
  Result<void> fill(std::string_view bytes);
  // All of it, wherever the reading place is.
  Result<std::string> contents() const;

 private:
  explicit MemoryFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace dongbo::report
