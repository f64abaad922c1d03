#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "hub/cli/demo_cast.h"
#include "hub/cli/demo_event.h"
#include "hub/cli/demo_facts.h"

namespace dongbo::cli {

inline constexpr std::uint64_t kDemoSeed = 20230530;

// The conference as the demo plays it: everything in it is simulated and says so. Follows from facts and seed alone, and
// is sorted by when each event is sent.
struct DemoScript {
  std::vector<DemoEvent> events;
  Millis day_begins;             // 06:30: from here on it is played at a pace to watch
  Millis day_ends;               // 11:40
  std::size_t repeated = 0;      // events sent twice with the same content
  std::size_t contradicted = 0;  // … and with other content
};
DemoScript write_demo_script(const DemoFacts& facts, std::uint64_t seed);

// One who was invited, by one post or two, and what becomes of it.
struct DemoPerson {
  enum class Fate { kComes, kExcused, kUnexcused, kSubstitute, kSilent };
  std::string delegate;
  std::vector<std::size_t> posts;  // in DemoCast::posts
  Fate fate = Fate::kComes;        // kSilent: said it would come, or nothing, and does not
  std::string comes;               // who comes: the delegate or the substitute; empty: nobody
  bool withdrawn = false;
};

class DemoWriter;
// The days before: invitations, registrations, budget, papers, agenda, rehearsal. Decides who will come.
std::vector<DemoPerson> write_preparations(DemoWriter& writer, const DemoCast& cast);
// What the technicians of the points say during the day.
void write_readiness(DemoWriter& writer, const DemoCast& cast);
// Arrivals, headcounts, corrections, leaving.
void write_attendance(DemoWriter& writer, const DemoCast& cast, const std::vector<DemoPerson>& people);
// What happens in the room: opening, papers, questions, conclusion, commitments, closing.
void write_proceedings(DemoWriter& writer, const DemoCast& cast);

inline Millis on_the_day(int hour, int minute, int second = 0) {
  return vietnam(2023, 5, 30, hour, minute, second);
}

}  // namespace dongbo::cli
