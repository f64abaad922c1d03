#pragma once
#include <set>

#include "hub/report/facts.h"
#include "hub/report/items.h"
#include "hub/report/words.h"

// How facts.cc and its parts read. Not for others.
namespace dongbo::report {

// One reading: the pinned answers, the reference, and what is filled.
struct Reading {
  PinnedAnswers& answers;
  const Reference& reference;
  const FactsRequest& request;
  Facts& facts;
  std::set<std::string> looked_up = {};  // units that were asked

  const std::string& meeting() const { return request.meeting; }
  // The name of a body or place on the day of the meeting; looks it up once. "" stays "".
  Result<std::string> unit_name(const std::string& code);
  // The same as somebody who acts: of a place, its people's committee.
  Result<std::string> body_name(const std::string& code);
  Result<void> look_up(const std::string& code);
  std::string composition_name(const std::string& code) const;
  std::string component_name(const std::string& index, const std::string& component) const;
};

Result<void> read_attendance(Reading& reading);   // totals, points, groups, arrivals, readiness
Result<void> read_delegates(Reading& reading);    // absent and to be looked at
Result<void> read_proceedings(Reading& reading);  // papers, feedback, surveys, budget
Result<void> read_outcome(Reading& reading);      // conclusions, commitments
Result<void> read_indexes(Reading& reading);
Result<void> read_sources(Reading& reading);  // after read_attendance
Result<void> read_frozen(Reading& reading);   // corrections, as_of, versions; last

inline std::string line_text(const Json& object, const char* name) {
  return one_line(text(object, name));
}

}  // namespace dongbo::report
