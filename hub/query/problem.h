#pragma once
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/event/fault.h"

namespace dongbo::query {

// An answer that is not what was asked for, as RFC 9457 has it. `title` is Vietnamese first, English beside it;
// `detail` says what was wrong with this request and what would be right.
struct Problem {
  unsigned status = 500;
  std::string name;  // type = urn:dongbo:problem:<name>
  std::string title;
  std::string detail;
  std::vector<event::Fault> errors;  // pointers name parameters: "/page_size"

  std::string body() const;  // application/problem+json

  static Problem not_found(std::string detail);
  static Problem invalid(std::vector<event::Fault> errors);
  // Reading failed: the disk, or a row that cannot be decoded.
  static Problem failed(const Error& error);
};

}  // namespace dongbo::query
