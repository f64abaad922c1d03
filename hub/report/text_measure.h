#pragma once
#include <string>
#include <string_view>
#include <vector>

// Widths of printed text. Any thread. Measured with Tinos, which is as wide as Times New Roman letter by letter;
// where that font is missing the widths are those of the font the system puts in its place.
namespace dongbo::report {

struct FontStyle {
  double size_pt = 14;
  bool bold = false;
  bool italic = false;
};

double text_width_mm(std::string_view text, FontStyle style);

// The text in as few lines as fit the width, as a typist breaks a title: lines of about the same length, after a comma where
// that is possible. Breaks at spaces only: a word longer than the width stands alone. Limit: the first 4,000 letters.
std::vector<std::string> balanced_lines(std::string_view text, double width_mm, FontStyle style);

}  // namespace dongbo::report
