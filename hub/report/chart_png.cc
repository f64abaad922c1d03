#include "hub/report/chart_png.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "hub/report/chart_canvas.h"
#include "hub/report/form.h"
#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

using Anchor = Canvas::Anchor;

constexpr double kPointsPerMillimetre = 72 / 25.4;
constexpr double kWidth = form::kTextWidth * kPointsPerMillimetre;
constexpr double kLetters = 9;
constexpr double kSmall = 8;
constexpr double kGap = 6;
constexpr std::size_t kBarsMax = 40;
constexpr std::size_t kAxesMax = 16;
constexpr std::size_t kUprightBarsMax = 8;
constexpr double kHeightMax = 640;      // a page holds no more
constexpr double kRowsHeightMax = 600;  // of it for the bars

// The chart with clean texts, cut to what can be drawn.
struct Plan {
  Chart chart;
  std::size_t left_out = 0;  // categories
  double top = 0;            // where the drawing begins, under legend and unit
};

double row_height(const Chart& chart) {
  const double least = chart.categories.size() > 24 ? 14 : 16;
  return std::max(least, 7.5 * static_cast<double>(chart.series.size()) + 5);
}

std::size_t categories_max(const Chart& chart) {
  if (chart.kind == Chart::Kind::kLine) return chart.categories.size();
  if (chart.kind == Chart::Kind::kRadar) return kAxesMax;
  return std::min(kBarsMax, static_cast<std::size_t>(kRowsHeightMax / row_height(chart)));
}

Plan plan_of(const Chart& chart) {
  Plan plan{chart};
  auto& cut = plan.chart;
  if (cut.kind == Chart::Kind::kRadar && cut.categories.size() < 3) cut.kind = Chart::Kind::kBars;
  if (cut.series.size() > kSeriesColours.size()) cut.series.resize(kSeriesColours.size());
  const auto most = categories_max(cut);
  if (cut.categories.size() > most) {
    plan.left_out = cut.categories.size() - most;
    cut.categories.resize(most);
  }
  for (auto& category : cut.categories) category = clean_text(category);
  for (auto& series : cut.series) {
    series.name = clean_text(series.name);
    series.values.resize(cut.categories.size());
    for (auto& value : series.values) {
      if (value && !std::isfinite(*value)) value.reset();
    }
  }
  cut.unit = clean_text(cut.unit);
  return plan;
}

Axis axis_of(const Chart& chart, int steps) {
  std::vector<std::optional<double>> all;
  for (const auto& series : chart.series) all.insert(all.end(), series.values.begin(), series.values.end());
  if (chart.kind == Chart::Kind::kRadar && chart.unit == "%") all.emplace_back(100);
  return Axis::of(all, steps);
}

// Unit and, for several series, their names. Returns where they end.
double draw_head(Canvas& canvas, const Plan& plan) {
  double x = 0;
  double y = kLetters;
  canvas.colour(kInk);
  const auto note = plan.left_out == 0 ? std::string() : fmt::format("; còn {} mục xem trong bảng", plan.left_out);
  const auto unit = plan.chart.unit.empty() && note.empty() ? std::string() : "Đơn vị: " + plan.chart.unit + note;
  if (!unit.empty()) canvas.text(unit, 1, y, kSmall, Anchor::kLeft);
  if (plan.chart.series.size() > 1) {
    y += unit.empty() ? 0 : kLetters + kGap;
    for (std::size_t i = 0; i < plan.chart.series.size(); ++i) {
      const auto name = canvas.wrapped(plan.chart.series[i].name, kWidth / 2, kLetters, 1);
      const auto label = name.empty() ? std::string("?") : name.front();
      const double width = 26 + canvas.text_width(label, kLetters);
      if (x > 0 && x + width > kWidth) {
        x = 0;
        y += kLetters + kGap;
      }
      canvas.colour(kSeriesColours[i]);
      if (plan.chart.kind == Chart::Kind::kBars) {
        canvas.rectangle(x, y - 4, 10, 8);
      } else {
        canvas.pen(1.5);
        canvas.line(x, y, x + 12, y);
        canvas.mark(i, x + 6, y);
      }
      canvas.colour(kInk);
      canvas.text(label, x + 15, y, kLetters, Anchor::kLeft);
      x += width;
    }
  }
  return unit.empty() && plan.chart.series.size() < 2 ? kGap : y + kLetters + kGap;
}

double head_height(const Plan& plan) {
  Canvas scratch(kWidth, 200);
  return draw_head(scratch, plan);
}

void draw_value(Canvas& canvas, const std::optional<double>& value, double x, double y, Anchor anchor) {
  canvas.colour(kInk);
  canvas.text(value ? number_text(*value) : "–", x, y, kSmall, anchor);
}

// Vertical scale with its grid, for upright bars and lines.
struct Frame {
  double left, top, width, height;
  Axis axis;
  double y(double value) const { return top + height * (1 - axis.share(value)); }
};

std::vector<double> steps_of(const Axis& axis) {
  std::vector<double> out;
  const auto steps = std::lround((axis.high - axis.low) / axis.step);
  for (long i = 0; i <= steps; ++i) out.push_back(axis.low + static_cast<double>(i) * axis.step);
  return out;
}

void draw_grid(Canvas& canvas, const Frame& frame) {
  for (const double value : steps_of(frame.axis)) {
    canvas.colour(kGrid);
    canvas.pen(0.5);
    canvas.line(frame.left, frame.y(value), frame.left + frame.width, frame.y(value));
    canvas.colour(kInk);
    canvas.text(number_text(value), frame.left - 4, frame.y(value), kSmall, Anchor::kRight);
  }
  canvas.pen(0.8);
  canvas.line(frame.left, frame.y(0), frame.left + frame.width, frame.y(0));
}

Frame frame_of(Canvas& canvas, const Plan& plan, double height, double foot) {
  const auto axis = axis_of(plan.chart, 5);
  double scale = 0;
  for (const double value : steps_of(axis)) scale = std::max(scale, canvas.text_width(number_text(value), kSmall));
  return {scale + 8, plan.top + kSmall, kWidth - scale - 16, height - plan.top - foot - kSmall, axis};
}

void draw_upright_bars(Canvas& canvas, const Plan& plan, double height) {
  const auto& chart = plan.chart;
  const auto frame = frame_of(canvas, plan, height, 3.5 * (kLetters + 2));
  draw_grid(canvas, frame);
  const double slot = frame.width / static_cast<double>(std::max<std::size_t>(chart.categories.size(), 1));
  const double bar = std::min(46.0, slot * 0.8 / static_cast<double>(std::max<std::size_t>(chart.series.size(), 1)));
  for (std::size_t c = 0; c < chart.categories.size(); ++c) {
    const double middle = frame.left + slot * (static_cast<double>(c) + 0.5);
    double x = middle - bar * static_cast<double>(chart.series.size()) / 2;
    for (std::size_t s = 0; s < chart.series.size(); ++s, x += bar) {
      const auto& value = chart.series[s].values[c];
      canvas.colour(kSeriesColours[s]);
      const double end = frame.y(value.value_or(0));
      canvas.rectangle(x + 0.5, std::min(end, frame.y(0)), bar - 1, std::abs(end - frame.y(0)));
      draw_value(canvas, value, x + bar / 2, std::min(end, frame.y(0)) - kSmall * 0.75, Anchor::kCentre);
    }
    double y = frame.top + frame.height + kLetters;
    for (const auto& line : canvas.wrapped(chart.categories[c], slot - 4, kLetters, 3)) {
      canvas.text(line, middle, y, kLetters, Anchor::kCentre);
      y += kLetters + 2;
    }
  }
}

void draw_lying_bars(Canvas& canvas, const Plan& plan) {
  const auto& chart = plan.chart;
  const auto axis = axis_of(chart, 6);
  double names = 0;
  for (const auto& category : chart.categories) names = std::max(names, canvas.text_width(category, kLetters));
  names = std::min(names, kWidth * 0.4);
  const double left = names + 8;
  const double width = kWidth - left - canvas.text_width(number_text(axis.high) + "00", kSmall) - 4;
  const double row = row_height(chart);
  const auto x_of = [&](double value) { return left + width * axis.share(value); };
  const double bar = (row - 5) / static_cast<double>(std::max<std::size_t>(chart.series.size(), 1));
  for (std::size_t c = 0; c < chart.categories.size(); ++c) {
    const double top = plan.top + row * static_cast<double>(c);
    canvas.colour(kInk);
    for (const auto& name : canvas.wrapped(chart.categories[c], names + 1, kLetters, 1)) {
      canvas.text(name, left - 5, top + row / 2, kLetters, Anchor::kRight);
    }
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const auto& value = chart.series[s].values[c];
      const double y = top + 2.5 + bar * static_cast<double>(s);
      const double end = x_of(value.value_or(0));
      canvas.colour(kSeriesColours[s]);
      canvas.rectangle(std::min(end, x_of(0)), y + 0.5, std::abs(end - x_of(0)), bar - 1);
      draw_value(canvas, value, std::max(end, x_of(0)) + 3, y + bar / 2, Anchor::kLeft);
    }
  }
  canvas.pen(0.8);
  canvas.line(x_of(0), plan.top, x_of(0), plan.top + row * static_cast<double>(chart.categories.size()));
}

void draw_line_names(Canvas& canvas, const Chart& chart, const Frame& frame, double slot) {
  double widest = 1;
  for (const auto& name : chart.categories) widest = std::max(widest, canvas.text_width(name, kSmall));
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil((std::min(widest, 90.0) + 6) / slot)));
  canvas.colour(kInk);
  for (std::size_t c = 0; c < chart.categories.size(); c += every) {
    const double x = frame.left + slot * (static_cast<double>(c) + 0.5);
    canvas.pen(0.5);
    canvas.line(x, frame.top + frame.height, x, frame.top + frame.height + 3);
    for (const auto& name : canvas.wrapped(chart.categories[c], 90, kSmall, 1)) {
      canvas.text(name, x, frame.top + frame.height + kLetters + 2, kSmall, Anchor::kCentre);
    }
  }
}

void draw_lines(Canvas& canvas, const Plan& plan, double height) {
  static const std::vector<std::vector<double>> kDashes = {{}, {6, 3}, {2, 2}, {8, 2, 2, 2}};
  const auto& chart = plan.chart;
  const auto frame = frame_of(canvas, plan, height, 2.5 * kLetters);
  draw_grid(canvas, frame);
  const double slot = frame.width / static_cast<double>(std::max<std::size_t>(chart.categories.size(), 1));
  const bool marks = slot >= 7;
  auto* const context = canvas.context();
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    canvas.colour(kSeriesColours[s]);
    canvas.pen(1.6, kDashes[s % kDashes.size()]);
    const auto& values = chart.series[s].values;
    const auto x_of = [&](std::size_t c) { return frame.left + slot * (static_cast<double>(c) + 0.5); };
    cairo_new_path(context);
    for (std::size_t c = 0; c < values.size(); ++c) {  // an unknown value is a hole in the line
      if (!values[c]) continue;
      if (c > 0 && values[c - 1]) {
        cairo_line_to(context, x_of(c), frame.y(*values[c]));
      } else {
        cairo_move_to(context, x_of(c), frame.y(*values[c]));
      }
    }
    cairo_stroke(context);
    for (std::size_t c = 0; c < values.size(); ++c) {
      const bool alone = values[c] && (c == 0 || !values[c - 1]) && (c + 1 == values.size() || !values[c + 1]);
      if (values[c] && (marks || alone)) canvas.mark(s, x_of(c), frame.y(*values[c]));
    }
  }
  draw_line_names(canvas, chart, frame, slot);
}

struct Web {
  double x, y, radius;
  std::size_t axes;
  double angle(std::size_t c) const {
    return 2 * std::numbers::pi * static_cast<double>(c) / static_cast<double>(axes) - std::numbers::pi / 2;
  }
  double px(std::size_t c, double share) const { return x + radius * share * std::cos(angle(c)); }
  double py(std::size_t c, double share) const { return y + radius * share * std::sin(angle(c)); }
};

void draw_web(Canvas& canvas, const Chart& chart, const Web& web, const Axis& axis) {
  const int rings = static_cast<int>(std::lround((axis.high - axis.low) / axis.step));
  canvas.pen(0.5);
  for (int ring = 1; ring <= rings; ++ring) {
    canvas.colour(kGrid);
    for (std::size_t c = 0; c < web.axes; ++c) {
      const double share = static_cast<double>(ring) / rings;
      canvas.line(web.px(c, share), web.py(c, share), web.px((c + 1) % web.axes, share), web.py((c + 1) % web.axes, share));
    }
    canvas.colour(kInk);
    canvas.text(number_text(axis.low + ring * axis.step), web.x - 3, web.py(0, static_cast<double>(ring) / rings) + 3, 7,
                Anchor::kRight);
  }
  for (std::size_t c = 0; c < web.axes; ++c) {
    canvas.colour(kGrid);
    canvas.line(web.x, web.y, web.px(c, 1), web.py(c, 1));
    canvas.colour(kInk);
    const double side = std::cos(web.angle(c));
    const auto anchor = std::abs(side) < 0.2 ? Anchor::kCentre : side > 0 ? Anchor::kLeft : Anchor::kRight;
    const double beside = web.x - (web.radius + 8) * std::abs(side);
    const auto lines = canvas.wrapped(chart.categories[c], anchor == Anchor::kCentre ? 200 : beside, kLetters, 3);
    const double x = web.x + (web.radius + 8) * side;
    const double lean = (std::sin(web.angle(c)) - 1) / 2;  // -1 above, 0 below
    double y =
        web.y + (web.radius + 10) * std::sin(web.angle(c)) + lean * (static_cast<double>(lines.size()) - 1) * (kLetters + 1);
    for (const auto& line : lines) {
      canvas.text(line, x, y, kLetters, anchor);
      y += kLetters + 1;
    }
  }
}

void draw_radar(Canvas& canvas, const Plan& plan, double height) {
  const auto& chart = plan.chart;
  const auto axis = axis_of(chart, 5);
  const Web web{kWidth / 2, plan.top + (height - plan.top) / 2, (height - plan.top) / 2 - 34, chart.categories.size()};
  draw_web(canvas, chart, web, axis);
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const auto& values = chart.series[s].values;
    canvas.colour(kSeriesColours[s]);
    for (std::size_t c = 0; c < values.size(); ++c) {
      if (!values[c]) continue;
      const auto next = (c + 1) % values.size();
      canvas.pen(1.6, s % 2 == 0 ? std::vector<double>{} : std::vector<double>{6, 3});
      const double share = axis.share(*values[c]);
      if (values[next]) {
        const double other = axis.share(*values[next]);
        canvas.line(web.px(c, share), web.py(c, share), web.px(next, other), web.py(next, other));
      }
      canvas.mark(s, web.px(c, share), web.py(c, share));
    }
  }
}

}  // namespace

Result<Picture> chart_png(const Chart& chart) {
  auto plan = plan_of(chart);
  plan.top = head_height(plan);
  const bool lying = plan.chart.kind == Chart::Kind::kBars && plan.chart.categories.size() > kUprightBarsMax;
  double height = 240;
  if (lying) height = plan.top + row_height(plan.chart) * static_cast<double>(plan.chart.categories.size()) + kGap;
  if (plan.chart.kind == Chart::Kind::kRadar) height = 290 + plan.top;
  height = std::min(height, kHeightMax);
  Canvas canvas(kWidth, height);
  draw_head(canvas, plan);
  if (lying) {
    draw_lying_bars(canvas, plan);
  } else if (plan.chart.kind == Chart::Kind::kBars) {
    draw_upright_bars(canvas, plan, height);
  } else if (plan.chart.kind == Chart::Kind::kLine) {
    draw_lines(canvas, plan, height);
  } else {
    draw_radar(canvas, plan, height);
  }
  Picture picture;
  DONGBO_ASSIGN(picture.png, canvas.png());
  picture.width_mm = kWidth / kPointsPerMillimetre;
  picture.height_mm = height / kPointsPerMillimetre;
  return picture;
}

}  // namespace dongbo::report
