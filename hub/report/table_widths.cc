#include "hub/report/table_widths.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "hub/report/form.h"
#include "hub/report/markup.h"
#include "hub/report/text_measure.h"

namespace dongbo::report {
namespace {

constexpr double kPadding = 3.2;     // millimetres beside the words of a cell, lines included
constexpr double kShareMax = 0.4;    // of the table, for one word
constexpr double kWidthLeast = 0.1;  // of a column that asks for nothing

// The word with most letters; the widest one is it or hardly wider.
void keep_longest(std::string_view text, std::string_view& longest, std::size_t& letters) {
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    if (word.size() > letters) {  // bytes first: counting letters costs more
      const auto count = count_letters(word);
      if (count > letters) {
        letters = count;
        longest = word;
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

double least_width(const Table& table, std::size_t column) {
  std::string_view heading;
  std::string_view word;
  std::string_view total;
  std::size_t letters = 0;
  keep_longest(table.columns[column].title, heading, letters);
  letters = 0;
  std::size_t total_letters = 0;
  for (const auto& row : table.rows) {
    if (column >= row.cells.size()) continue;
    if (row.total) {
      keep_longest(row.cells[column].text, total, total_letters);
    } else {
      keep_longest(row.cells[column].text, word, letters);
    }
  }
  const FontStyle bold{form::kTableSize, true, false};
  return kPadding + std::max({text_width_mm(heading, bold), text_width_mm(total, bold), text_width_mm(word, {form::kTableSize})});
}

}  // namespace

std::vector<double> table_widths(const Table& table, double width_mm) {
  const auto count = table.columns.size();
  std::vector<double> least(count);
  for (std::size_t i = 0; i < count; ++i) least[i] = std::min(least_width(table, i), kShareMax * width_mm);
  const double needed = std::accumulate(least.begin(), least.end(), 0.0);
  if (needed >= width_mm) {
    for (auto& width : least) width *= width_mm / needed;
    return least;
  }
  std::vector<double> widths(count);
  std::vector<bool> fixed(count, false);
  for (bool changed = count > 0; changed;) {  // each round fixes a column or is the last
    double room = width_mm;
    double asked = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (fixed[i]) {
        room -= least[i];
      } else {
        asked += std::max(table.columns[i].width, kWidthLeast);
      }
    }
    changed = false;
    for (std::size_t i = 0; i < count; ++i) {
      widths[i] = fixed[i] ? least[i] : room * std::max(table.columns[i].width, kWidthLeast) / asked;
      if (widths[i] >= least[i]) continue;
      fixed[i] = true;
      changed = true;
    }
  }
  return widths;
}

}  // namespace dongbo::report
