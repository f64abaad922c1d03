#pragma once
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/bench/support/histogram.h"

namespace dongbo::bench {

// What a program measured: prints each figure as it is known, a line each, and writes them all as JSON at the end.
// A wrong count is a figure too, and makes the program fail.
class Figures {
 public:
  void add(std::string_view work, double value, std::string_view unit);
  void latency(std::string_view work, const Histogram& histogram);  // p50, p90, p99, p99.9, max
  void note(std::string_view name, nlohmann::ordered_json value);   // goes to the JSON only: options, seed, hash
  void count(std::string_view what, std::uint64_t counted, std::uint64_t expected);

  void resume(const std::string& file);  // goes on from what another process wrote

  bool exact() const { return exact_; }
  // Writes `file` unless it is empty. The exit code of the program.
  int finish(const std::string& file);

 private:
  nlohmann::ordered_json all_ = nlohmann::ordered_json::object();
  bool exact_ = true;
};

}  // namespace dongbo::bench
