#pragma once
#include <filesystem>
#include <span>

#include "hub/base/result.h"
#include "hub/cli/demo_event.h"

namespace dongbo::cli {

// An error when the data directory holds events that no demo wrote: simulated ones must not come among those of a real hub.
// A demo's are those of simulated sources, and those of `own`: it sends real figures too. Reads the journals and writes nothing;
// a directory that is not there or holds nothing is nobody's.
Result<void> refuse_events_of_others(const std::filesystem::path& data, std::span<const DemoEvent> own);

}  // namespace dongbo::cli
