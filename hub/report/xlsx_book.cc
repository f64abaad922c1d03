#include "hub/report/xlsx_book.h"

#include <charconv>
#include <mutex>

#include <fmt/format.h>

#include "hub/report/markup.h"

namespace dongbo::report {
namespace {

constexpr std::size_t kTextLettersMax = 32767;
constexpr std::size_t kDigitsMax = 15;
constexpr const char* kFont = "Times New Roman";

}  // namespace

std::optional<SheetNumber> sheet_number(std::string_view text) {
  SheetNumber number;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number.value, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  std::size_t digits = 0;
  for (const char letter : text) {
    if (letter != '-' && letter != '.' && (letter < '0' || letter > '9')) return std::nullopt;  // "inf", "nan"
    digits += letter >= '0' && letter <= '9' ? 1 : 0;
  }
  if (digits > kDigitsMax) return std::nullopt;
  const auto point = text.find('.');
  if (point != std::string_view::npos) number.decimals = static_cast<int>(text.size() - point - 1);
  return number;
}

Result<XlsxBook> XlsxBook::open() {
  DONGBO_ASSIGN(auto file, MemoryFile::create());
  auto* const book = workbook_new(file.path().c_str());
  if (book == nullptr)
    return Error::transient("không đủ bộ nhớ cho bảng tính; hãy thử lại / no memory for a workbook; try again");
  return XlsxBook(std::move(file), book);
}

void XlsxBook::check(lxw_error error, std::string_view what) {
  if (error == LXW_NO_ERROR || error_) return;
  error_ = Error::fatal(
      fmt::format("không ghi được một phần bảng tính / the workbook's {} could not be written: {}", what, lxw_strerror(error)));
}

lxw_worksheet* XlsxBook::sheet(const std::string& name) {
  auto* const sheet = workbook_add_worksheet(book_.get(), name.c_str());
  if (sheet == nullptr) {
    check(LXW_ERROR_SHEETNAME_ALREADY_USED, "sheet " + name);
    return workbook_add_worksheet(book_.get(), nullptr);  // to go on; finish() tells the error
  }
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  return sheet;
}

void XlsxBook::text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format) {
  auto clean = clean_text(text);
  if (count_letters(clean) > kTextLettersMax) clean = first_letters(clean, kTextLettersMax - 1) + "…";
  check(clean.empty() ? worksheet_write_blank(sheet, row, column, format)
                      : worksheet_write_string(sheet, row, column, clean.c_str(), format),
        fmt::format("cell in row {}", row + 1));
}

void XlsxBook::number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& value, std::string_view words,
                      CellLook look) {
  const auto number = sheet_number(value);
  if (!number) return text(sheet, row, column, words, cell(look));
  check(worksheet_write_number(sheet, row, column, number->value, number_format(number->decimals, look)),
        fmt::format("number in row {}", row + 1));
}

lxw_format* XlsxBook::bordered(CellLook look) {
  auto* const format = workbook_add_format(book_.get());
  format_set_font_name(format, kFont);
  format_set_font_size(format, 11);  // fits a row's usual height
  format_set_border(format, LXW_BORDER_THIN);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_align(format, look.align == CellAlign::kLeft     ? LXW_ALIGN_LEFT
                           : look.align == CellAlign::kCentre ? LXW_ALIGN_CENTER
                                                              : LXW_ALIGN_RIGHT);
  if (look.weight == CellWeight::kBold) format_set_bold(format);
  return format;
}

lxw_format* XlsxBook::number_format(int decimals, CellLook look) {
  auto& format = numbers_[{decimals, look}];
  if (format == nullptr) {
    format = bordered(look);
    const auto shown = decimals == 0 ? std::string("#,##0") : "#,##0." + std::string(static_cast<std::size_t>(decimals), '0');
    format_set_num_format(format, shown.c_str());
  }
  return format;
}

lxw_format* XlsxBook::cell(CellLook look) {
  auto& format = cells_[look];
  if (format == nullptr) {
    format = bordered(look);
    format_set_text_wrap(format);
  }
  return format;
}

lxw_format* XlsxBook::title() {
  if (title_ == nullptr) {
    title_ = workbook_add_format(book_.get());
    format_set_font_name(title_, kFont);
    format_set_font_size(title_, 13);
    format_set_bold(title_);
  }
  return title_;
}

lxw_format* XlsxBook::plain() {
  if (plain_ == nullptr) {
    plain_ = workbook_add_format(book_.get());
    format_set_font_name(plain_, kFont);
    format_set_font_size(plain_, 11);
  }
  return plain_;
}

lxw_format* XlsxBook::heading() {
  if (heading_ == nullptr) {
    heading_ = bordered({CellAlign::kCentre, CellWeight::kBold});
    format_set_text_wrap(heading_);
    format_set_bg_color(heading_, 0xEEEEEE);
  }
  return heading_;
}

Result<std::string> XlsxBook::finish() {
  if (error_) return *error_;
  lxw_error error = LXW_NO_ERROR;
  {
    // The library writes its dates through gmtime(), whose answer all threads share.
    static std::mutex closing;
    const std::lock_guard<std::mutex> lock(closing);
    error = workbook_close(book_.release());  // frees the book in any case
  }
  if (error != LXW_NO_ERROR) {
    return Error::transient(fmt::format(
        "không ghi được bảng tính; cần chỗ trống trong /tmp / the workbook could not be written: {}; it needs room in /tmp",
        lxw_strerror(error)));
  }
  return file_.contents();
}

}  // namespace dongbo::report
