#include <gtest/gtest.h>

#include <charconv>
#include <set>

#include "hub/report/render.h"
#include "hub/report/xlsx_book.h"
#include "hub/report/xlsx_sheet_names.h"
#include "tests/unit/report/sample_document.h"
#include "tests/unit/report/zip_files.h"

namespace dongbo::report {
namespace {

using testing::ZipFiles;

double as_double(const std::string& text) {
  double value = 0;
  EXPECT_EQ(std::from_chars(text.data(), text.data() + text.size(), value).ec, std::errc()) << text;
  return value;
}

struct SheetCell {
  std::string text;  // of texts
  std::optional<double> number;
};

class Xlsx {
 public:
  explicit Xlsx(const Document& document) : files(render_xlsx(document).value()) {
    std::vector<std::string> shared;
    const auto strings = files.xml("xl/sharedStrings.xml");
    for (const auto& item : strings->child("sst").children("si")) shared.emplace_back(item.child("t").child_value());
    const auto book = files.xml("xl/workbook.xml");
    int number = 0;
    for (const auto& sheet : book->child("workbook").child("sheets").children()) {
      names.emplace_back(sheet.attribute("name").value());
      read(files.xml("xl/worksheets/sheet" + std::to_string(++number) + ".xml")->child("worksheet"), shared, names.back());
    }
  }

  const SheetCell& at(const std::string& sheet, const std::string& place) { return cells[sheet][place]; }

  const ZipFiles files;
  std::vector<std::string> names;
  std::map<std::string, std::map<std::string, SheetCell>> cells;

 private:
  void read(pugi::xml_node sheet, const std::vector<std::string>& shared, const std::string& name) {
    for (const auto& found : sheet.select_nodes("sheetData/row/c")) {
      const auto cell = found.node();
      EXPECT_FALSE(cell.child("f")) << "a formula in " << name;
      if (!cell.child("v")) continue;
      const std::string value = cell.child("v").child_value();
      auto& out = cells[name][cell.attribute("r").value()];
      if (std::string(cell.attribute("t").value()) == "s") {
        out.text = shared.at(std::stoul(value));
      } else {
        out.number = as_double(value);
      }
    }
  }
};

TEST(RenderXlsx, TheFirstSheetHoldsEveryFigureAsTheDocumentDoes) {
  const auto document = testing::sample_document();
  Xlsx xlsx(document);
  ASSERT_EQ(xlsx.names.front(), "Số liệu chính");
  auto& sheet = xlsx.cells["Số liệu chính"];
  std::map<std::string, SheetCell> values;
  for (const auto& [place, cell] : sheet) {
    if (place.front() == 'C') values[cell.text] = sheet["B" + place.substr(1)];
  }
  for (const auto& figure : document.figures) {
    ASSERT_EQ(values.count(figure.id), 1U) << figure.id;
    if (figure.value) {
      EXPECT_EQ(values[figure.id].number, as_double(*figure.value)) << figure.id;
    } else {
      EXPECT_EQ(values[figure.id].text, figure.text) << figure.id;
    }
  }
}

TEST(RenderXlsx, TheFirstSheetSaysWhatItWasMadeOf) {
  const auto document = testing::sample_document();
  Xlsx xlsx(document);
  std::set<std::string> texts;
  for (const auto& [place, cell] : xlsx.cells["Số liệu chính"]) texts.insert(cell.text);
  for (const auto& text :
       {document.frozen.position, document.frozen.as_of, document.frozen.sha256, std::string("SỐ LIỆU MÔ PHỎNG")}) {
    EXPECT_EQ(texts.count(text), 1U) << text;
  }
}

TEST(RenderXlsx, EachTableHasItsSheetWithNumbersAsNumbers) {
  const auto document = testing::sample_document();
  Xlsx xlsx(document);
  EXPECT_EQ(xlsx.names, (std::vector<std::string>{"Số liệu chính", "co_mat", "den_theo_phut", "par_thanh_phan", "diem_cau",
                                                  "par_thanh_phan_bang", "vang"}));
  EXPECT_EQ(xlsx.at("diem_cau", "A1").text, "Bảng 1. Đại biểu theo điểm cầu - SỐ LIỆU MÔ PHỎNG");
  EXPECT_EQ(xlsx.at("diem_cau", "B2").text, "Điểm cầu");
  const auto& table = std::get<Table>(document.annexes[0].blocks[0]);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    EXPECT_EQ(xlsx.at("diem_cau", "C" + std::to_string(i + 3)).number, as_double(*table.rows[i].cells[2].value));
  }
  EXPECT_EQ(xlsx.at("par_thanh_phan_bang", "E3").number, -0.58);
  EXPECT_EQ(xlsx.at("vang", "A3").text, "Hệ thống chưa ghi nhận đại biểu vắng mặt.");
}

TEST(RenderXlsx, ATextThatLooksLikeAFormulaStaysAText) {
  Xlsx xlsx(testing::sample_document());
  EXPECT_EQ(xlsx.at("diem_cau", "E6").text, "=1+1");
  auto document = testing::sample_document();
  const std::string evil = "=HYPERLINK(\"http://x\")";
  document.letterhead.subject = evil;
  document.body = {Chart{"c", Chart::Kind::kLine, evil, evil, evil, {evil}, {{evil, {1.0}}}}};
  Xlsx worse(document);
  EXPECT_EQ(worse.at("c", "B2").text, evil);
  const auto& drawn = worse.files.bytes.at("xl/charts/chart1.xml");
  EXPECT_EQ(drawn.find("<c:f>HYPERLINK"), std::string::npos);
}

TEST(RenderXlsx, HeadingsAreFrozenFilteredAndRepeatedInPrint) {
  const Xlsx xlsx(testing::sample_document());
  const auto sheet = xlsx.files.xml("xl/worksheets/sheet5.xml");  // diem_cau
  EXPECT_STREQ(sheet->select_node("//pane").node().attribute("ySplit").value(), "2");
  EXPECT_STREQ(sheet->select_node("//autoFilter").node().attribute("ref").value(), "A2:E20");  // without the sum
  EXPECT_NE(xlsx.files.bytes.at("xl/workbook.xml").find("diem_cau!$2:$2"), std::string::npos);
}

TEST(RenderXlsx, ChartsAreDrawnFromTheirNumbers) {
  const auto document = testing::sample_document();
  Xlsx xlsx(document);
  EXPECT_EQ(xlsx.at("co_mat", "B3").number, 40);
  EXPECT_EQ(xlsx.cells["co_mat"].count("C17"), 0U);  // not known: an empty cell
  const auto& drawn = xlsx.files.bytes.at("xl/charts/chart1.xml");
  EXPECT_NE(drawn.find("co_mat!$C$3:$C$20"), std::string::npos);
  EXPECT_NE(xlsx.files.bytes.at("xl/charts/chart3.xml").find("radarChart"), std::string::npos);
  EXPECT_NE(xlsx.files.bytes.at("xl/drawings/drawing1.xml").find("descr=\"Biểu đồ thanh"), std::string::npos);
}

TEST(RenderXlsx, ThreeThousandRowsAndAnEmptyDocumentAreWritten) {
  Xlsx xlsx(testing::long_document(3000));
  EXPECT_EQ(xlsx.at("dai_bieu", "A3002").number, 3000);
  EXPECT_EQ(Xlsx(Document{}).names.size(), 1U);
}

TEST(RenderXlsx, ATextLongerThanACellHoldsIsCutAndSaysSo) {
  auto document = testing::sample_document();
  document.figures[0].label = std::string(40'000, 'x');
  Xlsx xlsx(document);
  bool found = false;
  for (const auto& [place, cell] : xlsx.cells["Số liệu chính"])
    found = found || (cell.text.size() > 32'000 && cell.text.ends_with("…"));
  EXPECT_TRUE(found);
}

TEST(RenderXlsx, SameDocumentSameBytes) {
  EXPECT_EQ(render_xlsx(testing::sample_document()).value(), render_xlsx(testing::sample_document()).value());
  const Xlsx xlsx(testing::sample_document());
  EXPECT_NE(xlsx.files.bytes.at("docProps/core.xml").find("2023-05-30T10:00:00Z"), std::string::npos);
}

TEST(SheetNames, AreShortUniqueAndNeitherPlacesNorNumbers) {
  SheetNames names;
  EXPECT_EQ(names.name_for("diem_cau"), "diem_cau");
  EXPECT_EQ(names.name_for("Diem_Cau"), "Diem_Cau_2");
  EXPECT_EQ(names.name_for("a/b:c*[d]?'"), "a_b_c__d___");
  EXPECT_EQ(names.name_for("PAR1"), "bang_PAR1");
  EXPECT_EQ(names.name_for("2023"), "bang_2023");
  EXPECT_EQ(names.name_for("History"), "bang_History");
  EXPECT_EQ(names.name_for(""), "bang_");
  const std::string long_name(40, 'x');
  EXPECT_EQ(names.name_for(long_name).size(), 31U);
  EXPECT_EQ(names.name_for(long_name), std::string(29, 'x') + "_2");
}

TEST(SheetNumber, KeepsDecimalsAndRefusesWhatASpreadsheetWouldRound) {
  EXPECT_EQ(sheet_number("80.910")->value, 80.91);
  EXPECT_EQ(sheet_number("80.910")->decimals, 3);
  EXPECT_EQ(sheet_number("-5")->value, -5);
  EXPECT_FALSE(sheet_number("1234567890123456"));
  for (const auto* const text : {"", "1e5", "inf", "nan", "1,5", "0x10", "1.2.3", "5 "}) EXPECT_FALSE(sheet_number(text)) << text;
}

}  // namespace
}  // namespace dongbo::report
