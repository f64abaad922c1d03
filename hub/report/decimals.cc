#include "hub/report/decimals.h"

#include <fmt/format.h>

#include "hub/base/assert.h"

namespace dongbo::report {
namespace {

constexpr std::int64_t kMicro = 1'000'000;
__extension__ using Wide = __int128;

Wide rounded(Wide number, Wide by) {
  const Wide half = by / 2;
  return number >= 0 ? (number + half) / by : -((-number + half) / by);
}

}  // namespace

std::optional<std::int64_t> micros_of(std::string_view decimal) {
  const bool negative = decimal.starts_with('-');
  if (negative) decimal.remove_prefix(1);
  const auto point = decimal.find('.');
  const auto whole = decimal.substr(0, point);
  const auto fraction = point == std::string_view::npos ? std::string_view() : decimal.substr(point + 1);
  if (whole.empty() || whole.size() > 12 || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  std::int64_t out = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + (c - '0');
  }
  std::int64_t place = kMicro;
  out *= kMicro;
  for (const char c : fraction) {
    if (c < '0' || c > '9') return std::nullopt;
    place /= 10;
    if (place == 0 && c != '0') return std::nullopt;
    out += place * (c - '0');
  }
  return negative ? -out : out;
}

std::string decimal_of(std::int64_t micros, int digits) {
  DONGBO_ASSERT(digits >= 0 && digits <= 6);
  std::int64_t by = 1;
  for (int i = digits; i < 6; ++i) by *= 10;
  const auto number = static_cast<std::int64_t>(rounded(micros, by));
  const std::int64_t one = kMicro / by;
  const auto size = number < 0 ? -number : number;
  std::string out = number < 0 ? "-" : "";
  out += std::to_string(size / one);
  if (digits > 0) out += "." + fmt::format("{:0{}}", size % one, digits);
  return out;
}

std::optional<std::int64_t> percent_micros(std::int64_t part_micros, std::int64_t whole_micros) {
  if (whole_micros <= 0) return std::nullopt;
  const auto out = rounded(Wide(part_micros) * 100 * kMicro, whole_micros);
  if (out > INT64_MAX / 2 || out < INT64_MIN / 2) return std::nullopt;
  return static_cast<std::int64_t>(out);
}

}  // namespace dongbo::report
