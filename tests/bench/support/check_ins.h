#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace dongbo::bench {

// The events every measurement sends: check-ins of about 400 bytes, numbered from 0 and a function of their number and the
// seed alone, so that any program can say what the hub must have counted. Every tenth repeats one of before. A meeting has
// four sources (gates), each of which numbers what it sends without gaps, as the contract asks.
struct CheckIns {
  std::uint64_t seed = 1;
  std::uint64_t meetings = 64;
  std::uint64_t delegates = 3'000;  // of one meeting, each at a point of his own
  std::uint64_t first_meeting = 0;  // they are BENCH-<first_meeting>…

  void write(std::string& out, std::uint64_t number) const;  // one event, without a line's end
  std::uint64_t meeting_of(std::uint64_t number) const;      // from first_meeting on
  std::uint64_t delegate_of(std::uint64_t number) const;
  std::string meeting_name(std::uint64_t meeting) const;

  // The invitation of one delegate, which is not numbered.
  void write_invitation(std::string& out, std::uint64_t meeting, std::uint64_t delegate) const;

  // Which of the events that differ this is, counted from 0; the first eight digits of its id.
  static std::uint64_t serial_of(std::uint64_t number);
  static bool repeats(std::uint64_t number) { return number % 10 == 9; }
  // How many of the numbers below `end` repeat another.
  static std::uint64_t repeats_below(std::uint64_t end) { return end / 10; }
};

// What a hub must say when it has taken the check-ins 0…events-1 in any order.
struct Expected {
  Expected(const CheckIns& check_ins, std::uint64_t events);
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::vector<std::uint64_t> present;  // delegates by meeting
};

}  // namespace dongbo::bench
