#pragma once
#include <cstdint>
#include <string>

namespace dongbo::cli {

// Numbers that follow from a seed alone, the same on every machine and with every library (SplitMix64).
class DemoRandom {
 public:
  explicit DemoRandom(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ull;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31);
  }
  // 0 … bound-1. REQUIRES: bound > 0.
  std::int64_t below(std::int64_t bound) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound)); }
  std::int64_t between(std::int64_t first, std::int64_t last) { return first + below(last - first + 1); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool chance(double probability) { return unit() < probability; }
  std::string hex(int digits) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (auto bits = next(); digits > 0; --digits, bits >>= 4) out += kDigits[bits & 15];
    return out;
  }

 private:
  std::uint64_t state_;
};

}  // namespace dongbo::cli
