#pragma once
#include <memory>
#include <vector>

#include "hub/projection/projection.h"

namespace dongbo::projection {

// Every projection of the hub, in a fixed order. Adding one: its file pair, and a line in registry.cc.
std::vector<std::unique_ptr<Projection>> all_projections();

}  // namespace dongbo::projection
