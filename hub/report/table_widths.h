#pragma once
#include <vector>

#include "hub/report/document.h"

namespace dongbo::report {

// Widths of a table's columns in millimetres, together as wide as the page's text: as the columns ask, but none narrower than
// its longest word, so that a day or a number is not broken in two; where even that does not fit, all give way alike.
// Empty for a table without columns. Any thread.
std::vector<double> table_widths(const Table& table, double width_mm);

}  // namespace dongbo::report
