#include "hub/report/direction.h"

#include <algorithm>
#include <array>

namespace dongbo::report {
namespace {

constexpr std::array<std::string_view, 12> kMarks = {"\u200E", "\u200F", "\u061C", "\u202A", "\u202B", "\u202C",
                                                     "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

void drop(std::string& text) {
  text = without_direction_marks(text);
}
void drop(std::vector<std::string>& texts) {
  for (auto& text : texts) drop(text);
}

void drop(Heading& heading) {
  drop(heading.text);
}
void drop(Paragraph& paragraph) {
  for (auto& run : paragraph.runs) drop(run.text);
}
void drop(Table& table) {
  drop(table.caption);
  for (auto& row : table.rows)
    for (auto& cell : row.cells) drop(cell.text);
}
void drop(Chart& chart) {
  drop(chart.caption);
  drop(chart.alternative);
  drop(chart.categories);
  for (auto& series : chart.series) drop(series.name);
}
void drop(std::vector<Block>& blocks) {
  for (auto& block : blocks) std::visit([](auto& part) { drop(part); }, block);
}

}  // namespace

std::string without_direction_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto other = std::min(text.find_first_of("\xE2\xD8"), text.size());  // what every mark begins with
    out += text.substr(0, other);
    text.remove_prefix(other);
    const auto mark = std::find_if(kMarks.begin(), kMarks.end(), [&](std::string_view each) { return text.starts_with(each); });
    if (mark == kMarks.end()) out += text.substr(0, 1);
    text.remove_prefix(mark == kMarks.end() ? std::min<std::size_t>(text.size(), 1) : mark->size());
  }
  return out;
}

void drop_direction_marks(Document& document) {
  auto& head = document.letterhead;
  for (auto* text : {&head.parent, &head.issuer, &head.symbol, &head.place, &head.type, &head.subject, &head.addressee})
    drop(*text);
  drop(document.body);
  drop(document.recipients);
  for (auto& annex : document.annexes) {
    drop(annex.title);
    drop(annex.blocks);
  }
  for (auto& figure : document.figures) {
    drop(figure.label);
    drop(figure.text);
  }
}

}  // namespace dongbo::report
