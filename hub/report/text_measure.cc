#include "hub/report/text_measure.h"

#include <cairo.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

constexpr double kMillimetresPerPoint = 25.4 / 72;
constexpr double kBreakInside = 0.08;  // what a break inside a phrase costs: a line a quarter shorter than the others
constexpr std::size_t kLettersMax = 4000;

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

// Breaks words into so many lines that cost least: lines cost by how far they are from the mean, breaks that are not after a
// comma cost something too. REQUIRES: lines <= words.
class Breaker {
 public:
  Breaker(const std::vector<std::string>& words, double width_mm, std::size_t lines, const Ruler& ruler)
      : words_(words), width_mm_(width_mm), space_(ruler.width_mm(" ")) {
    ends_.push_back(0);
    for (const auto& word : words) ends_.push_back(ends_.back() + ruler.width_mm(word) + space_);
    mean_ = ends_.back() / static_cast<double>(lines);
    best_.assign(lines + 1, std::vector<Step>(words.size() + 1));
    best_[0][0].cost = 0;
    for (std::size_t line = 1; line <= lines; ++line) {
      for (std::size_t end = line; end <= words.size(); ++end) best_[line][end] = cheapest(line, end);
    }
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    auto end = words_.size();
    for (auto line = best_.size() - 1; line > 0; --line) {
      const auto begin = best_[line][end].begin;
      std::string text;
      for (auto i = begin; i < end; ++i) text += (text.empty() ? "" : " ") + words_[i];
      out.insert(out.begin(), std::move(text));
      end = begin;
    }
    return out;
  }

 private:
  struct Step {
    double cost = std::numeric_limits<double>::infinity();
    std::size_t begin = 0;  // of the line that ends here
  };

  Step cheapest(std::size_t line, std::size_t end) const {
    Step out;
    for (auto begin = line - 1; begin < end; ++begin) {
      const double cost = best_[line - 1][begin].cost + cost_of(begin, end);
      if (cost < out.cost) out = {cost, begin};
    }
    return out;
  }

  double cost_of(std::size_t begin, std::size_t end) const {
    const double width = ends_[end] - ends_[begin] - space_;
    if (width > width_mm_ && end - begin > 1) return std::numeric_limits<double>::infinity();
    const double off = (width - mean_) / mean_;
    const char mark = words_[end - 1].back();
    const bool good = end == words_.size() || mark == ',' || mark == ';';
    return off * off + (good ? 0 : kBreakInside);
  }

  const std::vector<std::string>& words_;
  const double width_mm_;
  const double space_;
  double mean_ = 0;
  std::vector<double> ends_;  // of words and the space after them, from the beginning
  std::vector<std::vector<Step>> best_;
};

}  // namespace

double text_width_mm(std::string_view text, FontStyle style) {
  return Ruler(style).width_mm(clean_text(text));
}

std::vector<std::string> balanced_lines(std::string_view text, double width_mm, FontStyle style) {
  const Ruler ruler(style);
  const auto words = words_of(first_letters(clean_text(text), kLettersMax));
  auto lines = fill(words, width_mm, ruler);
  if (lines.size() < 2) return lines;
  return Breaker(words, width_mm, lines.size(), ruler).lines();
}

}  // namespace dongbo::report
