#include <algorithm>

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/chart_canvas.h"
#include "hub/report/form.h"
#include "hub/report/markup.h"
#include "hub/report/render.h"
#include "hub/report/table_widths.h"
#include "hub/report/xlsx_book.h"
#include "hub/report/xlsx_sheet_names.h"

namespace dongbo::report {
namespace {

constexpr std::int64_t kNoMoment = 315532800;  // 1980-01-01, for a document without a moment
constexpr double kWidthAll = 110;              // letters of a sheet's columns together
constexpr double kLetterWidth = 1.9;           // millimetres
constexpr std::size_t kUprightBarsMax = 8;
constexpr std::size_t kPropertyLettersMax = 255;
constexpr CellLook kNumber{CellAlign::kRight, CellWeight::kRegular};

CellAlign align_of(Column::Align align) {
  if (align == Column::Align::kRight) return CellAlign::kRight;
  return align == Column::Align::kCentre ? CellAlign::kCentre : CellAlign::kLeft;
}

lxw_row_t row_at(std::size_t number) {
  return static_cast<lxw_row_t>(number);
}
lxw_col_t column_at(std::size_t number) {
  return static_cast<lxw_col_t>(number);
}

class XlsxWriter {
 public:
  XlsxWriter(const Document& document, XlsxBook book) : document_(document), book_(std::move(book)) {}

  Result<std::string> write() {
    properties();
    figures();
    blocks(document_.body);
    for (const auto& annex : document_.annexes) blocks(annex.blocks);
    return book_.finish();
  }

 private:
  struct Origin {
    const char* property;
    const char* label;
    std::string value;
  };

  std::vector<Origin> origins() const {
    const auto& frozen = document_.frozen;
    std::string versions;
    for (const auto& [name, version] : frozen.projections)
      versions += fmt::format("{}{} {}", versions.empty() ? "" : ", ", name, version);
    std::vector<Origin> out = {{"DongboMeeting", "Cuộc họp", frozen.meeting},
                               {"DongboKind", "Loại văn bản", frozen.kind},
                               {"DongboPosition", "Vị trí dữ liệu", frozen.position},
                               {"DongboAsOf", "Thời điểm dữ liệu", frozen.as_of},
                               {"DongboProjections", "Phiên bản tổng hợp", versions},
                               {"DongboSha256", "SHA-256", frozen.sha256},
                               {"DongboSupplementTo", "Bổ sung cho báo cáo", frozen.supplement_to}};
    out.erase(std::remove_if(out.begin(), out.end(), [](const Origin& origin) { return origin.value.empty(); }), out.end());
    return out;
  }

  void properties() {
    auto title = first_letters(clean_text(form::title_of(document_)), kPropertyLettersMax);
    auto author = first_letters(clean_text(document_.letterhead.issuer), kPropertyLettersMax);
    const auto moment = event::parse_timestamp(document_.frozen.as_of);
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = author.data();
    properties.created = static_cast<time_t>(moment ? moment->value() / 1000 : kNoMoment);
    if (properties.created == 0) properties.created = kNoMoment;  // zero would be the time of writing
    book_.check(workbook_set_properties(book_.book(), &properties), "properties");
    for (const auto& origin : origins()) {
      book_.check(workbook_set_custom_property_string(book_.book(), origin.property,
                                                      first_letters(clean_text(origin.value), kPropertyLettersMax).c_str()),
                  "properties");
    }
  }

  // The main figures and what they were made of.
  void figures() {
    auto* const sheet = book_.sheet(names_.name_for("Số liệu chính"));
    worksheet_set_column(sheet, 0, 0, 60, nullptr);
    worksheet_set_column(sheet, 1, 1, 26, nullptr);
    worksheet_set_column(sheet, 2, 2, 40, nullptr);
    lxw_row_t row = 0;
    book_.text(sheet, row++, 0, form::title_of(document_), book_.title());
    if (document_.simulated) book_.text(sheet, row++, 0, form::kSimulatedMark, book_.title());
    for (const auto& origin : origins()) {
      book_.text(sheet, row, 0, origin.label, book_.plain());
      book_.text(sheet, row++, 1, origin.value, book_.plain());
    }
    ++row;
    const auto heading = row;
    lxw_col_t column = 0;
    for (const auto* const title : {"Chỉ tiêu", "Giá trị", "Mã số liệu"})
      book_.text(sheet, row, column++, title, book_.heading());
    for (const auto& figure : document_.figures) {
      ++row;
      book_.text(sheet, row, 0, figure.label, book_.cell({}));
      if (figure.value) {
        book_.number(sheet, row, 1, *figure.value, figure.text, kNumber);
      } else {
        book_.text(sheet, row, 1, figure.text, book_.cell(kNumber));
      }
      book_.text(sheet, row, 2, figure.id, book_.cell({}));
    }
    finish_table(sheet, heading, row, 3);
  }

  void finish_table(lxw_worksheet* sheet, lxw_row_t heading, lxw_row_t last, std::size_t columns) {
    worksheet_freeze_panes(sheet, heading + 1, 0);
    book_.check(worksheet_repeat_rows(sheet, heading, heading), "print titles");
    if (last > heading) book_.check(worksheet_autofilter(sheet, heading, 0, last, column_at(columns - 1)), "filter");
  }

  void blocks(const std::vector<Block>& blocks) {
    for (const auto& block : blocks) {
      if (const auto* const data = std::get_if<Table>(&block)) table(*data);
      if (const auto* const data = std::get_if<Chart>(&block)) chart(*data);
    }
  }

  // Its own sheet: caption, heading, rows.
  void table(const Table& data) {
    auto* const sheet = book_.sheet(names_.name_for(data.id));
    if (data.columns.size() > 5) worksheet_set_landscape(sheet);
    book_.text(sheet, 0, 0, head_of(data.caption), book_.title());
    const auto widths = table_widths(data, kWidthAll * kLetterWidth);
    for (std::size_t i = 0; i < data.columns.size(); ++i) {
      const double width = std::clamp(widths[i] / kLetterWidth, 7.0, 60.0);
      worksheet_set_column(sheet, column_at(i), column_at(i), width, nullptr);
      book_.text(sheet, 1, column_at(i), data.columns[i].title, book_.heading());
    }
    if (data.rows.empty()) book_.text(sheet, 2, 0, form::empty_text(data), nullptr);
    std::size_t listed = 0;  // rows above the sums at the end: what a filter may hide
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
      table_row(sheet, row_at(i + 2), data, data.rows[i]);
      if (!data.rows[i].total) listed = i + 1;
    }
    finish_table(sheet, 1, row_at(1 + listed), std::max<std::size_t>(data.columns.size(), 1));
  }

  void table_row(lxw_worksheet* sheet, lxw_row_t at, const Table& data, const Row& row) {
    for (std::size_t i = 0; i < std::min(data.columns.size(), row.cells.size()); ++i) {
      const auto& cell = row.cells[i];
      const CellLook look{align_of(data.columns[i].align), row.total ? CellWeight::kBold : CellWeight::kRegular};
      if (cell.value) {
        book_.number(sheet, at, column_at(i), *cell.value, cell.text, look);
      } else {
        book_.text(sheet, at, column_at(i), cell.text, book_.cell(look));
      }
    }
  }

  std::string head_of(const std::string& caption) const {
    return document_.simulated ? caption + (caption.empty() ? "" : " - ") + form::kSimulatedMark : caption;
  }

  // Its own sheet: the numbers, and beside them the chart that a spreadsheet draws from them.
  void chart(const Chart& data) {
    const auto name = names_.name_for(data.id);
    auto* const sheet = book_.sheet(name);
    worksheet_set_landscape(sheet);
    worksheet_set_column(sheet, 0, 0, 36, nullptr);
    worksheet_set_column(sheet, 1, column_at(std::max<std::size_t>(data.series.size(), 1)), 18, nullptr);
    book_.text(sheet, 0, 0, head_of(data.caption), book_.title());
    book_.text(sheet, 1, 0, data.unit.empty() ? "Nội dung" : "Đơn vị: " + data.unit, book_.heading());
    for (std::size_t c = 0; c < data.categories.size(); ++c) {
      book_.text(sheet, row_at(c + 2), 0, data.categories[c], book_.cell({}));
    }
    for (std::size_t s = 0; s < data.series.size(); ++s) {
      book_.text(sheet, 1, column_at(s + 1), data.series[s].name, book_.heading());
      for (std::size_t c = 0; c < std::min(data.categories.size(), data.series[s].values.size()); ++c) {
        const auto& value = data.series[s].values[c];
        if (value) book_.number(sheet, row_at(c + 2), column_at(s + 1), fmt::format("{}", *value), "", kNumber);
      }
    }
    worksheet_freeze_panes(sheet, 2, 0);
    if (!data.categories.empty() && !data.series.empty()) draw(sheet, name, data);
  }

  static std::uint8_t kind_of(const Chart& data) {
    if (data.kind == Chart::Kind::kLine) return LXW_CHART_LINE;
    if (data.kind == Chart::Kind::kRadar) return LXW_CHART_RADAR_WITH_MARKERS;
    return data.categories.size() > kUprightBarsMax ? LXW_CHART_BAR : LXW_CHART_COLUMN;
  }

  // Names come from cells: a name that begins with "=" would be read as a formula here.
  void draw(lxw_worksheet* sheet, const std::string& name, const Chart& data) {
    const auto kind = kind_of(data);
    auto* const drawn = workbook_add_chart(book_.book(), kind);
    const auto last = row_at(data.categories.size() + 1);
    for (std::size_t s = 0; s < data.series.size(); ++s) {
      auto* const series = chart_add_series(drawn, nullptr, nullptr);
      chart_series_set_categories(series, name.c_str(), 2, 0, last, 0);
      chart_series_set_values(series, name.c_str(), 2, column_at(s + 1), last, column_at(s + 1));
      chart_series_set_name_range(series, name.c_str(), 1, column_at(s + 1));
      const auto& colour = kSeriesColours[s % kSeriesColours.size()];
      const auto channel = [](double share) { return static_cast<lxw_color_t>(share * 255 + 0.5); };
      lxw_chart_fill fill{};
      fill.color = channel(colour.red) << 16U | channel(colour.green) << 8U | channel(colour.blue);
      lxw_chart_line line{};
      line.color = fill.color;
      line.width = 1.75F;
      if (kind == LXW_CHART_BAR || kind == LXW_CHART_COLUMN) {
        chart_series_set_fill(series, &fill);
      } else {
        chart_series_set_line(series, &line);
      }
    }
    if (!data.caption.empty()) {
      lxw_chart_font font{};
      font.size = 11;
      font.bold = 1;
      chart_title_set_name_range(drawn, name.c_str(), 0, 0);
      chart_title_set_name_font(drawn, &font);
    }
    if (data.series.size() < 2) chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
    if (kind == LXW_CHART_BAR) chart_axis_set_reverse(drawn->y_axis);  // the first on top
    auto description = first_letters(clean_text(data.alternative), kPropertyLettersMax);
    lxw_chart_options options{};
    options.x_scale = 1.6;
    options.y_scale = kind == LXW_CHART_BAR ? std::clamp(static_cast<double>(data.categories.size()) / 10, 1.4, 4.0) : 1.4;
    options.description = description.data();
    book_.check(worksheet_insert_chart_opt(sheet, 1, column_at(data.series.size() + 2), drawn, &options), "chart " + data.id);
  }

  const Document& document_;
  XlsxBook book_;
  SheetNames names_;
};

}  // namespace

Result<std::string> render_xlsx(const Document& document) {
  DONGBO_ASSIGN(auto book, XlsxBook::open());
  return XlsxWriter(document, std::move(book)).write();
}

}  // namespace dongbo::report
