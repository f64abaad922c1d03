#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "hub/report/form.h"
#include "hub/report/render.h"
#include "hub/report/text_measure.h"
#include "tests/unit/report/sample_document.h"
#include "tests/unit/report/zip_files.h"

namespace dongbo::report {
namespace {

using testing::text_of;
using testing::ZipFiles;

// How a paragraph of a style looks when the styles it is based on are followed.
struct Look {
  double size = 0;
  bool bold = false;
  bool italic = false;
  std::string align;
  int first_line = 0;
  int before = 0;
  int line = 0;
};

class Docx {
 public:
  explicit Docx(const Document& document)
      : files(render_docx(document).value()),
        body_(files.xml("word/document.xml")),
        styles_(files.xml("word/styles.xml")),
        body(body_->child("w:document").child("w:body")) {}

  Look look(const std::string& style) const {
    const auto node = styles_->select_node(("//w:style[@w:styleId='" + style + "']").c_str()).node();
    EXPECT_TRUE(node) << style;
    Look out;
    if (const auto base = node.child("w:basedOn")) out = look(base.attribute("w:val").value());
    const auto run = node.child("w:rPr");
    if (const auto size = run.child("w:sz")) out.size = size.attribute("w:val").as_double() / 2;
    if (run.child("w:b")) out.bold = true;
    if (run.child("w:i")) out.italic = true;
    const auto paragraph = node.child("w:pPr");
    if (const auto align = paragraph.child("w:jc")) out.align = align.attribute("w:val").value();
    if (const auto indent = paragraph.child("w:ind")) out.first_line = indent.attribute("w:firstLine").as_int();
    if (const auto spacing = paragraph.child("w:spacing")) {
      out.before = spacing.attribute("w:before").as_int();
      out.line = spacing.attribute("w:line").as_int();
    }
    return out;
  }

  std::vector<pugi::xml_node> paragraphs(const std::string& style) const {
    std::vector<pugi::xml_node> out;
    for (const auto& found : body.select_nodes(("//w:p[w:pPr/w:pStyle/@w:val='" + style + "']").c_str()))
      out.push_back(found.node());
    return out;
  }

  std::string words(const std::string& style) const {
    std::string out;
    for (const auto& paragraph : paragraphs(style)) out += (out.empty() ? "" : "|") + text_of(paragraph);
    return out;
  }

  // Length in millimetres of the line drawn under the last paragraph of a style.
  double line_under(const std::string& style, double room_mm) const {
    auto next = paragraphs(style).back().next_sibling("w:p");
    EXPECT_STREQ(next.child("w:pPr").child("w:pStyle").attribute("w:val").value(), "Rule");
    EXPECT_STREQ(next.child("w:pPr").child("w:pBdr").child("w:top").attribute("w:val").value(), "single");
    const auto indent = next.child("w:pPr").child("w:ind");
    EXPECT_EQ(indent.attribute("w:left").as_int(), indent.attribute("w:right").as_int());
    return room_mm - 2 * indent.attribute("w:left").as_int() / 1440.0 * 25.4;
  }

  const ZipFiles files;

 private:
  std::unique_ptr<pugi::xml_document> body_;
  std::unique_ptr<pugi::xml_document> styles_;

 public:
  pugi::xml_node body;
};

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

void expect_look(const Docx& docx, const char* style, double from, double to, bool bold, bool italic, const char* align) {
  const auto look = docx.look(style);
  EXPECT_GE(look.size, from) << style;
  EXPECT_LE(look.size, to) << style;
  EXPECT_EQ(look.bold, bold) << style;
  EXPECT_EQ(look.italic, italic) << style;
  EXPECT_EQ(look.align, align) << style;
}

TEST(RenderDocx, PagesAreA4WithTheDecreesMargins) {
  const Docx docx(testing::sample_document());
  const auto sections = docx.body.select_nodes("//w:sectPr");
  ASSERT_EQ(sections.size(), 3U);  // the paper, two annexes
  int landscape = 0;
  for (const auto& found : sections) {
    const auto section = found.node();
    const auto margin = [&](const char* side) { return section.child("w:pgMar").attribute(side).as_double() / 1440 * 25.4; };
    for (const auto* const side : {"w:top", "w:bottom"}) EXPECT_TRUE(margin(side) > 19.9 && margin(side) < 25.1) << margin(side);
    EXPECT_TRUE(margin("w:left") > 29.9 && margin("w:left") < 35.1);
    EXPECT_TRUE(margin("w:right") > 14.9 && margin("w:right") < 20.1);
    const auto size = section.child("w:pgSz");
    std::set<int> edges = {size.attribute("w:w").as_int(), size.attribute("w:h").as_int()};
    EXPECT_EQ(edges, (std::set<int>{11906, 16838}));
    if (std::string(size.attribute("w:orient").value()) == "landscape") {
      ++landscape;
      EXPECT_EQ(size.attribute("w:w").as_int(), 16838);
    }
  }
  EXPECT_EQ(landscape, 1);
}

TEST(RenderDocx, PageNumbersStandInTheHeaderFromTheSecondPageOfEachSection) {
  const Docx docx(testing::sample_document());
  for (const auto& found : docx.body.select_nodes("//w:sectPr")) {
    EXPECT_TRUE(found.node().child("w:titlePg"));
    EXPECT_STREQ(found.node().child("w:pgNumType").attribute("w:start").value(), "1");
    EXPECT_EQ(found.node().select_nodes("w:headerReference").size(), 2U);
  }
  EXPECT_EQ(docx.files.bytes.at("word/header1.xml").find("PAGE"), std::string::npos);
  for (const auto* const name : {"word/header2.xml", "word/header3.xml"}) {
    EXPECT_NE(docx.files.bytes.at(name).find(" PAGE "), std::string::npos);
  }
  auto plain = testing::sample_document();
  plain.simulated = false;
  const Docx unmarked(plain);
  EXPECT_STREQ(unmarked.files.xml("word/header2.xml")->select_node("//w:pStyle").node().attribute("w:val").value(), "Header");
  expect_look(unmarked, "Header", 13, 14, false, false, "center");
}

TEST(RenderDocx, TheNationStandsAsTheDecreeSays) {
  const Docx docx(testing::sample_document());
  EXPECT_EQ(docx.words("Country"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  expect_look(docx, "Country", 12, 13, true, false, "center");
  EXPECT_EQ(docx.words("Motto"), "Độc lập - Tự do - Hạnh phúc");
  expect_look(docx, "Motto", 13, 14, true, false, "center");
  const double words = text_width_mm(form::kMotto, {docx.look("Motto").size, true, false});
  EXPECT_NEAR(docx.line_under("Motto", form::kNationWidth), words, 0.2);
}

TEST(RenderDocx, TheAgencyStandsAsTheDecreeSays) {
  const Docx docx(testing::sample_document());
  EXPECT_EQ(docx.words("AgencyParent"), "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM");
  expect_look(docx, "AgencyParent", 12, 13, false, false, "center");
  EXPECT_EQ(docx.words("AgencyIssuer"), "SỞ NỘI VỤ");
  expect_look(docx, "AgencyIssuer", 12, 13, true, false, "center");
  const double words = text_width_mm("SỞ NỘI VỤ", {docx.look("AgencyIssuer").size, true, false});
  const double line = docx.line_under("AgencyIssuer", form::kAgencyWidth);
  EXPECT_GE(line, words / 3);
  EXPECT_LE(line, words / 2);
}

TEST(RenderDocx, NumberAndDayAreLeftToTheClerk) {
  const Docx docx(testing::sample_document());
  const auto number = docx.words("PaperNumber");
  EXPECT_TRUE(number.starts_with("Số:")) << number;
  EXPECT_TRUE(number.ends_with("/BC-SNV")) << number;
  EXPECT_FALSE(has_digit(number));
  expect_look(docx, "PaperNumber", 13, 13, false, false, "center");
  const auto date = docx.words("PlaceDate");
  EXPECT_TRUE(date.starts_with("Quảng Nam, ngày")) << date;
  EXPECT_FALSE(has_digit(date));
  expect_look(docx, "PlaceDate", 13, 14, false, true, "center");
  EXPECT_FALSE(has_digit(docx.words("AnnexReference")));
}

TEST(RenderDocx, TypeAndSubjectStandAsTheDecreeSays) {
  const auto document = testing::sample_document();
  const Docx docx(document);
  EXPECT_EQ(docx.words("PaperType"), "BÁO CÁO");
  expect_look(docx, "PaperType", 13, 14, true, false, "center");
  EXPECT_EQ(docx.words("PaperSubject"), document.letterhead.subject);
  expect_look(docx, "PaperSubject", 13, 14, true, false, "center");
  EXPECT_GT(docx.line_under("PaperSubject", form::kTextWidth), 20);
  EXPECT_EQ(docx.words("Addressee"), "Kính gửi: Ủy ban nhân dân tỉnh Quảng Nam");
  expect_look(docx, "Addressee", 13, 14, false, false, "center");
}

TEST(RenderDocx, TheTextIsJustifiedAndIndented) {
  const Docx docx(testing::sample_document());
  for (const auto* const style : {"BodyText", "LegalBasis", "Heading1", "Heading2", "Heading3"}) {
    const auto look = docx.look(style);
    EXPECT_EQ(look.align, "both") << style;
    EXPECT_TRUE(look.size >= 13 && look.size <= 14) << style;
    EXPECT_NEAR(look.first_line / 1440.0 * 2.54, 1.27, 0.005) << style;
    EXPECT_GE(look.before, 6 * 20) << style;
    EXPECT_TRUE(look.line >= 240 && look.line <= 360) << style;
  }
  EXPECT_TRUE(docx.look("LegalBasis").italic);
  EXPECT_EQ(docx.words("Heading1").substr(0, docx.words("Heading1").find('|')), "I. THỜI GIAN, HÌNH THỨC VÀ THÀNH PHẦN");
  EXPECT_TRUE(docx.look("Heading1").bold);
  EXPECT_TRUE(docx.look("Heading2").bold);
  EXPECT_FALSE(docx.look("Heading3").bold);
  EXPECT_EQ(docx.paragraphs("ToWrite").size(), 1U);
  const auto fonts = docx.files.xml("word/styles.xml");
  EXPECT_STREQ(fonts->select_node("//w:docDefaults//w:rFonts").node().attribute("w:ascii").value(), "Times New Roman");
}

TEST(RenderDocx, RecipientsAndSignatureStandAsTheDecreeSays) {
  const Docx docx(testing::sample_document());
  EXPECT_EQ(docx.words("RecipientsHead"), "Nơi nhận:");
  expect_look(docx, "RecipientsHead", 12, 12, true, true, "left");
  EXPECT_EQ(
      docx.words("RecipientsItem"),
      "- Như trên;|- Chủ tịch, các Phó Chủ tịch UBND tỉnh;|- Các sở, ban, ngành; UBND các huyện, thị xã, thành phố;|- Lưu: VT, "
      "CCHC.");
  expect_look(docx, "RecipientsItem", 11, 11, false, false, "left");
  EXPECT_EQ(docx.words("Signature"), "KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC");  // and no name
  expect_look(docx, "Signature", 13, 14, true, false, "center");
}

TEST(RenderDocx, TheSignatureIsNeverAloneOnAPage) {
  const Docx docx(testing::sample_document());
  auto before = docx.paragraphs("Signature").front().parent().parent().parent().previous_sibling();
  EXPECT_TRUE(before.child("w:pPr").child("w:keepNext"));
  before = before.previous_sibling();
  EXPECT_TRUE(text_of(before).ends_with("./."));
  EXPECT_TRUE(before.child("w:pPr").child("w:keepNext"));
}

TEST(RenderDocx, TheSecretaryOfMinutesSignsOnTheLeftAndTheChairOnTheRight) {
  auto document = testing::sample_document();
  document.signatures = {{{"THƯ KÝ"}}, {{"CHỦ TRÌ"}}};
  const Docx docx(document);
  const auto signatures = docx.paragraphs("Signature");
  ASSERT_EQ(signatures.size(), 2U);
  EXPECT_EQ(text_of(signatures[0]), "THƯ KÝ");
  EXPECT_EQ(signatures[0].parent().next_sibling("w:tc"), signatures[1].parent());
}

TEST(RenderDocx, AnnexesAreNamedAndNumbered) {
  const Docx docx(testing::sample_document());
  EXPECT_EQ(docx.words("AnnexName"), "Phụ lục I|Phụ lục II");
  expect_look(docx, "AnnexName", 14, 14, true, false, "center");
  expect_look(docx, "AnnexTitle", 13, 14, true, false, "center");
  expect_look(docx, "AnnexReference", 13, 14, false, true, "center");
}

TEST(RenderDocx, EveryPrintedFigureIsAContentControlNamedByItsId) {
  const auto document = testing::sample_document();
  const Docx docx(document);
  std::map<std::string, std::string> texts;
  for (const auto& figure : document.figures) texts[figure.id] = figure.text;
  std::set<std::string> seen;
  std::set<std::string> ids;
  for (const auto& found : docx.body.select_nodes("//w:sdt")) {
    const std::string tag = found.node().child("w:sdtPr").child("w:tag").attribute("w:val").value();
    seen.insert(tag);
    EXPECT_EQ(text_of(found.node()), texts.at(tag)) << tag;
    EXPECT_TRUE(ids.insert(found.node().child("w:sdtPr").child("w:id").attribute("w:val").value()).second);
  }
  EXPECT_EQ(seen.size(), document.figures.size());
}

TEST(RenderDocx, NamesOfControlsStayWithinWordsLimit) {
  auto document = testing::sample_document();
  const std::string long_id = "attendance." + std::string(90, 'x');
  document.figures.push_back({long_id + "1", std::string(200, 'y'), "1", "1"});
  document.figures.push_back({long_id + "2", "", "2", "2"});
  document.body = {Paragraph{Paragraph::Kind::kBody, {{"1", false, false, long_id + "1"}, {"2", false, false, long_id + "2"}}}};
  const Docx docx(document);
  std::set<std::string> tags;
  for (const auto& found : docx.body.select_nodes("//w:body/w:p//w:sdtPr")) {
    const std::string tag = found.node().child("w:tag").attribute("w:val").value();
    EXPECT_LE(tag.size(), 64U);
    EXPECT_LE(std::string(found.node().child("w:alias").attribute("w:val").value()).size(), 64U);
    tags.insert(tag);
  }
  EXPECT_EQ(tags.size(), 2U);
}

TEST(RenderDocx, TablesRepeatTheirHeadingAndKeepTheirRowsWhole) {
  const Docx docx(testing::sample_document());
  const auto tables = docx.body.select_nodes("//w:tbl[w:tblPr/w:tblStyle/@w:val='DataTable']");
  ASSERT_EQ(tables.size(), 3U);
  for (const auto& found : tables) {
    EXPECT_EQ(found.node().select_nodes("w:tr/w:trPr/w:tblHeader").size(), 1U);
    EXPECT_TRUE(found.node().child("w:tr").child("w:trPr").child("w:tblHeader"));
    EXPECT_EQ(found.node().select_nodes("w:tr").size(), found.node().select_nodes("w:tr/w:trPr/w:cantSplit").size());
    int grid = 0;
    for (const auto& column : found.node().child("w:tblGrid").children()) grid += column.attribute("w:w").as_int();
    EXPECT_EQ(grid, found.node().child("w:tblPr").child("w:tblW").attribute("w:w").as_int());
  }
  const auto sum = docx.body.select_node("//w:tr[w:tc//w:t='Cộng']").node();
  EXPECT_EQ(sum.previous_sibling("w:tr").select_nodes(".//w:keepNext").size(), 5U) << "a sum is not alone on a page";
  EXPECT_NE(docx.words("TableText").find("Hệ thống chưa ghi nhận đại biểu vắng mặt."), std::string::npos);
}

TEST(RenderDocx, ChartsArePicturesWithTheirAlternative) {
  const Docx docx(testing::sample_document());
  const auto pictures = docx.body.select_nodes("//wp:docPr");
  ASSERT_EQ(pictures.size(), 3U);
  for (const auto& found : pictures) EXPECT_GT(std::string(found.node().attribute("descr").value()).size(), 20U);
  for (const auto* const number : {"1", "2", "3"}) {
    EXPECT_TRUE(docx.files.bytes.at(std::string("word/media/image") + number + ".png").starts_with("\x89PNG"));
    EXPECT_TRUE(docx.body.select_node((std::string("//a:blip[@r:embed='rIdImage") + number + "']").c_str()));
  }
}

TEST(RenderDocx, ThePropertiesSayWhatItWasMadeOf) {
  const auto document = testing::sample_document();
  const Docx docx(document);
  const auto custom = docx.files.xml("docProps/custom.xml");
  const auto property = [&](const std::string& name) {
    return std::string(custom->select_node(("//property[@name='" + name + "']/vt:lpwstr").c_str()).node().child_value());
  };
  EXPECT_EQ(property("DongboPosition"), "0:41,1:7");
  EXPECT_EQ(property("DongboSha256"), document.frozen.sha256);
  EXPECT_EQ(property("DongboProjections"), "attendance 3, indices 2");
  const auto core = docx.files.xml("docProps/core.xml");
  EXPECT_STREQ(core->select_node("//dcterms:created").node().child_value(), "2023-05-30T17:00:00+07:00");
  EXPECT_STREQ(core->select_node("//dc:language").node().child_value(), "vi-VN");
}

TEST(RenderDocx, EveryRelationLeadsToAFile) {
  const Docx docx(testing::sample_document());
  const auto relations = docx.files.xml("word/_rels/document.xml.rels");
  for (const auto& relation : relations->child("Relationships").children()) {
    EXPECT_TRUE(docx.files.has("word/" + std::string(relation.attribute("Target").value())));
  }
  const auto types = docx.files.xml("[Content_Types].xml");
  for (const auto& part : types->select_nodes("//Override")) {
    EXPECT_TRUE(docx.files.has(std::string(part.node().attribute("PartName").value()).substr(1)));
  }
  EXPECT_EQ(docx.files.names.front(), "[Content_Types].xml");
}

TEST(RenderDocx, MadeUpFiguresAreMarkedOnEveryPage) {
  auto document = testing::sample_document();
  for (const auto* const name : {"word/header1.xml", "word/header2.xml", "word/header3.xml"}) {
    EXPECT_NE(Docx(document).files.bytes.at(name).find("SỐ LIỆU MÔ PHỎNG"), std::string::npos);
  }
  document.simulated = false;
  EXPECT_EQ(Docx(document).files.bytes.at("word/header1.xml").find("MÔ PHỎNG"), std::string::npos);
}

TEST(RenderDocx, AnyTextAndAnyEmptinessGivesWellFormedFiles) {
  auto document = testing::sample_document();
  const std::string evil = "<w:t>&\"'\x02 " + std::string(60, 'W') + " Đặng";
  document.letterhead = {evil, evil, evil, evil, evil, evil, evil};
  document.body = {Heading{7, evil, evil}, Paragraph{Paragraph::Kind::kBody, {}}, Table{evil, "", {}, {}, ""},
                   Table{evil, evil, {{evil}, {evil}}, {{{{evil, {}, {}}}, true}}, ""},
                   Chart{evil, Chart::Kind::kRadar, "", evil, evil, {}, {}}};
  document.annexes.push_back({"", "", true, {}});
  const Docx docx(document);
  EXPECT_EQ(docx.words("PaperType"), "<w:t>&\"' " + std::string(60, 'W') + " Đặng");
  const Docx empty(Document{});
  EXPECT_EQ(empty.body.select_nodes("//w:sectPr").size(), 1U);
  EXPECT_STREQ(empty.body.last_child().name(), "w:sectPr");
}

TEST(RenderDocx, ThreeThousandRowsAreAllThere) {
  const Docx docx(testing::long_document(3000));
  EXPECT_EQ(docx.body.select_nodes("//w:tbl").size(), 6U);  // letterhead, signature, four of data
  EXPECT_GE(docx.body.select_nodes("//w:tr").size(), 3000U);
}

TEST(RenderDocx, SameDocumentSameBytes) {
  EXPECT_EQ(render_docx(testing::sample_document()).value(), render_docx(testing::sample_document()).value());
}

}  // namespace
}  // namespace dongbo::report
