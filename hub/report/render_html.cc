#include <string>
#include <type_traits>

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/chart_png.h"
#include "hub/report/form.h"
#include "hub/report/html_for_print.h"
#include "hub/report/html_style.h"
#include "hub/report/markup.h"
#include "hub/report/render.h"
#include "hub/report/table_widths.h"
#include "hub/report/text_measure.h"

namespace dongbo::report {
namespace {

std::string joined(const std::vector<std::string>& lines, std::string_view line_break) {
  std::string out;
  for (const auto& line : lines) {
    if (!out.empty()) out += line_break;
    out += escape_markup(line);
  }
  return out;
}

std::string balanced(std::string_view text, double width_mm, FontStyle style) {
  return joined(balanced_lines(text, width_mm, style), " <br class=\"fit\">");
}

// One document on its way into one page of HTML.
class HtmlWriter {
 public:
  enum class Use { kScreen, kPrint };

  HtmlWriter(const Document& document, Use use) : document_(document), use_(use) {}

  Result<std::string> write() {
    head();
    out_ += "<main>\n";
    letterhead();
    DONGBO_TRY(blocks(document_.body));
    signatures();
    out_ += "</main>\n";
    for (std::size_t i = 0; i < document_.annexes.size(); ++i) DONGBO_TRY(annex(document_.annexes[i], i + 1));
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void meta(std::string_view name, std::string_view content) {
    if (!content.empty()) out_ += fmt::format("<meta name=\"{}\" content=\"{}\">\n", name, escape_markup(content));
  }

  void head() {
    const auto& frozen = document_.frozen;
    out_ += "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out_ +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        "'unsafe-inline'\">\n";
    out_ += "<title>" + escape_markup(form::title_of(document_)) + "</title>\n";
    meta("author", document_.letterhead.issuer);
    meta("generator", "Dongbo");
    if (const auto moment = event::parse_timestamp(frozen.as_of)) {
      meta("dcterms.created", event::format_timestamp(Millis(moment->value() / 1000 * 1000)));
    }
    meta("dongbo-meeting", frozen.meeting);
    meta("dongbo-kind", frozen.kind);
    meta("dongbo-position", frozen.position);
    meta("dongbo-as-of", frozen.as_of);
    meta("dongbo-sha256", frozen.sha256);
    meta("dongbo-supplement-to", frozen.supplement_to);
    out_ += "<style>" + html_style(document_) + "</style>\n</head>\n<body>\n";
    if (document_.simulated) out_ += fmt::format("<p class=\"simulated\" role=\"note\">{}</p>\n", form::kSimulatedMark);
  }

  void letterhead() {
    const auto& head = document_.letterhead;
    out_ += "<table class=\"form\" role=\"presentation\">\n<tr>\n<td class=\"agency\">";
    if (!head.parent.empty()) {
      out_ += "<div class=\"parent\">" + balanced(head.parent, form::kAgencyWidth - 1, {form::kAgencySize}) + "</div>";
    }
    out_ +=
        "<b class=\"issuer ruled\">" + balanced(head.issuer, form::kAgencyWidth - 1, {form::kAgencySize, true}) + "</b></td>\n";
    out_ +=
        fmt::format("<td><div class=\"country\">{}</div><div class=\"motto\"><span class=\"ruled\">{}</span></div></td>\n</tr>\n",
                    form::kCountry, form::kMotto);
    out_ += fmt::format("<tr>\n<td class=\"number\">{}</td>\n<td class=\"date\">{}</td>\n</tr>\n</table>\n",
                        escape_markup(form::number_line(head)), escape_markup(form::date_line(head)));
    out_ += "<h1 class=\"title\"><span class=\"type\">" + escape_markup(head.type) + "</span>";
    if (!head.subject.empty()) {
      out_ +=
          "<br><span class=\"subject ruled\">" + balanced(head.subject, form::kTitleWidth, {form::kTypeSize, true}) + "</span>";
    }
    out_ += "</h1>\n";
    if (!head.addressee.empty()) {
      out_ += fmt::format("<p class=\"addressee\">{}{}</p>\n", form::kAddresseeWord, escape_markup(head.addressee));
    }
  }

  std::string signature_cell(const Signature& signature) {
    return "<td class=\"signature\">" + joined(signature.lines, "<br>") + "</td>\n";
  }

  std::string recipients_cell() {
    std::string cell = "<td class=\"recipients\">";
    if (!document_.recipients.empty()) {
      cell += fmt::format("<b>{}</b>\n<ul>\n", form::kRecipientsWord);
      for (const auto& line : form::recipient_lines(document_)) cell += "<li>" + escape_markup(line) + "</li>\n";
      cell += "</ul>";
    }
    return cell + "</td>\n";
  }

  void signatures() {
    if (document_.recipients.empty() && document_.signatures.empty()) return;
    const bool side_by_side = document_.signatures.size() > 1;
    out_ += "<table class=\"form sign\" role=\"presentation\">\n<tr>\n";
    if (!side_by_side) out_ += recipients_cell();
    for (const auto& signature : document_.signatures) out_ += signature_cell(signature);
    out_ += "</tr>\n";
    if (side_by_side && !document_.recipients.empty()) out_ += "<tr>\n" + recipients_cell() + "</tr>\n";
    out_ += "</table>\n";
  }

  Result<void> annex(const Annex& annex, std::size_t at) {
    out_ += fmt::format("<section class=\"annex-{}{}\" id=\"phu-luc-{}\">\n<h2 class=\"annex\">{}", at,
                        annex.landscape ? " landscape" : "", at, escape_markup(form::annex_name(annex)));
    const double width = annex.landscape ? form::kTextWidthLandscape : form::kTextWidth;
    if (!annex.title.empty()) out_ += "<br>" + balanced(annex.title, width * form::kTitleShare, {form::kTypeSize, true});
    out_ += "</h2>\n<p class=\"reference\">" + escape_markup(form::annex_reference(document_.letterhead)) + "</p>\n";
    width_mm_ = width;
    DONGBO_TRY(blocks(annex.blocks));
    out_ += "</section>\n";
    return {};
  }

  Result<void> blocks(const std::vector<Block>& blocks) {
    for (const auto& block : blocks) {
      DONGBO_TRY(std::visit([this](const auto& part) { return this->block(part); }, block));
    }
    return {};
  }

  Result<void> block(const Heading& heading) {
    const int level = std::min(std::max(heading.level, 1), 3) + 1;
    out_ += fmt::format("<h{}{}>{}</h{}>\n", level, level == 2 ? " class=\"h\"" : "", escape_markup(form::heading_text(heading)),
                        level);
    return {};
  }

  Result<void> block(const Paragraph& paragraph) {
    out_ += fmt::format("<p class=\"{}\">", class_of(paragraph.kind));
    for (const auto& run : paragraph.runs) {
      if (run.bold) out_ += "<b>";
      if (run.italic) out_ += "<i>";
      out_ += figure_text(run.text, value_of(run.figure), run.figure);
      if (run.italic) out_ += "</i>";
      if (run.bold) out_ += "</b>";
    }
    out_ += "</p>\n";
    return {};
  }

  Result<void> block(const Table& table) {
    out_ += "<div class=\"block\"><table class=\"data\" id=\"" + escape_markup(table.id) + "\">\n";
    if (!table.caption.empty()) out_ += "<caption>" + escape_markup(table.caption) + "</caption>\n";
    out_ += "<colgroup>";
    for (const double width : table_widths(table, width_mm_))
      out_ += fmt::format("<col style=\"width: {:.3f}%\">", 100 * width / width_mm_);
    out_ += "</colgroup>\n<thead>\n<tr>";
    for (const auto& column : table.columns) out_ += "<th scope=\"col\">" + escape_markup(column.title) + "</th>";
    out_ += "</tr>\n</thead>\n<tbody>\n";
    if (table.rows.empty()) {
      out_ += fmt::format("<tr><td class=\"none\" colspan=\"{}\">{}</td></tr>\n", std::max<std::size_t>(table.columns.size(), 1),
                          escape_markup(form::empty_text(table)));
    }
    const auto end = sums_with_a_row(table);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (i == end && i > 0) out_ += "</tbody>\n<tbody class=\"end\">\n";
      write_row(table, table.rows[i]);
    }
    out_ += "</tbody>\n</table></div>\n";
    return {};
  }

  Result<void> block(const Chart& chart) {
    DONGBO_ASSIGN(const Picture picture, chart_png(chart));
    out_ += "<figure class=\"block\" id=\"" + escape_markup(chart.id) + "\"><img alt=\"" + escape_markup(chart.alternative) +
            "\" src=\"data:image/png;base64," + base64(picture.png) + "\">";
    if (!chart.caption.empty()) out_ += "<figcaption>" + escape_markup(chart.caption) + "</figcaption>";
    out_ += "</figure>\n";
    return {};
  }

  // Where the last row before the sums at the end is: they are not alone on a page. The number of rows without sums.
  static std::size_t sums_with_a_row(const Table& table) {
    auto at = table.rows.size();
    while (at > 0 && table.rows[at - 1].total) --at;
    return at == table.rows.size() || at == 0 ? table.rows.size() : at - 1;
  }

  void write_row(const Table& table, const Row& row) {
    out_ += row.total ? "<tr class=\"total\">" : "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto align = table.columns[i].align;
      out_ += align == Column::Align::kRight ? "<td class=\"r\">" : align == Column::Align::kCentre ? "<td class=\"c\">" : "<td>";
      if (i < row.cells.size()) out_ += cell_text(row.cells[i]);
      out_ += "</td>";
    }
    out_ += "</tr>\n";
  }

  std::string cell_text(const Cell& cell) const {
    return use_ == Use::kPrint ? escape_markup(cell.text) : figure_text(cell.text, cell.value, cell.figure);
  }

  static std::string figure_text(std::string_view text, const std::optional<std::string>& value, std::string_view figure) {
    if (!value && figure.empty()) return escape_markup(text);
    const auto id = figure.empty() ? std::string() : " data-figure=\"" + escape_markup(figure) + "\"";
    if (!value) return "<span" + id + ">" + escape_markup(text) + "</span>";
    return "<data value=\"" + escape_markup(*value) + "\"" + id + ">" + escape_markup(text) + "</data>";
  }

  std::optional<std::string> value_of(const std::string& figure) const {
    const auto found = values_.find(figure);
    return found == values_.end() ? std::nullopt : found->second;
  }

  static const char* class_of(Paragraph::Kind kind) {
    switch (kind) {
      case Paragraph::Kind::kLegalBasis:
        return "basis";
      case Paragraph::Kind::kNote:
        return "note";
      case Paragraph::Kind::kToWrite:
        return "to-write";
      case Paragraph::Kind::kBody:
      case Paragraph::Kind::kItem:
        break;
    }
    return "body";
  }

  static std::map<std::string, std::optional<std::string>> values_of(const Document& document) {
    std::map<std::string, std::optional<std::string>> values;
    for (const auto& figure : document.figures) values.emplace(figure.id, figure.value);
    return values;
  }

  const Document& document_;
  const Use use_;
  const std::map<std::string, std::optional<std::string>> values_ = values_of(document_);
  std::string out_;
  double width_mm_ = form::kTextWidth;  // of the text on the present page
};

}  // namespace

Result<std::string> render_html(const Document& document) {
  return HtmlWriter(document, HtmlWriter::Use::kScreen).write();
}

Result<std::string> html_for_print(const Document& document) {
  return HtmlWriter(document, HtmlWriter::Use::kPrint).write();
}

}  // namespace dongbo::report
