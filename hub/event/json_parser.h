#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace dongbo::event {

// A simdjson parser with the padded copy of what it reads; both are reused, so that reading a small document allocates
// nothing. What an element shows is valid until the next parse. One a thread.
class JsonParser {
 public:
  // `depth_max`: objects and arrays that may stand within each other; an empty one counts as a plain value.
  explicit JsonParser(std::size_t depth_max = simdjson::DEFAULT_MAX_DEPTH) : depth_max_(depth_max) {}

  std::size_t depth_max() const { return depth_max_; }
  simdjson::error_code parse(std::string_view json, simdjson::dom::element& root);

 private:
  std::size_t depth_max_;
  simdjson::dom::parser parser_;
  std::vector<char> buffer_;
};

}  // namespace dongbo::event
