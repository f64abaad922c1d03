#pragma once
#include <string>

#include "hub/base/result.h"
#include "hub/report/document.h"

namespace dongbo::report {

struct Picture {
  std::string png;
  double width_mm = 0;
  double height_mm = 0;
};

// The chart as a picture of 300 dots an inch, as wide as the text. Colours differ for colour-blind eyes and in grey; values
// stand beside the bars. The same chart gives the same bytes (font: Arimo). Any thread.
// Limits: at most 40 bars' categories, 16 axes of a radar and 8 series are drawn; the picture says how many are left out.
// Errors: the picture could not be drawn (memory).
Result<Picture> chart_png(const Chart& chart);

}  // namespace dongbo::report
