#pragma once
#include <string>
#include <string_view>

namespace dongbo {

// What people read, Vietnamese first and English beside it: "thiếu / is missing". What is quoted, from the system or
// another message, stands once, behind the English.
inline std::string in_both(std::string_view vietnamese, std::string_view english) {
  return std::string(vietnamese).append(" / ").append(english);
}

}  // namespace dongbo
