#pragma once
#include <string_view>
#include <variant>
#include <vector>

#include "hub/event/fault.h"

namespace dongbo::event {

// The items of a JSON array as texts, or why there are none. Reads brackets and strings only: what an item holds is
// judged one by one, so that a broken item costs itself and not its neighbours. A byte order mark before it is no matter.
// Reads no further than one item more than `items_max`: who gets that many refuses the whole.
std::variant<std::vector<std::string_view>, Fault> split_batch(std::string_view json, std::size_t items_max);

}  // namespace dongbo::event
