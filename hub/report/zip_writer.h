#pragma once
#include <zip.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace dongbo::report {

// A zip archive in memory, files in the order they are added, all dated 1 January 1980: the same files give the same bytes in
// any time zone. One thread.
class ZipWriter {
 public:
  static Result<ZipWriter> open();

  // Keeps the bytes until finish().
  Result<void> add(const std::string& name, std::string bytes);
  // The archive's bytes; nothing can be added after it.
  Result<std::string> finish();

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  struct Free {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
  };

  ZipWriter(zip_source_t* target, zip_t* archive) : target_(target), archive_(archive) {}

  std::deque<std::string> files_;  // libzip reads them on closing, from where they are
  std::unique_ptr<zip_source_t, Free> target_;
  std::unique_ptr<zip_t, Discard> archive_;
};

}  // namespace dongbo::report
