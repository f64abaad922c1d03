#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

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

// Uploads the check-ins from…end-1 as NDJSON over one connection, `each` a request. With a rate, a request goes when its
// first event is due. Returns the seconds until the last was answered; throws when one was not taken.
double upload(std::uint16_t port, const CheckIns& check_ins, std::uint64_t from, std::uint64_t end, std::uint64_t each,
              double rate = 0);
// The same with the body made before the clock starts.
double upload_prepared(std::uint16_t port, const std::string& request);
std::string upload_request(const CheckIns& check_ins, std::uint64_t from, std::uint64_t end);

}  // namespace dongbo::bench
