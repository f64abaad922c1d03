#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "hub/base/result.h"

namespace dongbo::query {

// Names of what codes stand for (schemas/catalogues): composition groups, indices, agencies. Joined into answers at
// reading, never into folds. Immutable after load; any thread.
struct Catalogues {
  struct Named {
    std::string name_vi;
    std::string name_en;
  };
  std::map<std::string, Named> compositions;
  std::map<std::string, Named> agencies;
  static Result<Catalogues> load(const std::filesystem::path& directory);
};

}  // namespace dongbo::query
