#pragma once
#include <filesystem>

#include "hub/base/result.h"

namespace dongbo::cli {

// The files that come with the program.
struct Resources {
  std::filesystem::path schemas;    // events/, catalogues/, openapi.yaml
  std::filesystem::path dashboard;  // may not be there: then "/" has no pages
  std::filesystem::path events() const { return schemas / "events"; }
  std::filesystem::path catalogues() const { return schemas / "catalogues"; }
  std::filesystem::path openapi() const { return schemas / "openapi.yaml"; }
};

// Finds them below `given` (--resources); when that is empty, beside the executable: the source tree it was built in, or
// ../share/dongbo where it is installed. Nothing depends on the working directory.
Result<Resources> find_resources(const std::filesystem::path& given);

}  // namespace dongbo::cli
