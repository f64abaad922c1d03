#include "hub/report/docx_styles.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "hub/report/form.h"
#include "hub/report/xml_tree.h"

namespace dongbo::report::docx {
namespace {

enum class Slant { kUpright, kItalic };
enum class Weight { kRegular, kBold };

// A paragraph style; measures in the units of the format: half points, twentieths of a point.
struct ParagraphStyle {
  const char* id;
  const char* name;
  const char* base = "Normal";
  double size = 0;  // points; 0: as the base
  Weight weight = Weight::kRegular;
  Slant slant = Slant::kUpright;
  const char* align = "";  // "both", "center", "left", "right"
  int first_line = 0;
  int before = 0;
  int after = 0;
  double line = 1;   // lines; below 0: exactly so many points
  int outline = -1;  // heading level
  bool keep_next = false;
  const char* fill = "";
};

constexpr int kIndent = static_cast<int>(form::kFirstLine * kTwipsPerMillimetre + 0.5);
constexpr int kGap = static_cast<int>(form::kParagraphGap * 20);
constexpr auto kBold = Weight::kBold;
constexpr auto kPlain = Weight::kRegular;
constexpr auto kItalic = Slant::kItalic;
constexpr auto kUpright = Slant::kUpright;
constexpr double kSpacing = form::kLineSpacing;

// id, name, base, size, weight, slant, align, first line, before, after, lines, outline, keep with next, fill
constexpr ParagraphStyle kStyles[] = {
    {"BodyText", "Body Text", "Normal", form::kBodySize, kPlain, kUpright, "both", kIndent, kGap, 0, kSpacing},
    {"LegalBasis", "Căn cứ", "BodyText", 0, kPlain, kItalic, "both", kIndent, kGap, 0, kSpacing},
    {"SourceNote", "Ghi chú số liệu", "BodyText", form::kNoteSize, kPlain, kItalic, "left", kIndent, kGap, 0, kSpacing},
    {"ToWrite", "Chỗ cần bổ sung", "BodyText", 0, kPlain, kItalic, "both", kIndent, kGap, 0, kSpacing, -1, false, "FFF3BF"},
    {"Heading1", "heading 1", "Normal", form::kBodySize, kBold, kUpright, "both", kIndent, kGap, 0, kSpacing, 0, true},
    {"Heading2", "heading 2", "Normal", form::kBodySize, kBold, kUpright, "both", kIndent, kGap, 0, kSpacing, 1, true},
    {"Heading3", "heading 3", "Normal", form::kBodySize, kPlain, kUpright, "both", kIndent, kGap, 0, kSpacing, 2, true},
    {"Caption", "caption", "Normal", form::kTableSize, kBold, kUpright, "center", 0, kGap, 80, 1, -1, false},
    {"Picture", "Hình", "Normal", 0, kPlain, kUpright, "center", 0, kGap, 0, 1, -1, true},
    {"TableText", "Ô của bảng", "Normal", form::kTableSize, kPlain, kUpright, "left", 0, 30, 30, 1},
    {"TableHead", "Đầu cột", "TableText", form::kTableSize, kBold, kUpright, "center", 0, 30, 30, 1, -1, true},
    {"AgencyParent", "Cơ quan chủ quản", "Normal", form::kAgencySize, kPlain, kUpright, "center"},
    {"AgencyIssuer", "Cơ quan ban hành", "Normal", form::kAgencySize, kBold, kUpright, "center"},
    {"Country", "Quốc hiệu", "Normal", form::kCountrySize, kBold, kUpright, "center"},
    {"Motto", "Tiêu ngữ", "Normal", form::kMottoSize, kBold, kUpright, "center"},
    {"PaperNumber", "Số, ký hiệu", "Normal", form::kNumberSize, kPlain, kUpright, "center", 0, 80},
    {"PlaceDate", "Địa danh, thời gian", "Normal", form::kDateSize, kPlain, kItalic, "center", 0, 80},
    {"PaperType", "Tên loại", "Normal", form::kTypeSize, kBold, kUpright, "center", 0, 360, 0, 1, -1, true},
    {"PaperSubject", "Trích yếu", "Normal", form::kTypeSize, kBold, kUpright, "center", 0, 0, 0, 1, -1, true},
    {"Addressee", "Kính gửi", "Normal", form::kBodySize, kPlain, kUpright, "center", 0, 240, 120},
    {"RecipientsHead", "Nơi nhận", "Normal", form::kRecipientsHead, kBold, kItalic, "left", 0, 240, 0, 1, -1, true},
    {"RecipientsItem", "Danh sách nơi nhận", "Normal", form::kRecipientsSize, kPlain, kUpright, "left"},
    {"Signature", "Signature", "Normal", form::kSignatureSize, kBold, kUpright, "center"},
    {"AnnexName", "Phụ lục", "Normal", form::kTypeSize, kBold, kUpright, "center", 0, 0, 0, 1, 0, true},
    {"AnnexTitle", "Tên phụ lục", "Normal", form::kTypeSize, kBold, kUpright, "center", 0, 0, 0, 1, -1, true},
    {"AnnexReference", "Kèm theo văn bản", "Normal", form::kBodySize, kPlain, kItalic, "center", 0, 0, 240},
    {"Header", "header", "Normal", form::kPageNumberSize, kPlain, kUpright, "center"},
    {"SimulatedMark", "Dấu số liệu mô phỏng", "Header", form::kPageNumberSize, kPlain, kUpright, "left"},
    {"Rule", "Đường kẻ", "Normal", 1, kPlain, kUpright, "center", 0, 30, 0, -3},
    {"Tail", "Cuối phần", "Normal", 1, kPlain, kUpright, "left", 0, 0, 0, -1},
};

void add_run_properties(pugi::xml_node style, const ParagraphStyle& look) {
  if (look.size == 0 && look.weight == kPlain && look.slant == kUpright) return;
  auto properties = xml::add(style, "w:rPr");
  if (look.weight == kBold) {
    xml::add(properties, "w:b");
    xml::add(properties, "w:bCs");
  }
  if (look.slant == kItalic) {
    xml::add(properties, "w:i");
    xml::add(properties, "w:iCs");
  }
  if (look.size != 0) {
    const auto half_points = fmt::format("{:.0f}", look.size * 2);
    xml::add_value(properties, "w:sz", half_points);
    xml::add_value(properties, "w:szCs", half_points);
  }
}

void add_paragraph_properties(pugi::xml_node style, const ParagraphStyle& look) {
  auto properties = xml::add(style, "w:pPr");
  if (look.keep_next) xml::add(properties, "w:keepNext");
  if (look.outline >= 0) xml::add(properties, "w:keepLines");
  if (*look.fill != '\0') xml::add(properties, "w:shd", {{"w:val", "clear"}, {"w:color", "auto"}, {"w:fill", look.fill}});
  const auto line = fmt::format("{:.0f}", look.line < 0 ? -look.line * 20 : look.line * 240);
  xml::add(properties, "w:spacing",
           {{"w:before", std::to_string(look.before)},
            {"w:after", std::to_string(look.after)},
            {"w:line", line},
            {"w:lineRule", look.line < 0 ? "exact" : "auto"}});
  xml::add(properties, "w:ind", {{"w:firstLine", std::to_string(look.first_line)}});
  if (*look.align != '\0') xml::add_value(properties, "w:jc", look.align);
  if (look.outline >= 0) xml::add_value(properties, "w:outlineLvl", std::to_string(look.outline));
}

void add_style(pugi::xml_node styles, const ParagraphStyle& look) {
  auto style = xml::add(styles, "w:style", {{"w:type", "paragraph"}, {"w:styleId", look.id}});
  // Names that Word knows in every language are its own; the others are ours.
  static constexpr std::string_view kBuiltIn[] = {"Body Text", "heading 1", "heading 2", "heading 3",
                                                  "caption",   "Signature", "header"};
  if (std::find(std::begin(kBuiltIn), std::end(kBuiltIn), look.name) == std::end(kBuiltIn)) xml::set(style, "w:customStyle", "1");
  xml::add_value(style, "w:name", look.name);
  xml::add_value(style, "w:basedOn", look.base);
  xml::add(style, "w:qFormat");
  add_paragraph_properties(style, look);
  add_run_properties(style, look);
}

void add_defaults(pugi::xml_node styles) {
  auto defaults = xml::add(styles, "w:docDefaults");
  auto run = xml::add(xml::add(defaults, "w:rPrDefault"), "w:rPr");
  xml::add(run, "w:rFonts", {{"w:ascii", kFont}, {"w:hAnsi", kFont}, {"w:eastAsia", kFont}, {"w:cs", kFont}});
  const auto size = fmt::format("{:.0f}", form::kBodySize * 2);
  xml::add_value(run, "w:sz", size);
  xml::add_value(run, "w:szCs", size);
  xml::add(run, "w:lang", {{"w:val", "vi-VN"}, {"w:eastAsia", "vi-VN"}, {"w:bidi", "ar-SA"}});
  auto paragraph = xml::add(xml::add(defaults, "w:pPrDefault"), "w:pPr");
  xml::add(paragraph, "w:spacing", {{"w:before", "0"}, {"w:after", "0"}, {"w:line", "240"}, {"w:lineRule", "auto"}});
}

void add_normal(pugi::xml_node styles) {
  auto normal = xml::add(styles, "w:style", {{"w:type", "paragraph"}, {"w:default", "1"}, {"w:styleId", "Normal"}});
  xml::add_value(normal, "w:name", "Normal");
  xml::add(normal, "w:qFormat");
  auto run = xml::add(normal, "w:rPr");
  xml::add(run, "w:rFonts", {{"w:ascii", kFont}, {"w:hAnsi", kFont}, {"w:eastAsia", kFont}, {"w:cs", kFont}});
  const auto size = fmt::format("{:.0f}", form::kBodySize * 2);
  xml::add_value(run, "w:sz", size);
  xml::add_value(run, "w:szCs", size);
}

void add_borders(pugi::xml_node properties, const char* kind) {
  auto borders = xml::add(properties, "w:tblBorders");
  for (const auto* const side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
    xml::add(borders, side, {{"w:val", kind}, {"w:sz", "4"}, {"w:space", "0"}, {"w:color", "auto"}});
  }
}

void add_cell_margins(pugi::xml_node properties, const char* sides) {
  auto margins = xml::add(properties, "w:tblCellMar");
  xml::add(margins, "w:top", {{"w:w", "0"}, {"w:type", "dxa"}});
  xml::add(margins, "w:left", {{"w:w", sides}, {"w:type", "dxa"}});
  xml::add(margins, "w:bottom", {{"w:w", "0"}, {"w:type", "dxa"}});
  xml::add(margins, "w:right", {{"w:w", sides}, {"w:type", "dxa"}});
}

pugi::xml_node add_table_style(pugi::xml_node styles, const char* id, const char* name) {
  auto style = xml::add(styles, "w:style", {{"w:type", "table"}, {"w:customStyle", "1"}, {"w:styleId", id}});
  xml::add_value(style, "w:name", name);
  xml::add_value(style, "w:basedOn", "TableNormal");
  return style;
}

void add_table_styles(pugi::xml_node styles) {
  auto normal = xml::add(styles, "w:style", {{"w:type", "table"}, {"w:default", "1"}, {"w:styleId", "TableNormal"}});
  xml::add_value(normal, "w:name", "Normal Table");
  auto properties = xml::add(normal, "w:tblPr");
  xml::add(properties, "w:tblInd", {{"w:w", "0"}, {"w:type", "dxa"}});
  add_cell_margins(properties, "108");

  auto data = add_table_style(styles, "DataTable", "Bảng số liệu");
  properties = xml::add(data, "w:tblPr");
  add_borders(properties, "single");
  add_cell_margins(properties, "70");
  auto first = xml::add(data, "w:tblStylePr", {{"w:type", "firstRow"}});
  xml::add(xml::add(first, "w:rPr"), "w:b");
  xml::add(xml::add(first, "w:tcPr"), "w:shd", {{"w:val", "clear"}, {"w:color", "auto"}, {"w:fill", "EEEEEE"}});
  auto last = xml::add(data, "w:tblStylePr", {{"w:type", "lastRow"}});
  xml::add(xml::add(last, "w:rPr"), "w:b");

  auto form_table = add_table_style(styles, "FormTable", "Khung thể thức");
  properties = xml::add(form_table, "w:tblPr");
  add_borders(properties, "nil");
  add_cell_margins(properties, "0");
}

}  // namespace

std::string styles_part() {
  pugi::xml_document document;
  auto styles = xml::add(document, "w:styles", {{"xmlns:w", kWordNamespace}});
  add_defaults(styles);
  add_normal(styles);
  for (const auto& look : kStyles) add_style(styles, look);
  add_table_styles(styles);
  return xml::to_bytes(document);
}

}  // namespace dongbo::report::docx
