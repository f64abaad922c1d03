#include "hub/projection/decimal.h"

#include <algorithm>
#include <charconv>

namespace dongbo::projection {
namespace {

constexpr int kWholeDigitsMax = 20;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Splits "12.5e-3" into "125" and the place of its point; false: not such a number.
bool split(std::string_view text, std::string& digits, int& point) {
  int exponent = 0;
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    auto power = text.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (error != std::errc() || end != power.data() + power.size() || exponent > 100 || exponent < -100) return false;
    text = text.substr(0, e);
  }
  const auto dot = text.find('.');
  const auto whole = text.substr(0, dot);
  const auto fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  if (whole.empty() || (dot != std::string_view::npos && fraction.empty())) return false;
  if (!all_digits(whole) || !all_digits(fraction)) return false;
  digits.assign(whole).append(fraction);
  point = static_cast<int>(whole.size()) + exponent;
  return true;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 64) return std::nullopt;
  std::string digits;
  int point = 0;
  if (!split(text, digits, point)) return std::nullopt;
  Wide scaled = 0;
  for (int i = 0; i < static_cast<int>(digits.size()); ++i) {
    const int place = point - 1 - i;  // the digit stands for 10^place
    if (place == -kDecimals - 1 && digits[static_cast<std::size_t>(i)] >= '5') ++scaled;
    if (digits[static_cast<std::size_t>(i)] == '0' || place < -kDecimals) continue;
    if (place >= kWholeDigitsMax) return std::nullopt;
    Wide unit = digits[static_cast<std::size_t>(i)] - '0';
    for (int power = place + kDecimals; power > 0; --power) unit *= 10;
    scaled += unit;
  }
  return Decimal(negative ? -scaled : scaled);
}

std::string Decimal::text() const {
  const bool negative = scaled_ < 0;
  Wide rest = negative ? -scaled_ : scaled_;
  std::string digits;
  for (int i = 0; rest > 0 || i <= kDecimals; ++i) {
    if (i == kDecimals) digits.push_back('.');
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.starts_with('.')) digits.erase(0, 1);
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace dongbo::projection
