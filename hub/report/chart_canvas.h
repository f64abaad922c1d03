#pragma once
#include <cairo.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"

// What the charts are drawn with and measured by. One canvas, one thread.
namespace dongbo::report {

struct Colour {
  double red, green, blue;
};

// Okabe and Ito's colours, which colour-blind people tell apart; in an order that also differs in grey.
inline constexpr std::array<Colour, 8> kSeriesColours = {{{0.00, 0.45, 0.70},
                                                          {0.90, 0.62, 0.00},
                                                          {0.00, 0.62, 0.45},
                                                          {0.80, 0.40, 0.00},
                                                          {0.80, 0.60, 0.70},
                                                          {0.34, 0.71, 0.91},
                                                          {0.40, 0.40, 0.40},
                                                          {0.00, 0.00, 0.00}}};
inline constexpr Colour kInk = {0.10, 0.10, 0.10};
inline constexpr Colour kGrid = {0.82, 0.82, 0.82};

// A white page measured in points, drawn at 300 dots an inch.
class Canvas {
 public:
  enum class Anchor { kLeft, kCentre, kRight };

  Canvas(double width_pt, double height_pt);

  void colour(Colour colour);
  void pen(double width_pt, const std::vector<double>& dashes = {});
  void rectangle(double x, double y, double width, double height);
  void line(double x1, double y1, double x2, double y2);
  // A mark on a line: circle, square, triangle, diamond, by turns.
  void mark(std::size_t series, double x, double y);
  // y is the middle of the letters.
  void text(const std::string& text, double x, double y, double size_pt, Anchor anchor);
  double text_width(const std::string& text, double size_pt);
  // Broken into at most `lines_max` lines; the last ends with "…" when not all fits.
  std::vector<std::string> wrapped(const std::string& text, double width, double size_pt, std::size_t lines_max);
  cairo_t* context() { return context_.get(); }

  Result<std::string> png();

 private:
  std::string shortened(std::string text, double width, double size_pt);

  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context_;
};

// Round steps from a floor (0, or below for negative values) to a ceiling that holds every value; whole steps when every
// value is whole: there is no half of a delegate.
struct Axis {
  double low = 0;
  double high = 1;
  double step = 1;

  static Axis of(const std::vector<std::optional<double>>& values, int steps_about);
  double share(double value) const { return (value - low) / (high - low); }
};

// "1.234", "80,91": at most two decimals, as people here write numbers.
std::string number_text(double value);

}  // namespace dongbo::report
