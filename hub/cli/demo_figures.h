#pragma once
#include <filesystem>
#include <vector>

#include "hub/base/result.h"
#include "hub/cli/demo_event.h"

namespace dongbo::cli {

// The figures of PAR INDEX, SIPAS and PAPI and their components that were public on the conference day, as events of
// those who published them, each with its quality and where it was found. A row without score, rank or band is left out.
Result<void> load_index_figures(const std::filesystem::path& facts, std::vector<DemoEvent>& events);

}  // namespace dongbo::cli
