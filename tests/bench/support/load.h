#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/support/check_ins.h"
#include "tests/bench/support/histogram.h"

namespace dongbo::bench {

struct LoadResult {
  Histogram latency;
  std::uint64_t answered = 0;
  std::uint64_t failed = 0;  // another status than 200
  std::uint64_t bytes = 0;   // of the answers' bodies
  double seconds = 0;
  double rate() const { return static_cast<double>(answered) / seconds; }
};

// Sends requests over keep-alive connections from the calling thread and waits for all answers.
//
// With rate 0 (closed loop) every connection asks again as soon as it is answered; latency is from sending. With a rate
// (open loop) request i is due at i/rate whether the hub keeps up or not, and latency is from that time: a hub that
// stalls is charged for every request that should have been sent meanwhile.
struct Load {
  std::uint16_t port = 0;
  std::size_t connections = 100;
  double rate = 0;
  // Writes the next whole request; false: there are no more.
  std::function<bool(std::string& request)> next;
};
LoadResult run_load(const Load& load);

// Check-ins as NDJSON over one connection, `each` a request: made before the clock starts, then sent one after another.
class Upload {
 public:
  Upload(const CheckIns& check_ins, std::uint64_t from, std::uint64_t end, std::uint64_t each = 50'000);
  explicit Upload(std::string body);  // one request

  // With a rate, a request goes when its first event is due. What the hub cannot take now (503) is sent again a second
  // later. Returns the seconds until the last was answered; throws when one was refused.
  double send(std::uint16_t port, double rate = 0);
  std::uint64_t events() const { return events_; }
  std::uint64_t sent_again() const { return sent_again_; }

 private:
  std::vector<std::string> requests_;
  std::uint64_t events_ = 0, each_ = 1, sent_again_ = 0;
};

}  // namespace dongbo::bench
