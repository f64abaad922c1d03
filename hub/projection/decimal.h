#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dongbo::projection {

// Exact sums of decimals written as text ("5000000", "42.2377", "1e-7"): money and scores never pass through binary
// fractions. Whole parts of up to 20 digits; decimals beyond the 15th are rounded (half away from zero): publishers that
// compute in binary write 0.30000000000000004. Anything else gives nullopt.
class Decimal {
 public:
  static constexpr int kDecimals = 15;
  static std::optional<Decimal> parse(std::string_view text);

  Decimal() = default;
  Decimal operator+(Decimal other) const { return Decimal(scaled_ + other.scaled_); }
  Decimal operator-(Decimal other) const { return Decimal(scaled_ - other.scaled_); }
  auto operator<=>(const Decimal&) const = default;
  // Without needless zeros: "13000000", "4.5", "-0.25".
  std::string text() const;

 private:
  __extension__ typedef __int128 Wide;
  explicit Decimal(Wide scaled) : scaled_(scaled) {}
  Wide scaled_ = 0;  // times 10^kDecimals; 39 digits hold the sum of 1,000 numbers of 20 + 15 digits
};

}  // namespace dongbo::projection
