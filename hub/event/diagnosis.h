#pragma once
#include <cstddef>
#include <string_view>

#include <simdjson.h>

#include "hub/event/fault.h"

namespace dongbo::event {

// Says what is wrong with a text that the fast parser would not take, and where: reads it again, slowly, with a parser
// that reports as it goes. Also finds what the text still tells of id, source and subject before it breaks off.
// For the path of refusals only.
Refusal diagnose(std::string_view json, simdjson::error_code error, std::size_t depth_max);

}  // namespace dongbo::event
