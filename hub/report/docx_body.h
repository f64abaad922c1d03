#pragma once
#include <map>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "hub/base/result.h"
#include "hub/report/document.h"

namespace dongbo::report::docx {

// A part of the paper with pages of its own.
struct Section {
  bool landscape = false;
  bool last = false;  // its properties stand at the end of the body, not in a paragraph
};

// word/document.xml while it is written: real paragraphs, tables and sections with the styles of docx_styles.h, every figure in
// a content control whose tag is the figure's id. The document must outlive it. One thread.
class BodyWriter {
 public:
  explicit BodyWriter(const Document& document);

  void letterhead();
  void annex_head(const Annex& annex);
  Result<void> blocks(const std::vector<Block>& blocks, bool landscape);
  void signatures();
  void end_section(const Section& section);

  std::string document_part() const;
  // PNG files, the first is word/media/image1.png with the relation rIdImage1.
  std::vector<std::string> take_pictures() { return std::move(pictures_); }

 private:
  pugi::xml_node paragraph(pugi::xml_node parent, const char* style);
  void run(pugi::xml_node parent, const Run& run);
  void text(pugi::xml_node parent, const std::string& text);
  // One paragraph, broken as given.
  void balanced(pugi::xml_node parent, const char* style, const std::vector<std::string>& lines);
  void rule(pugi::xml_node parent, double length_mm, double room_mm);
  pugi::xml_node table(const char* style, const std::vector<int>& widths);
  pugi::xml_node row(pugi::xml_node table);
  pugi::xml_node cell(pugi::xml_node row, int width, const char* align = "");
  void recipients(pugi::xml_node row, int width);

  Result<void> block(const Heading& heading);
  Result<void> block(const Paragraph& paragraph);
  Result<void> block(const Table& table);
  Result<void> block(const Chart& chart);
  void table_row(pugi::xml_node table, const Table& data, const Row& row, const std::vector<int>& widths);
  std::vector<int> widths_of(const Table& table) const;

  const Document& document_;
  std::map<std::string, std::string> labels_;  // figure to label
  pugi::xml_document xml_;
  pugi::xml_node body_;
  std::vector<std::string> pictures_;
  double width_mm_;
  int controls_ = 0;
};

}  // namespace dongbo::report::docx
