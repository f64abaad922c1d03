// The fixed places of an administrative paper in a DOCX: letterhead, signatures, heads of annexes.
#include <algorithm>
#include <cmath>

#include "hub/report/docx_body.h"
#include "hub/report/docx_styles.h"
#include "hub/report/form.h"
#include "hub/report/text_measure.h"
#include "hub/report/xml_tree.h"

namespace dongbo::report::docx {
namespace {

constexpr const char* kRoomToSign = "1588";  // twentieths of a point: 28 mm for signature and name

std::string twips(double millimetres) {
  return std::to_string(std::lround(millimetres * kTwipsPerMillimetre));
}

int width_of(double millimetres) {
  return static_cast<int>(std::lround(millimetres * kTwipsPerMillimetre));
}

double longest_mm(const std::vector<std::string>& lines, FontStyle style) {
  double longest = 0;
  for (const auto& line : lines) longest = std::max(longest, text_width_mm(line, style));
  return longest;
}

void indent(pugi::xml_node paragraph, double room_mm) {
  const auto side = twips(std::max(room_mm, 0.0) / 2);
  xml::add(paragraph.child("w:pPr"), "w:ind", {{"w:left", side}, {"w:right", side}, {"w:firstLine", "0"}});
}

void keep_with_next(pugi::xml_node paragraph) {
  auto style = paragraph.child("w:pPr").child("w:pStyle");
  if (!paragraph.child("w:pPr").child("w:keepNext")) paragraph.child("w:pPr").insert_child_after("w:keepNext", style);
}

void mark_spacing(pugi::xml_node paragraph, const char* after) {
  xml::add(paragraph.child("w:pPr"), "w:spacing", {{"w:after", after}});
}

}  // namespace

void BodyWriter::rule(pugi::xml_node parent, double length_mm, double room_mm) {
  auto node = paragraph(parent, "Rule");
  auto borders = xml::add(node.child("w:pPr"), "w:pBdr");
  xml::add(borders, "w:top", {{"w:val", "single"}, {"w:sz", "6"}, {"w:space", "0"}, {"w:color", "000000"}});
  indent(node, room_mm - length_mm);
}

void BodyWriter::balanced(pugi::xml_node parent, const char* style, const std::vector<std::string>& lines) {
  auto node = paragraph(parent, style);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = i + 1 == lines.size();
    text(node, last ? lines[i] : lines[i] + " ");  // the space stays when someone takes the break away
    if (!last) xml::add(xml::add(node, "w:r"), "w:br");
  }
}

void BodyWriter::letterhead() {
  const auto& head = document_.letterhead;
  const std::vector<int> widths = {width_of(form::kAgencyWidth), width_of(form::kNationWidth)};
  auto frame = table("FormTable", widths);
  auto names = row(frame);
  auto agency = cell(names, widths[0]);
  if (!head.parent.empty()) {
    balanced(agency, "AgencyParent", balanced_lines(head.parent, form::kAgencyWidth - 1, {form::kAgencySize, false, false}));
  }
  const FontStyle bold{form::kAgencySize, true, false};
  const auto issuer = balanced_lines(head.issuer, form::kAgencyWidth - 1, bold);
  balanced(agency, "AgencyIssuer", issuer);
  rule(agency, form::kLineShare * longest_mm(issuer, bold), form::kAgencyWidth);
  auto nation = cell(names, widths[1]);
  text(paragraph(nation, "Country"), form::kCountry);
  text(paragraph(nation, "Motto"), form::kMotto);
  rule(nation, text_width_mm(form::kMotto, {form::kMottoSize, true, false}), form::kNationWidth);
  const auto number = form::number_line(head);
  const auto date = form::date_line(head);
  if (!number.empty() || !date.empty()) {
    auto second = row(frame);
    text(paragraph(cell(second, widths[0]), "PaperNumber"), number);
    text(paragraph(cell(second, widths[1]), "PlaceDate"), date);
  }
  text(paragraph(body_, "PaperType"), head.type);
  if (!head.subject.empty()) {
    const FontStyle look{form::kTypeSize, true, false};
    const auto subject = balanced_lines(head.subject, form::kTitleWidth, look);
    balanced(body_, "PaperSubject", subject);
    rule(body_, form::kLineShare * longest_mm(subject, look), form::kTextWidth);
  }
  if (!head.addressee.empty()) text(paragraph(body_, "Addressee"), form::kAddresseeWord + head.addressee);
}

void BodyWriter::recipients(pugi::xml_node row, int width) {
  auto place = cell(row, width);
  if (document_.recipients.empty()) {
    paragraph(place, "RecipientsItem");  // a cell holds a paragraph
    return;
  }
  text(paragraph(place, "RecipientsHead"), form::kRecipientsWord);
  for (const auto& line : form::recipient_lines(document_)) text(paragraph(place, "RecipientsItem"), line);
}

void BodyWriter::signatures() {
  const auto& all = document_.signatures;
  if (document_.recipients.empty() && all.empty()) return;
  const bool side_by_side = all.size() > 1;
  const auto columns = side_by_side ? all.size() : all.size() + 1;
  const std::vector<int> widths(columns, width_of(form::kTextWidth / static_cast<double>(columns)));
  // A signature never stands on a page alone: the last paragraph goes with it.
  if (auto last = body_.last_child(); std::string_view(last.name()) == "w:p") keep_with_next(last);
  keep_with_next(paragraph(body_, "Tail"));
  auto frame = table("FormTable", widths);
  auto line = row(frame);
  if (!side_by_side) recipients(line, widths[0]);
  for (const auto& signature : all) {
    auto place = cell(line, widths[0]);
    for (std::size_t i = 0; i < std::max<std::size_t>(signature.lines.size(), 1); ++i) {
      auto node = paragraph(place, "Signature");
      if (i == 0) xml::add(node.child("w:pPr"), "w:spacing", {{"w:before", "240"}});
      if (i + 1 >= signature.lines.size()) {
        auto spacing = node.child("w:pPr").child("w:spacing");
        if (spacing) {
          xml::set(spacing, "w:after", kRoomToSign);
        } else {
          mark_spacing(node, kRoomToSign);
        }
      }
      text(node, i < signature.lines.size() ? signature.lines[i] : std::string());
    }
  }
  if (side_by_side && !document_.recipients.empty()) {
    auto below = row(frame);
    recipients(below, widths[0]);
    for (std::size_t i = 1; i < columns; ++i) paragraph(cell(below, widths[i]), "RecipientsItem");
  }
}

void BodyWriter::annex_head(const Annex& annex) {
  const double width = annex.landscape ? form::kTextWidthLandscape : form::kTextWidth;
  text(paragraph(body_, "AnnexName"), form::annex_name(annex));
  if (!annex.title.empty()) {
    balanced(body_, "AnnexTitle", balanced_lines(annex.title, width * form::kTitleShare, {form::kTypeSize, true, false}));
  }
  text(paragraph(body_, "AnnexReference"), form::annex_reference(document_.letterhead));
}

}  // namespace dongbo::report::docx
