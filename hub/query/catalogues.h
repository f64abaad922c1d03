#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace dongbo::query {

// Names of what codes stand for (schemas/catalogues): composition groups, agencies, indices. Joined into answers at
// reading, never into folds: a code that no catalogue knows is flagged, not refused. Immutable after load; any thread.
struct Catalogues {
  struct Named {
    std::string name_vi;
    std::string name_en;
  };
  // Composition groups and agencies by code; `parent` of an agency is the unit it belongs to.
  std::map<std::string, Named> compositions;
  std::map<std::string, Named> agencies;
  std::map<std::string, std::string> agency_parents;
  // Indices by name; components by index, method and code: one code means different things in different methods.
  std::map<std::string, Named> indices;
  std::map<std::string, Named> components;  // key: component_key()

  static std::string component_key(std::string_view index, std::string_view method, std::string_view component);
  static Result<Catalogues> load(const std::filesystem::path& directory);
};

}  // namespace dongbo::query
