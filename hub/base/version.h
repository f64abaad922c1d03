#pragma once

namespace dongbo {

// The release this program belongs to; the same as project(VERSION) in CMakeLists.txt, which a test holds it to.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace dongbo
