#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "hub/projection/attendance.h"
#include "hub/query/names.h"

namespace dongbo::query {

// Attendance of a part of a meeting (a point, a unit with everything under it, a group, or what is in all of them),
// worked out from the rows of persons and headcounts by the same rules as the kept counters: for one point or one group
// the total is exactly its counter. Pure; one thread.
//
// A person adds a figure when each named filter has it of him: invited at one point and present at another, he is invited
// at the first and present at the second. He counts once, however many units of the part he belongs to.
class AttendancePart {
 public:
  explicit AttendancePart(const WhoFilter& filter) : filter_(filter) {}

  // The figures that this person adds to the total; empty: he is outside the part.
  projection::FigureSet add(const projection::PersonRow& person, const projection::PersonView& view);
  void add_headcount(const projection::Seat& seat, std::int64_t headcount);
  void add_invited_headcount(const projection::Seat& seat, std::int64_t headcount);

  const projection::Figures& total() const { return total_; }
  const std::map<std::string, projection::Figures>& points() const { return points_; }
  const std::map<std::string, projection::Figures>& compositions() const { return compositions_; }
  const std::map<std::string, projection::Figures>& units() const { return units_; }
  const std::map<std::string, std::int64_t>& arrivals() const { return arrivals_; }  // by minute

 private:
  void add_everywhere(const projection::Seat& seat, const projection::Figures& figures);

  const WhoFilter& filter_;
  projection::Figures total_;
  std::map<std::string, projection::Figures> points_, compositions_, units_;
  std::map<std::string, std::int64_t> arrivals_;
};

}  // namespace dongbo::query
