#include "tests/bench/support/figures.h"

#include <cmath>
#include <cstdio>
#include <fstream>

#include <fmt/format.h>

namespace dongbo::bench {

void Figures::add(std::string_view work, double value, std::string_view unit) {
  const auto text = std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
  fmt::print("{:<72} {:>10} {}\n", work, text, unit);
  std::fflush(stdout);
  all_["figures"].push_back({{"work", work}, {"value", value}, {"unit", unit}});
}

void Figures::latency(std::string_view work, const Histogram& histogram) {
  fmt::print("{:<72} p50 {:.2f}  p90 {:.2f}  p99 {:.2f}  p99.9 {:.2f}  max {:.2f} ms\n", work, histogram.ms(0.5),
             histogram.ms(0.9), histogram.ms(0.99), histogram.ms(0.999), histogram.max_ms());
  std::fflush(stdout);
  all_["figures"].push_back({{"work", work},
                             {"unit", "ms"},
                             {"count", histogram.count()},
                             {"p50", histogram.ms(0.5)},
                             {"p90", histogram.ms(0.9)},
                             {"p99", histogram.ms(0.99)},
                             {"p99.9", histogram.ms(0.999)},
                             {"max", histogram.max_ms()}});
}

void Figures::note(std::string_view name, nlohmann::ordered_json value) {
  all_[std::string(name)] = std::move(value);
}

void Figures::count(std::string_view what, std::uint64_t counted, std::uint64_t expected) {
  const bool right = counted == expected;
  exact_ = exact_ && right;
  if (right) {
    fmt::print("{:<72} {:>10} exact\n", what, counted);
  } else {
    fmt::print("{:<72} {:>10} WRONG: must be {}\n", what, counted, expected);
  }
  std::fflush(stdout);
  all_["counts"].push_back({{"what", what}, {"counted", counted}, {"expected", expected}});
}

void Figures::resume(const std::string& file) {
  std::ifstream in(file);
  all_ = nlohmann::ordered_json::parse(in);
  exact_ = all_.at("exact").get<bool>();
}

int Figures::finish(const std::string& file) {
  all_["exact"] = exact_;
  if (!file.empty()) std::ofstream(file) << all_.dump(1) << '\n';
  if (!exact_) std::fprintf(stderr, "a count is wrong: the figures mean nothing\n");
  return exact_ ? 0 : 1;
}

}  // namespace dongbo::bench
