#pragma once
#include <set>
#include <string>
#include <string_view>

namespace dongbo::report {

// Gives sheets names that spreadsheets take: at most 31 letters, none of []:*?/\, no two alike (large and small letters count
// as one). One workbook, one thread.
class SheetNames {
 public:
  std::string name_for(std::string_view wanted);

 private:
  std::set<std::string> taken_;
};

}  // namespace dongbo::report
