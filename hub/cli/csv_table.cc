#include "hub/cli/csv_table.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace dongbo::cli {
namespace {

// Reads one row after another off the text.
class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t line() const { return line_; }

  Result<std::vector<std::string>> row() {
    std::vector<std::string> cells;
    const auto first_line = line_;
    for (;;) {
      cells.emplace_back();
      if (next_is('"')) {
        DONGBO_TRY(quoted(cells.back(), first_line));
      } else {
        plain(cells.back());
      }
      if (at_end()) return cells;
      const auto separator = text_[at_++];
      if (separator == ',') continue;
      ++line_;
      if (separator == '\r') ++at_;  // plain() and quoted() stop at "\r\n" only
      return cells;
    }
  }

 private:
  bool next_is(char c) const { return !at_end() && text_[at_] == c; }
  bool at_line_end() const { return next_is('\n') || (next_is('\r') && at_ + 1 < text_.size() && text_[at_ + 1] == '\n'); }

  void plain(std::string& cell) {
    while (!at_end() && !next_is(',') && !at_line_end()) cell += text_[at_++];
  }
  Result<void> quoted(std::string& cell, std::size_t first_line) {
    ++at_;
    for (;;) {
      if (at_end())
        return Error::fatal(
            fmt::format("{0}:{1}: ô có dấu nháy không kết thúc / {0}:{1}: a quoted cell does not end", name_, first_line));
      const auto c = text_[at_++];
      if (c == '"') {
        if (!next_is('"')) break;
        ++at_;
      }
      if (c == '\n') ++line_;
      cell += c;
    }
    if (!at_end() && !next_is(',') && !at_line_end())
      return Error::fatal(
          fmt::format("{0}:{1}: có chữ sau dấu nháy đóng của ô / {0}:{1}: text after the closing quote of a cell", name_, line_));
    return {};
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

}  // namespace

Result<CsvTable> CsvTable::parse(std::string_view text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvReader reader(text, name);
  if (reader.at_end()) return Error::fatal(name + ": trống, không có cả dòng đầu / empty, not even a head");
  CsvTable table;
  DONGBO_ASSIGN(const auto head, reader.row());
  for (std::size_t i = 0; i < head.size(); ++i)
    if (!table.columns_.emplace(head[i], i).second)
      return Error::fatal(name + ": hai cột cùng tên / two columns are called " + head[i]);
  while (!reader.at_end()) {
    const auto line = reader.line();
    DONGBO_ASSIGN(auto cells, reader.row());
    if (cells.size() == 1 && cells[0].empty() && head.size() > 1) continue;  // an empty line
    if (cells.size() != head.size())
      return Error::fatal(fmt::format("{0}:{1}: {2} ô, dòng đầu có {3} / {0}:{1}: {2} cells where the head has {3}", name, line,
                                      cells.size(), head.size()));
    table.rows_.push_back(std::move(cells));
  }
  return table;
}

Result<CsvTable> CsvTable::read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error::fatal("không đọc được / cannot read " + file.string());
  return parse(text.str(), file.string());
}

const std::string& CsvTable::cell(std::size_t row, const std::string& column) const {
  static const std::string empty;
  const auto found = columns_.find(column);
  return found == columns_.end() ? empty : rows_[row][found->second];
}

}  // namespace dongbo::cli
