#pragma once
#include <string>

namespace dongbo::testing {

// The bytes of something that encodes itself.
template <class T>
std::string encoded(const T& of) {
  std::string out;
  of.encode(out);
  return out;
}

}  // namespace dongbo::testing
