#pragma once
#include <xlsxwriter.h>

#include <compare>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hub/base/result.h"
#include "hub/report/memory_file.h"

namespace dongbo::report {

enum class CellAlign { kLeft, kCentre, kRight };
enum class CellWeight { kRegular, kBold };

struct CellLook {
  CellAlign align = CellAlign::kLeft;
  CellWeight weight = CellWeight::kRegular;
  auto operator<=>(const CellLook&) const = default;
};

// A workbook in memory and the looks of its cells. Texts are written as texts whatever they begin with, numbers as numbers.
// The first thing that goes wrong is kept and told by finish(). One thread.
class XlsxBook {
 public:
  static Result<XlsxBook> open();

  lxw_workbook* book() { return book_.get(); }
  lxw_worksheet* sheet(const std::string& name);
  void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format);
  // The number, shown with as many decimals as it is written with; the text when it is none that a spreadsheet can hold.
  void number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& value, std::string_view text,
              CellLook look);
  void check(lxw_error error, std::string_view what);

  lxw_format* title();
  lxw_format* plain();  // without lines, runs over the next cells
  lxw_format* heading();
  lxw_format* cell(CellLook look);

  // The file's bytes; the book cannot be used after it.
  Result<std::string> finish();

 private:
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };

  XlsxBook(MemoryFile file, lxw_workbook* book) : file_(std::move(file)), book_(book) {}
  lxw_format* number_format(int decimals, CellLook look);
  lxw_format* bordered(CellLook look);

  MemoryFile file_;
  std::unique_ptr<lxw_workbook, Free> book_;
  std::map<std::pair<int, CellLook>, lxw_format*> numbers_;
  std::map<CellLook, lxw_format*> cells_;
  lxw_format* title_ = nullptr;
  lxw_format* plain_ = nullptr;
  lxw_format* heading_ = nullptr;
  std::optional<Error> error_;
};

// The number that a decimal text stands for, when a spreadsheet keeps all its digits (fifteen); how many are decimals.
struct SheetNumber {
  double value = 0;
  int decimals = 0;
};
std::optional<SheetNumber> sheet_number(std::string_view text);

}  // namespace dongbo::report
