#include <fmt/format.h>

#include "hub/report/render.h"

// Markdown (CommonMark with GitHub's tables): the whole document as text, for reading, searching and comparing by line.
namespace dongbo::report {
namespace {

// No text of a fact may become markup.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c == '\n' ? ' ' : c);
  }
  return out;
}

std::string cell_text(std::string_view text) {
  return text.empty() ? " " : escaped(text);
}

std::string run_text(const Run& run) {
  if (run.text.empty()) return {};
  const auto mark = std::string(run.bold ? "**" : "") + (run.italic ? "_" : "");
  return mark + escaped(run.text) + std::string(mark.rbegin(), mark.rend());
}

struct ToMarkdown {
  std::string& out;
  int deeper;  // headings of annexes stand one level lower

  void operator()(const Heading& heading) const {
    out += std::string(static_cast<std::size_t>(heading.level + 1 + deeper), '#') + " " + heading.number + " " +
           escaped(heading.text) + "\n\n";
  }
  void operator()(const Paragraph& paragraph) const {
    std::string text;
    for (const auto& run : paragraph.runs) text += run_text(run);
    switch (paragraph.kind) {
      case Paragraph::Kind::kLegalBasis:
        out += "_" + text + "_\n\n";
        break;
      case Paragraph::Kind::kNote:
        out += "> " + text + "\n\n";
        break;
      case Paragraph::Kind::kToWrite:
        out += "**" + text + "**\n\n";
        break;
      case Paragraph::Kind::kItem:  // begins with its dash: a list of one
      case Paragraph::Kind::kBody:
        out += text + "\n\n";
    }
  }
  void operator()(const Table& table) const {
    if (!table.caption.empty()) out += "**" + escaped(table.caption) + "**\n\n";
    if (table.rows.empty()) {
      if (!table.if_empty.empty()) out += escaped(table.if_empty) + "\n\n";
      return;
    }
    out += "|";
    for (const auto& column : table.columns) out += " " + cell_text(column.title) + " |";
    out += "\n|";
    for (const auto& column : table.columns) {
      if (column.align == Column::Align::kRight) {
        out += " ---: |";
      } else {
        out += column.align == Column::Align::kCentre ? " :---: |" : " --- |";
      }
    }
    out += "\n";
    for (const auto& row : table.rows) {
      out += "|";
      for (const auto& cell : row.cells) {
        const auto text = cell_text(cell.text);
        out += row.total && text != " " ? " **" + text + "** |" : " " + text + " |";
      }
      out += "\n";
    }
    out += "\n";
  }
  void operator()(const Chart& chart) const {
    out += "**" + escaped(chart.caption) + "**\n\n> " + escaped(chart.alternative) + "\n\n";
  }
};

void write_letterhead(const Letterhead& letterhead, std::string& out) {
  if (!letterhead.parent.empty()) out += escaped(letterhead.parent) + "  \n";
  out += "**" + escaped(letterhead.issuer) + "**  \n";
  if (!letterhead.symbol.empty()) out += "Số:      " + escaped(letterhead.symbol) + "\n";
  out += "\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**  \n**Độc lập - Tự do - Hạnh phúc**\n\n";
  out += "_" + escaped(letterhead.place) + ", ngày      tháng      năm_\n\n";
  out += "# " + escaped(letterhead.type) + "\n\n**" + escaped(letterhead.subject) + "**\n\n";
  if (!letterhead.addressee.empty()) out += "Kính gửi: " + escaped(letterhead.addressee) + "\n\n";
}

void write_end(const Document& document, std::string& out) {
  if (!document.recipients.empty()) out += "**_Nơi nhận:_**\n\n";
  for (std::size_t i = 0; i < document.recipients.size(); ++i)
    out += "- " + escaped(document.recipients[i]) + (i + 1 == document.recipients.size() ? "." : ";") + "\n";
  if (!document.recipients.empty()) out += "\n";
  for (const auto& signature : document.signatures) {
    for (const auto& line : signature.lines) out += "**" + escaped(line) + "**  \n";
    out += "\n";
  }
}

}  // namespace

std::string render_md(const Document& document) {
  std::string out;
  if (document.simulated) out += "**SỐ LIỆU MÔ PHỎNG**\n\n";
  write_letterhead(document.letterhead, out);
  for (const auto& block : document.body) std::visit(ToMarkdown{out, 0}, block);
  write_end(document, out);
  for (const auto& annex : document.annexes) {
    out += "---\n\n# Phụ lục" + (annex.number.empty() ? "" : " " + annex.number) + "\n\n**" + escaped(annex.title) + "**\n\n";
    for (const auto& block : annex.blocks) std::visit(ToMarkdown{out, 1}, block);
  }
  out += fmt::format("---\n\n`{}` · vị trí `{}` · ghi nhận đến `{}` · SHA-256 `{}`\n", document.frozen.meeting,
                     document.frozen.position, document.frozen.as_of, document.frozen.sha256);
  return out;
}

}  // namespace dongbo::report
