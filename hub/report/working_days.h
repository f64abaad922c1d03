#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace dongbo::report {

// A deadline that is counted in working days. `certain`: every day on the way lies in a year whose holidays are known.
struct Deadline {
  std::string day;  // "2023-06-06"
  bool certain = false;
};

// Working days of Vietnamese administration: Monday to Friday without the public holidays of the table
// (schemas/catalogues/holidays.json), and the weekends that the table has worked. Immutable after load; any thread.
class WorkingDays {
 public:
  static Result<WorkingDays> load(const std::filesystem::path& file);

  bool knows(int year) const { return years_.contains(year); }
  // REQUIRES: `day` is a real day ("2023-05-30").
  bool is_working_day(std::string_view day) const;
  // The day on which `count` working days after `day` have passed; `day` itself does not count. REQUIRES a real day and
  // 0 <= count <= 1000.
  Deadline after(std::string_view day, int count) const;

 private:
  std::set<int> years_;
  std::set<std::string, std::less<>> off_;
  std::set<std::string, std::less<>> worked_;
};

}  // namespace dongbo::report
