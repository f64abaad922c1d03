#include "hub/report/chart_canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

constexpr double kDotsPerPoint = 300.0 / 72.0;

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Canvas::Canvas(double width_pt, double height_pt)
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(width_pt * kDotsPerPoint)),
                                          static_cast<int>(std::lround(height_pt * kDotsPerPoint))),
               cairo_surface_destroy),
      context_(cairo_create(surface_.get()), cairo_destroy) {
  cairo_scale(context_.get(), kDotsPerPoint, kDotsPerPoint);
  // Nothing of the machine's settings for screens may show in the bytes.
  std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(cairo_font_options_create(),
                                                                                       cairo_font_options_destroy);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(context_.get(), options.get());
  cairo_select_font_face(context_.get(), "Arimo", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_source_rgb(context_.get(), 1, 1, 1);
  cairo_paint(context_.get());
}

void Canvas::colour(Colour colour) {
  cairo_set_source_rgb(context_.get(), colour.red, colour.green, colour.blue);
}

void Canvas::pen(double width_pt, const std::vector<double>& dashes) {
  cairo_set_line_width(context_.get(), width_pt);
  cairo_set_dash(context_.get(), dashes.data(), static_cast<int>(dashes.size()), 0);
}

void Canvas::rectangle(double x, double y, double width, double height) {
  cairo_rectangle(context_.get(), x, y, width, height);
  cairo_fill(context_.get());
}

void Canvas::line(double x1, double y1, double x2, double y2) {
  cairo_move_to(context_.get(), x1, y1);
  cairo_line_to(context_.get(), x2, y2);
  cairo_stroke(context_.get());
}

void Canvas::mark(std::size_t series, double x, double y) {
  auto* const context = context_.get();
  constexpr double kRadius = 2.4;
  cairo_new_path(context);
  if (series % 4 == 0) {
    cairo_arc(context, x, y, kRadius, 0, 2 * std::numbers::pi);
  } else {
    const std::size_t corners = series % 4 == 2 ? 3 : 4;
    const double turn = series % 4 == 1 ? std::numbers::pi / 4 : 0;
    for (std::size_t i = 0; i < corners; ++i) {
      const double angle =
          turn - std::numbers::pi / 2 + 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
      cairo_line_to(context, x + 1.25 * kRadius * std::cos(angle), y + 1.25 * kRadius * std::sin(angle));
    }
    cairo_close_path(context);
  }
  cairo_fill(context);
}

void Canvas::text(const std::string& text, double x, double y, double size_pt, Anchor anchor) {
  const double width = text_width(text, size_pt);
  const double shift = anchor == Anchor::kLeft ? 0 : anchor == Anchor::kCentre ? width / 2 : width;
  cairo_move_to(context_.get(), x - shift, y + 0.36 * size_pt);
  cairo_show_text(context_.get(), text.c_str());
}

double Canvas::text_width(const std::string& text, double size_pt) {
  cairo_set_font_size(context_.get(), size_pt);
  cairo_text_extents_t extents;
  cairo_text_extents(context_.get(), text.c_str(), &extents);
  return extents.x_advance;
}

std::string Canvas::shortened(std::string text, double width, double size_pt) {
  if (text_width(text, size_pt) <= width) return text;
  auto letters = count_letters(text);
  while (letters > 1 && text_width(first_letters(text, letters) + "…", size_pt) > width) --letters;
  return first_letters(text, letters) + "…";
}

std::vector<std::string> Canvas::wrapped(const std::string& text, double width, double size_pt, std::size_t lines_max) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (from < text.size()) {
    const auto to = std::min(text.find(' ', from), text.size());
    const auto word = text.substr(from, to - from);
    const bool last = lines.size() == lines_max;
    if (!lines.empty() && (last || text_width(lines.back() + " " + word, size_pt) <= width)) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
    from = to + 1;
  }
  for (auto& line : lines) line = shortened(line, width, size_pt);
  return lines;
}

Result<std::string> Canvas::png() {
  std::string out;
  auto status = cairo_status(context_.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_write_to_png_stream(surface_.get(), append, &out);
  if (status != CAIRO_STATUS_SUCCESS) {
    return Error::transient(
        fmt::format("không vẽ được biểu đồ {0} x {1} điểm ảnh; hãy thử lại khi máy còn nhiều bộ nhớ hơn / a chart of {0} x {1} "
                    "dots could not be drawn: {2}; try again with more memory free",
                    cairo_image_surface_get_width(surface_.get()), cairo_image_surface_get_height(surface_.get()),
                    cairo_status_to_string(status)));
  }
  return out;
}

Axis Axis::of(const std::vector<std::optional<double>>& values, int steps_about) {
  double low = 0;
  double high = 0;
  bool whole = true;
  for (const auto& value : values) {
    if (!value || !std::isfinite(*value)) continue;
    whole &= *value == std::floor(*value);
    low = std::min(low, *value);
    high = std::max(high, *value);
  }
  const double span = high > low ? high - low : 1;
  const double rough = span / steps_about;
  const double magnitude = std::pow(10, std::floor(std::log10(rough)));
  Axis axis;
  axis.step = magnitude * 10;
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    const bool round = factor != 2.5 || magnitude >= 10;  // 25 and 250, but not 2,5
    if (round && rough <= factor * magnitude) {
      axis.step = factor * magnitude;
      break;
    }
  }
  if (whole) axis.step = std::max(axis.step, 1.0);
  axis.low = std::floor(low / axis.step) * axis.step;
  axis.high = std::ceil((high > low ? high : 1) / axis.step) * axis.step;
  return axis;
}

std::string number_text(double value) {
  auto text = fmt::format("{:.2f}", std::abs(value));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  auto point = text.find('.');
  if (point != std::string::npos) text[point] = ',';
  if (point == std::string::npos) point = text.size();
  for (auto at = point; at > 3; at -= 3) text.insert(at - 3, ".");
  return value < 0 && text != "0" ? "-" + text : text;
}

}  // namespace dongbo::report
