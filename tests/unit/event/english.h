#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace dongbo::event {

// The English half of a fault's detail, which must stand beside a Vietnamese one.
inline std::string english_of(std::string_view detail) {
  const auto bar = detail.find(" / ");
  EXPECT_NE(bar, std::string_view::npos) << detail;
  return std::string(bar == std::string_view::npos ? detail : detail.substr(bar + 3));
}

}  // namespace dongbo::event
