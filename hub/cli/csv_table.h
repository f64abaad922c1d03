#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/base/result.h"

namespace dongbo::cli {

// A small CSV file in memory (RFC 4180): comma, quotes doubled inside quotes, line breaks allowed inside them, LF or
// CRLF, a byte-order mark passed over. The first row names the columns. Every row has as many cells as the head; a file
// where one has not is refused with its line.
class CsvTable {
 public:
  static Result<CsvTable> parse(std::string_view text, const std::string& name);
  static Result<CsvTable> read(const std::filesystem::path& file);

  std::size_t size() const { return rows_.size(); }
  bool has(const std::string& column) const { return columns_.contains(column); }
  // The cell, empty when there is no such column. REQUIRES: row < size().
  const std::string& cell(std::size_t row, const std::string& column) const;

 private:
  std::unordered_map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dongbo::cli
