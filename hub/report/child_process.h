#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

namespace dongbo::report {

struct ChildProgram {
  std::string path;  // of the program; no shell and no search
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value"; nothing else is handed down
  std::chrono::milliseconds time_limit{120'000};
  std::size_t output_bytes_max = 256U << 20U;
  std::size_t memory_bytes_max = std::size_t{4} << 30U;
};

// Runs a program to its end with these bytes as its standard input; returns its standard output. Input and output lie in
// memory, no file is left behind; the program sees no other open file of this process. At the time limit it is killed with
// all it started. Blocks the calling thread; any thread.
// Errors: not_found when there is no such program; transient for the time limit; fatal when it failed (with the end of what it
// wrote on standard error) or wrote more than the limit.
Result<std::string> run_program(const ChildProgram& program, std::string_view input);

}  // namespace dongbo::report
