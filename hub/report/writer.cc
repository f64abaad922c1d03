#include "hub/report/writer.h"

#include <fmt/format.h>

#include "hub/report/words.h"

namespace dongbo::report {

std::string id_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (letter) {
      out.push_back(c);
    } else if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if (c == ' ') {
      out.push_back('_');
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

Run Writer::figure(std::string_view id, std::string_view label, std::string text, std::optional<std::string> value) {
  std::string unique(id);
  for (int again = 2;; ++again) {
    const auto [at, added] = figures_.emplace(unique, document_.figures.size());
    if (added) {
      document_.figures.push_back({unique, std::string(label), text, std::move(value)});
      break;
    }
    const auto& known = document_.figures[at->second];
    if (known.label == label && known.text == text) break;
    unique = fmt::format("{}~{}", id, again);
  }
  return {std::move(text), false, false, std::move(unique)};
}

Run Writer::number(std::string_view id, std::string_view label, std::int64_t number) {
  return figure(id, label, number_text(number), std::to_string(number));
}

Run Writer::decimal(std::string_view id, std::string_view label, std::string_view decimal) {
  return figure(id, label, decimal_text(decimal), std::string(decimal));
}

Run Writer::percent(std::string_view id, std::string_view label, std::int64_t part, std::int64_t whole) {
  const auto text = percent_text(part, whole);
  return text ? figure(id, label, *text, percent_value(part, whole)) : figure(id, label, "…", std::nullopt);
}

Run Writer::said(std::string_view id, std::string_view label, std::string_view text) {
  return figure(id, label, std::string(text), std::nullopt);
}

namespace {
Cell cell_of(Run run, std::optional<std::string> value) {
  return {std::move(run.text), std::move(value), std::move(run.figure)};
}
}  // namespace

Cell Writer::number_cell(std::string_view id, std::string_view label, std::int64_t count) {
  return cell_of(number(id, label, count), std::to_string(count));
}

Cell Writer::decimal_cell(std::string_view id, std::string_view label, std::string_view text) {
  return text.empty() ? text_cell("") : cell_of(decimal(id, label, text), std::string(text));
}

Cell Writer::said_cell(std::string_view id, std::string_view label, std::string_view text) {
  return text.empty() ? text_cell("") : cell_of(said(id, label, text), std::nullopt);
}

std::vector<Block>& Writer::blocks() {
  return document_.annexes.empty() ? document_.body : document_.annexes.back().blocks;
}

void Writer::paragraph(Paragraph::Kind kind, std::vector<Run> runs) {
  blocks().push_back(Paragraph{kind, std::move(runs)});
}

void Writer::section(std::string_view title) {
  parts_ = 0;
  blocks().push_back(Heading{1, roman(++sections_) + ".", upper(title)});
}

void Writer::part(std::string_view title) {
  blocks().push_back(Heading{2, std::to_string(++parts_) + ".", std::string(title)});
}

void Writer::item(std::vector<Run> runs) {
  runs.insert(runs.begin(), Run{"- ", false, false, {}});
  paragraph(Paragraph::Kind::kItem, std::move(runs));
}

void Writer::to_write(std::string_view text) {
  paragraph(Paragraph::Kind::kToWrite, runs("[" + std::string(text) + "]"));
}

void Writer::table(std::string id, std::string_view caption, std::vector<Column> columns, std::vector<Row> rows,
                   std::string_view if_empty) {
  auto numbered = caption.empty() ? std::string() : fmt::format("Bảng {}. {}", ++tables_, caption);
  blocks().push_back(Table{std::move(id), std::move(numbered), std::move(columns), std::move(rows), std::string(if_empty)});
}

void Writer::chart(Chart chart) {
  chart.caption = fmt::format("Hình {}. {}", ++charts_, chart.caption);
  blocks().push_back(std::move(chart));
}

void Writer::annex(std::string_view title, bool landscape) {
  sections_ = parts_ = 0;
  document_.annexes.push_back({"", upper(title), landscape, {}});
}

void Writer::finish() {
  if (document_.annexes.size() < 2) return;
  for (std::size_t i = 0; i < document_.annexes.size(); ++i) document_.annexes[i].number = roman(static_cast<int>(i) + 1);
}

}  // namespace dongbo::report
