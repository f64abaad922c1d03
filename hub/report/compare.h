#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/report/document.h"

namespace dongbo::report {

// One figure that two reports tell differently. `was` or `is` absent: the figure is in one of them only. Texts are as
// printed.
struct Difference {
  std::string figure;  // id
  std::string label;
  std::optional<std::string> was;
  std::optional<std::string> is;
  // What changed it, in words for a table ("sửa lượt điểm danh, 1:42"); set by whoever can tell, compare() leaves it empty.
  std::string cause;
};

// In the order of `is`, then what only `was` has. Numbers are equal by value, other figures by text. Pure.
std::vector<Difference> compare(const Document& was, const Document& is);

// Báo cáo bổ sung: `now` with the differences to `before` told at the beginning of its body (many of them in an annex more),
// named as a supplement and sealed again. REQUIRES: both are of the same meeting and kind.
Document supplement(Document now, const Document& before, const std::vector<Difference>& differences);

}  // namespace dongbo::report
