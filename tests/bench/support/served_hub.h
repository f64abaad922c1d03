#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/support/check_ins.h"
#include "tests/bench/support/figures.h"
#include "tests/bench/support/process.h"

namespace CLI {
class App;
}

namespace dongbo::bench {

// What every program takes that runs the hub: the program, a folder to work in, a file for the figures. Its --help then says
// of all its sizes what they are when they are not given.
void add_served_options(CLI::App& app, std::string& dongbo, std::string& dir, std::string& out);

// The real program, `dongbo serve`, on a free loopback port with a data directory of its own. One thread.
class ServedHub {
 public:
  ServedHub(std::string program, std::filesystem::path data, std::vector<std::string> arguments = {});

  // Returns when /readyz answers 200; the seconds that took. Throws with the end of the hub's log when it does not.
  double start(double patience = 120);
  void kill9() { child_.kill9(); }
  int stop() { return child_.stop(); }

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return child_.pid(); }
  const std::filesystem::path& data() const { return data_; }

  // What /v1/status says, summed over the shards.
  struct Counts {
    std::uint64_t journaled = 0, folded = 0;                 // sequences
    std::uint64_t accepted = 0, duplicates = 0, others = 0;  // since the start
  };
  Counts counts() const;
  // Waits until everything journaled, and at least `journaled`, is folded. False: not within `patience` seconds.
  bool folded(std::uint64_t journaled, double patience = 600) const;

 private:
  const std::string program_;
  const std::filesystem::path data_;
  const std::vector<std::string> arguments_;
  std::uint16_t port_ = 0;
  Child child_;
};

// Compares what the hub says of every meeting with what was sent, and returns a hash of all its attendance figures (which
// the order of arrival does not change).
std::string check_attendance(const ServedHub& hub, const CheckIns& check_ins, const Expected& expected, Figures& figures);

}  // namespace dongbo::bench
