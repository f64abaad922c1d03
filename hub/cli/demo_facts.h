#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/cli/demo_event.h"

namespace dongbo::cli {

// A unit of the register as the demo needs it.
struct RegisteredUnit {
  std::string code;
  std::string name;
  std::string level;
  std::string kind;
  std::string parent;
};

// What is real in the demo, read from schemas/catalogues.
struct DemoFacts {
  std::vector<DemoEvent> events;             // units, index figures, the founding plan: from their real sources
  std::vector<RegisteredUnit> units;         // units.csv: the province, its districts and communes
  std::vector<RegisteredUnit> agencies;      // agencies.json; `kind` is their group: department, vertical, other
  std::vector<std::string> province_groups;  // composition groups of the provincial point and of the district points
  std::vector<std::string> district_groups;
};

// Reads the real facts and makes their events; nothing in them is simulated, and a figure without a source is not there.
Result<DemoFacts> load_demo_facts(const std::filesystem::path& catalogues);

// The point of a unit: "dc-502".
inline std::string point_of(const std::string& unit) {
  return "dc-" + unit;
}

}  // namespace dongbo::cli
