#include "hub/report/text_measure.h"

#include <cairo.h>

#include <algorithm>
#include <memory>

#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

constexpr double kMillimetresPerPoint = 25.4 / 72;

// One cairo context for measuring; owned by the call.
class Ruler {
 public:
  explicit Ruler(FontStyle style)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), cairo_surface_destroy),
        context_(cairo_create(surface_.get()), cairo_destroy) {
    std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(cairo_font_options_create(),
                                                                                         cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context_.get(), options.get());
    cairo_select_font_face(context_.get(), "Tinos", style.italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                           style.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context_.get(), style.size_pt);
  }

  double width_mm(const std::string& text) const {
    cairo_text_extents_t extents;
    cairo_text_extents(context_.get(), text.c_str(), &extents);
    return extents.x_advance * kMillimetresPerPoint;
  }

 private:
  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context_;
};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < text.size()) {
    const auto to = std::min(text.find(' ', from), text.size());
    if (to > from) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

std::vector<std::string> fill(const std::vector<std::string>& words, double width_mm, const Ruler& ruler) {
  std::vector<std::string> lines;
  for (const auto& word : words) {
    if (!lines.empty() && ruler.width_mm(lines.back() + " " + word) <= width_mm) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

}  // namespace

double text_width_mm(std::string_view text, FontStyle style) {
  return Ruler(style).width_mm(clean_text(text));
}

std::vector<std::string> balanced_lines(std::string_view text, double width_mm, FontStyle style) {
  const Ruler ruler(style);
  const auto clean = clean_text(text);
  const auto words = words_of(clean);
  auto lines = fill(words, width_mm, ruler);
  if (lines.size() < 2) return lines;
  // The narrowest width that needs no more lines; a millimetre is near enough.
  double narrow = ruler.width_mm(clean) / static_cast<double>(lines.size() + 1);
  double wide = width_mm;
  while (wide - narrow > 1) {
    const double middle = (narrow + wide) / 2;
    auto tried = fill(words, middle, ruler);
    if (tried.size() <= lines.size()) {
      lines = std::move(tried);
      wide = middle;
    } else {
      narrow = middle;
    }
  }
  return lines;
}

}  // namespace dongbo::report
