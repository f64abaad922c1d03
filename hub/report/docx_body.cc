#include "hub/report/docx_body.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hub/report/chart_png.h"
#include "hub/report/docx_styles.h"
#include "hub/report/form.h"
#include "hub/report/markup.h"
#include "hub/report/table_widths.h"
#include "hub/report/text_measure.h"
#include "hub/report/xml_tree.h"

namespace dongbo::report::docx {
namespace {

constexpr std::size_t kControlNameMax = 64;  // Word refuses a file with longer names of content controls
constexpr double kEmusPerMillimetre = 36000;

std::string twips(double millimetres) {
  return std::to_string(std::lround(millimetres * kTwipsPerMillimetre));
}

std::string tag_of(const std::string& figure) {
  if (figure.size() <= kControlNameMax) return figure;
  return fmt::format("{}~{:016x}", first_letters(figure.substr(0, 40), 40), XXH64(figure.data(), figure.size(), 0));
}

void add_run(pugi::xml_node parent, const Run& run) {
  auto node = xml::add(parent, "w:r");
  if (run.bold || run.italic) {
    auto properties = xml::add(node, "w:rPr");
    if (run.bold) {
      xml::add(properties, "w:b");
      xml::add(properties, "w:bCs");
    }
    if (run.italic) {
      xml::add(properties, "w:i");
      xml::add(properties, "w:iCs");
    }
  }
  xml::add_text(node, "w:t", run.text, {{"xml:space", "preserve"}});
}

const char* style_of(Paragraph::Kind kind) {
  switch (kind) {
    case Paragraph::Kind::kLegalBasis:
      return "LegalBasis";
    case Paragraph::Kind::kNote:
      return "SourceNote";
    case Paragraph::Kind::kToWrite:
      return "ToWrite";
    case Paragraph::Kind::kBody:
    case Paragraph::Kind::kItem:
      break;
  }
  return "BodyText";
}

const char* align_of(Column::Align align) {
  return align == Column::Align::kRight ? "right" : align == Column::Align::kCentre ? "center" : "";
}

// A sum is not alone on a page.
void keep_with_next(pugi::xml_node row) {
  for (const auto& found : row.select_nodes("w:tc/w:p/w:pPr")) {
    found.node().insert_child_after("w:keepNext", found.node().child("w:pStyle"));
  }
}

}  // namespace

BodyWriter::BodyWriter(const Document& document) : document_(document), width_mm_(form::kTextWidth) {
  for (const auto& figure : document.figures) labels_.emplace(figure.id, figure.label);
  auto root = xml::add(xml_, "w:document",
                       {{"xmlns:w", kWordNamespace},
                        {"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
                        {"xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
                        {"xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"},
                        {"xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"}});
  body_ = xml::add(root, "w:body");
}

pugi::xml_node BodyWriter::paragraph(pugi::xml_node parent, const char* style) {
  auto node = xml::add(parent, "w:p");
  xml::add_value(xml::add(node, "w:pPr"), "w:pStyle", style);
  return node;
}

void BodyWriter::text(pugi::xml_node parent, const std::string& text) {
  add_run(parent, {text, false, false, {}});
}

void BodyWriter::run(pugi::xml_node parent, const Run& run) {
  if (run.figure.empty()) return add_run(parent, run);
  auto control = xml::add(parent, "w:sdt");
  auto properties = xml::add(control, "w:sdtPr");
  const auto label = labels_.find(run.figure);
  if (label != labels_.end() && !label->second.empty()) {
    xml::add_value(properties, "w:alias", first_letters(clean_text(label->second), kControlNameMax));
  }
  xml::add_value(properties, "w:tag", tag_of(run.figure));
  xml::add_value(properties, "w:id", std::to_string(++controls_));
  add_run(xml::add(control, "w:sdtContent"), run);
}

Result<void> BodyWriter::blocks(const std::vector<Block>& blocks, bool landscape) {
  width_mm_ = landscape ? form::kTextWidthLandscape : form::kTextWidth;
  for (const auto& part : blocks) {
    DONGBO_TRY(std::visit([this](const auto& known) { return block(known); }, part));
  }
  return {};
}

Result<void> BodyWriter::block(const Heading& heading) {
  const auto style = fmt::format("Heading{}", std::clamp(heading.level, 1, 3));
  text(paragraph(body_, style.c_str()), form::heading_text(heading));
  return {};
}

Result<void> BodyWriter::block(const Paragraph& data) {
  auto node = paragraph(body_, style_of(data.kind));
  for (const auto& part : data.runs) run(node, part);
  return {};
}

std::vector<int> BodyWriter::widths_of(const Table& data) const {
  std::vector<int> widths;
  for (const double width : table_widths(data, width_mm_))
    widths.push_back(static_cast<int>(std::lround(width * kTwipsPerMillimetre)));
  if (widths.empty()) widths.push_back(static_cast<int>(width_mm_ * kTwipsPerMillimetre));
  return widths;
}

pugi::xml_node BodyWriter::table(const char* style, const std::vector<int>& widths) {
  auto node = xml::add(body_, "w:tbl");
  auto properties = xml::add(node, "w:tblPr");
  xml::add_value(properties, "w:tblStyle", style);
  int all = 0;
  for (const int width : widths) all += width;
  xml::add(properties, "w:tblW", {{"w:w", std::to_string(all)}, {"w:type", "dxa"}});
  xml::add(properties, "w:tblLayout", {{"w:type", "fixed"}});
  xml::add(properties, "w:tblLook",
           {{"w:val", "0020"},
            {"w:firstRow", "1"},
            {"w:lastRow", "0"},
            {"w:firstColumn", "0"},
            {"w:lastColumn", "0"},
            {"w:noHBand", "1"},
            {"w:noVBand", "1"}});
  auto grid = xml::add(node, "w:tblGrid");
  for (const int width : widths) xml::add(grid, "w:gridCol", {{"w:w", std::to_string(width)}});
  return node;
}

pugi::xml_node BodyWriter::row(pugi::xml_node table) {
  auto node = xml::add(table, "w:tr");
  xml::add(xml::add(node, "w:trPr"), "w:cantSplit");
  return node;
}

pugi::xml_node BodyWriter::cell(pugi::xml_node row, int width, const char* align) {
  auto node = xml::add(row, "w:tc");
  auto properties = xml::add(node, "w:tcPr");
  xml::add(properties, "w:tcW", {{"w:w", std::to_string(width)}, {"w:type", "dxa"}});
  if (*align != '\0') xml::add_value(properties, "w:vAlign", align);
  return node;
}

Result<void> BodyWriter::block(const Table& data) {
  if (!data.caption.empty()) {
    auto caption = paragraph(body_, "Caption");
    xml::add(caption.child("w:pPr"), "w:keepNext");
    text(caption, data.caption);
  }
  const auto widths = widths_of(data);
  auto node = table("DataTable", widths);
  auto heading = row(node);
  xml::add(heading.child("w:trPr"), "w:tblHeader");
  for (std::size_t i = 0; i < widths.size(); ++i) {
    text(paragraph(cell(heading, widths[i], "center"), "TableHead"),
         i < data.columns.size() ? data.columns[i].title : std::string());
  }
  if (data.rows.empty()) {
    int all = 0;
    for (const int width : widths) all += width;
    auto only = cell(row(node), all);
    xml::add_value(only.child("w:tcPr"), "w:gridSpan", std::to_string(widths.size()));
    auto says = paragraph(only, "TableText");
    xml::add_value(says.child("w:pPr"), "w:jc", "center");
    add_run(says, {form::empty_text(data), false, true, {}});
  }
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    table_row(node, data, data.rows[i], widths);
    const bool before_sum = i + 1 < data.rows.size() && data.rows[i + 1].total;
    if (before_sum) keep_with_next(node.last_child());
  }
  paragraph(body_, "Tail");  // two tables without a paragraph between them would become one
  return {};
}

void BodyWriter::table_row(pugi::xml_node table, const Table& data, const Row& part, const std::vector<int>& widths) {
  auto node = row(table);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    auto place = paragraph(cell(node, widths[i], "center"), "TableText");
    const auto* const align = i < data.columns.size() ? align_of(data.columns[i].align) : "";
    if (*align != '\0') xml::add_value(place.child("w:pPr"), "w:jc", align);
    if (i >= part.cells.size()) continue;
    run(place, {part.cells[i].text, part.total, false, part.cells[i].figure});
  }
}

Result<void> BodyWriter::block(const Chart& chart) {
  DONGBO_ASSIGN(auto picture, chart_png(chart));
  pictures_.push_back(std::move(picture.png));
  const auto number = std::to_string(pictures_.size());
  const auto name = "image" + number + ".png";
  const auto width = std::to_string(std::lround(picture.width_mm * kEmusPerMillimetre));
  const auto height = std::to_string(std::lround(picture.height_mm * kEmusPerMillimetre));
  auto line = xml::add(xml::add(xml::add(paragraph(body_, "Picture"), "w:r"), "w:drawing"), "wp:inline",
                       {{"distT", "0"}, {"distB", "0"}, {"distL", "0"}, {"distR", "0"}});
  xml::add(line, "wp:extent", {{"cx", width}, {"cy", height}});
  xml::add(line, "wp:docPr",
           {{"id", number}, {"name", chart.caption.empty() ? chart.id : chart.caption}, {"descr", chart.alternative}});
  xml::add(xml::add(line, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {{"noChangeAspect", "1"}});
  auto data = xml::add(xml::add(line, "a:graphic"), "a:graphicData",
                       {{"uri", "http://schemas.openxmlformats.org/drawingml/2006/picture"}});
  auto image = xml::add(data, "pic:pic");
  auto about = xml::add(image, "pic:nvPicPr");
  xml::add(about, "pic:cNvPr", {{"id", number}, {"name", name}, {"descr", chart.alternative}});
  xml::add(about, "pic:cNvPicPr");
  auto fill = xml::add(image, "pic:blipFill");
  xml::add(fill, "a:blip", {{"r:embed", "rIdImage" + number}});
  xml::add(xml::add(fill, "a:stretch"), "a:fillRect");
  auto shape = xml::add(image, "pic:spPr");
  auto place = xml::add(shape, "a:xfrm");
  xml::add(place, "a:off", {{"x", "0"}, {"y", "0"}});
  xml::add(place, "a:ext", {{"cx", width}, {"cy", height}});
  xml::add(xml::add(shape, "a:prstGeom", {{"prst", "rect"}}), "a:avLst");
  if (!chart.caption.empty()) text(paragraph(body_, "Caption"), chart.caption);
  return {};
}

void BodyWriter::end_section(const Section& section) {
  auto parent = section.last ? body_ : paragraph(body_, "Tail").child("w:pPr");
  auto node = xml::add(parent, "w:sectPr");
  xml::add(node, "w:headerReference",
           {{"w:type", "default"}, {"r:id", section.landscape ? "rIdHeaderLandscape" : "rIdHeaderPortrait"}});
  xml::add(node, "w:headerReference", {{"w:type", "first"}, {"r:id", "rIdHeaderFirst"}});
  xml::add_value(node, "w:type", "nextPage");
  const auto shorter = twips(form::kPageWidth);
  const auto longer = twips(form::kPageHeight);
  auto size =
      xml::add(node, "w:pgSz", {{"w:w", section.landscape ? longer : shorter}, {"w:h", section.landscape ? shorter : longer}});
  if (section.landscape) xml::set(size, "w:orient", "landscape");
  xml::add(node, "w:pgMar",
           {{"w:top", twips(form::kMarginTop)},
            {"w:right", twips(form::kMarginRight)},
            {"w:bottom", twips(form::kMarginBottom)},
            {"w:left", twips(form::kMarginLeft)},
            {"w:header", twips(form::kMarginTop / 2)},
            {"w:footer", twips(form::kMarginBottom / 2)},
            {"w:gutter", "0"}});
  xml::add(node, "w:pgNumType", {{"w:start", "1"}});
  xml::add(node, "w:cols", {{"w:space", "720"}});
  xml::add(node, "w:titlePg");
}

std::string BodyWriter::document_part() const {
  return xml::to_bytes(xml_);
}

}  // namespace dongbo::report::docx
