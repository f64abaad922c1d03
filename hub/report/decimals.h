#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Exact small decimals: scores, maxima, shares. What does not fit 12 digits before and 6 after the point is refused: then a
// report leaves the comparison out. Pure.
namespace dongbo::report {

// A decimal as millionths.
std::optional<std::int64_t> micros_of(std::string_view decimal);
// Millionths with so many digits after the point, rounded half away from zero. REQUIRES 0 <= digits <= 6.
std::string decimal_of(std::int64_t micros, int digits);
// part / whole in percent as millionths of a percent; nothing when the whole is not positive or a number is too large.
std::optional<std::int64_t> percent_micros(std::int64_t part_micros, std::int64_t whole_micros);

}  // namespace dongbo::report
