#include "tests/unit/report/report_hub.h"

namespace dongbo::report {
namespace {

template <class T, class Take>
void each(const Document& document, Take take) {
  const auto in = [&](const std::vector<Block>& blocks) {
    for (const auto& block : blocks)
      if (const auto* found = std::get_if<T>(&block)) take(*found);
  };
  in(document.body);
  for (const auto& annex : document.annexes) in(annex.blocks);
}

template <class T>
const T* by_id(const Document& document, std::string_view id) {
  const T* out = nullptr;
  each<T>(document, [&](const T& block) {
    if (block.id == id) out = &block;
  });
  return out;
}

}  // namespace

std::string text_of(const Document& document) {
  std::string out;
  each<Heading>(document, [&](const Heading& heading) { out += heading.number + " " + heading.text + "\n"; });
  each<Paragraph>(document, [&](const Paragraph& paragraph) {
    for (const auto& run : paragraph.runs) out += run.text;
    out += "\n";
  });
  each<Table>(document, [&](const Table& found) {
    for (const auto& row : found.rows) {
      for (const auto& cell : row.cells) out += cell.text + " | ";
      out += "\n";
    }
    if (found.rows.empty()) out += found.if_empty + "\n";
  });
  return out;
}

const Figure* figure(const Document& document, std::string_view id) {
  for (const auto& each_figure : document.figures)
    if (each_figure.id == id) return &each_figure;
  return nullptr;
}

const Table* table(const Document& document, std::string_view id) {
  return by_id<Table>(document, id);
}
const Chart* chart(const Document& document, std::string_view id) {
  return by_id<Chart>(document, id);
}

}  // namespace dongbo::report
