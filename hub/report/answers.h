#pragma once
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "hub/base/result.h"

namespace dongbo::report {

// Where a report takes its facts from: the answers of the hub's reading paths (schemas/openapi.yaml), all of them of one
// position. One thread.
class Answers {
 public:
  virtual ~Answers() = default;
  // The answer to {"meetings","QNA-2023-05-30","attendance"}; null when there is no such thing (404). A list is one page:
  // see items_of.
  virtual Result<nlohmann::json> get(const std::vector<std::string>& segments,
                                     const std::map<std::string, std::string>& parameters = {}) = 0;
};

}  // namespace dongbo::report
