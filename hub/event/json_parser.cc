#include "hub/event/json_parser.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace dongbo::event {

simdjson::error_code JsonParser::parse(std::string_view json, simdjson::dom::element& root) {
  if (json.empty()) return simdjson::EMPTY;
  if (json.size() > parser_.capacity()) {
    // Powers of two, so that a stream of slowly growing documents does not allocate for each.
    const std::size_t capacity = std::bit_ceil(std::max<std::size_t>(json.size(), 4096));
    if (const auto error = parser_.allocate(capacity, depth_max_ + 1); error != simdjson::SUCCESS) return error;
    buffer_.resize(capacity + simdjson::SIMDJSON_PADDING);
  }
  std::memcpy(buffer_.data(), json.data(), json.size());
  std::memset(buffer_.data() + json.size(), ' ', simdjson::SIMDJSON_PADDING);
  return parser_.parse(buffer_.data(), json.size(), false).get(root);
}

}  // namespace dongbo::event
