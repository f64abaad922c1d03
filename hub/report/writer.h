#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/report/document.h"

namespace dongbo::report {

// "index.par_index.rank": the part of a figure's id that comes from a name or code. Letters and digits of ASCII and '-' are
// kept (in small letters), a space becomes '_', everything else "%41".
std::string id_part(std::string_view text);

// Runs from texts and runs: runs("Có ", number, " đại biểu").
inline void append_runs(std::vector<Run>&) {}
template <class... Rest>
void append_runs(std::vector<Run>& out, Run first, Rest&&... rest);
template <class... Rest>
void append_runs(std::vector<Run>& out, std::vector<Run> first, Rest&&... rest);
template <class... Rest>
void append_runs(std::vector<Run>& out, std::string_view first, Rest&&... rest) {
  out.push_back({std::string(first), false, false, {}});
  append_runs(out, std::forward<Rest>(rest)...);
}
template <class... Rest>
void append_runs(std::vector<Run>& out, Run first, Rest&&... rest) {
  out.push_back(std::move(first));
  append_runs(out, std::forward<Rest>(rest)...);
}
template <class... Rest>
void append_runs(std::vector<Run>& out, std::vector<Run> first, Rest&&... rest) {
  for (auto& run : first) out.push_back(std::move(run));
  append_runs(out, std::forward<Rest>(rest)...);
}
template <class... Parts>
std::vector<Run> runs(Parts&&... parts) {
  std::vector<Run> out;
  append_runs(out, std::forward<Parts>(parts)...);
  return out;
}

// Fills a document from its beginning to its end: keeps the numbers of headings, tables, pictures and annexes, and the
// register of figures. `document` must outlive it. One thread.
class Writer {
 public:
  explicit Writer(Document& document) : document_(document) {}

  // A figure and the run that prints it. The same id with the same label and text is the same figure; another one gets
  // "~2" behind its id, so ids stay unique whatever codes the facts hold.
  Run number(std::string_view id, std::string_view label, std::int64_t number);
  Run decimal(std::string_view id, std::string_view label, std::string_view decimal);
  Run percent(std::string_view id, std::string_view label, std::int64_t part, std::int64_t whole);  // "…" when whole is 0
  Run said(std::string_view id, std::string_view label, std::string_view text);                     // a day, a name: no number

  Cell number_cell(std::string_view id, std::string_view label, std::int64_t number);
  Cell decimal_cell(std::string_view id, std::string_view label, std::string_view decimal);  // "" when it is empty
  Cell said_cell(std::string_view id, std::string_view label, std::string_view text);
  static Cell text_cell(std::string_view text) { return {std::string(text), std::nullopt, {}}; }

  void section(std::string_view title);  // "I. TITLE"
  void part(std::string_view title);     // "1. Title"
  void body(std::vector<Run> runs) { paragraph(Paragraph::Kind::kBody, std::move(runs)); }
  void item(std::vector<Run> runs);  // with its dash
  void note(std::vector<Run> runs) { paragraph(Paragraph::Kind::kNote, std::move(runs)); }
  void basis(std::string_view text) { paragraph(Paragraph::Kind::kLegalBasis, runs(text)); }
  void to_write(std::string_view text);  // "[text]"

  // "Bảng n. caption"; an empty caption gets no number.
  void table(std::string id, std::string_view caption, std::vector<Column> columns, std::vector<Row> rows,
             std::string_view if_empty);
  void chart(Chart chart);  // "Hình n. caption"

  // What follows goes into a new annex.
  void annex(std::string_view title, bool landscape);
  // After the last annex: Roman numbers when there are several.
  void finish();

 private:
  Run figure(std::string_view id, std::string_view label, std::string text, std::optional<std::string> value);
  void paragraph(Paragraph::Kind kind, std::vector<Run> runs);
  std::vector<Block>& blocks();

  Document& document_;
  int sections_ = 0;
  int parts_ = 0;
  int tables_ = 0;
  int charts_ = 0;
  std::map<std::string, std::size_t, std::less<>> figures_;  // id to place in document_.figures
};

}  // namespace dongbo::report
