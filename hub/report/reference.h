#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/query/catalogues.h"
#include "hub/report/working_days.h"

namespace dongbo::report {

// What a report knows beside the facts: names of codes, forms of agencies, maxima of index components, holidays; all of it
// from schemas/catalogues. Immutable after load; any thread.
struct Reference {
  struct Index {
    std::string name;
    std::string unit;  // "point", "percent"
    std::string max;   // a decimal; "": not found
  };

  query::Catalogues catalogues;
  WorkingDays working_days;
  std::map<std::string, std::string> agency_kinds;                   // code to "sở", "ban", …
  std::map<std::string, Index> indices;                              // by name
  std::map<std::string, std::string> component_max;                  // by Catalogues::component_key; a decimal
  std::map<std::string, std::string> component_parent;               // by the same; of a part of another component
  std::map<std::string, std::map<std::string, std::string>> labels;  // list ("from", "quality") to code to Vietnamese label

  std::map<std::string, std::string> fact_titles;  // by type, in Vietnamese: "Hội nghị bế mạc"

  // From schemas/catalogues; the titles of facts from schemas/events beside it.
  static Result<Reference> load(const std::filesystem::path& catalogues);

  // The label of a coded value; the code itself when the catalogue does not have it.
  std::string label(const std::string& list, const std::string& code) const;
};

}  // namespace dongbo::report
