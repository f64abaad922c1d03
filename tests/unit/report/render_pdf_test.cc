#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "hub/report/child_process.h"
#include "hub/report/render.h"
#include "tests/support/temp_directory.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

// What a program of poppler tells of a file.
std::string told_by(const char* path, std::vector<std::string> arguments, const std::string& pdf) {
  ChildProgram program;
  program.path = path;
  program.arguments = std::move(arguments);
  program.environment = {"PATH=/usr/bin:/bin"};
  program.time_limit = std::chrono::seconds(30);
  auto text = run_program(program, pdf);
  EXPECT_TRUE(text) << text.error().message;
  return text ? std::move(text).value() : std::string();
}

// The words of a page; a page's first line is its header.
std::string text_of_page(const std::string& pdf, int page) {
  return told_by("/usr/bin/pdftotext", {"-layout", "-f", std::to_string(page), "-l", std::to_string(page), "-", "-"}, pdf);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

class RenderPdf : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* const needed :
         {"/usr/bin/weasyprint", "/usr/bin/pdftotext", "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"}) {
      if (::access(needed, R_OK) != 0) GTEST_SKIP() << needed << " is not installed (deploy/packages build test)";
    }
  }
};

TEST_F(RenderPdf, SameDocumentSameBytesInAnyDirectory) {
  const auto first = render_pdf(testing::sample_document());
  ASSERT_TRUE(first) << first.error().message;
  const auto before = std::filesystem::current_path();
  const dongbo::testing::TempDirectory elsewhere;
  std::filesystem::current_path(elsewhere.path());
  const auto second = render_pdf(testing::sample_document());
  std::filesystem::current_path(before);
  EXPECT_TRUE(first.value() == second.value());
}

TEST(RenderPdfLimit, TooLongTablesAreRefusedBeforeAnyWork) {
  const auto result = render_pdf(testing::long_document(11'000));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().error_class, ErrorClass::kPoison);
  EXPECT_NE(result.error().message.find("docx or xlsx"), std::string::npos);
}

TEST_F(RenderPdf, HoldsItsFontsItsLanguageAndItsOrigin) {
  const auto document = testing::sample_document();
  const auto pdf = render_pdf(document).value();
  EXPECT_GE(count(pdf, "/FontFile2"), 4U);  // regular, bold, italic, both
  constexpr std::string_view kFontName = "/BaseFont /";
  for (auto at = pdf.find(kFontName); at != std::string::npos; at = pdf.find(kFontName, at + 1)) {
    EXPECT_EQ(pdf.substr(at + kFontName.size() + 6, 6), "+Tinos") << "a second font stands in for missing letters";
  }
  EXPECT_EQ(count(pdf, "/Lang (vi)"), 1U);
  EXPECT_GE(count(pdf, document.frozen.sha256), 1U);
  EXPECT_EQ(count(pdf, "/CreationDate (20230530170000+07'00)"), 1U);
}

TEST_F(RenderPdf, TellsScreenReadersItsHeadingsAndTables) {
  const auto pdf = render_pdf(testing::sample_document()).value();
  EXPECT_EQ(count(told_by("/usr/bin/pdfinfo", {"-"}, pdf), "Tagged:          yes"), 1U);
  const auto structure = told_by("/usr/bin/pdfinfo", {"-struct", "-"}, pdf);
  for (const auto* const element : {" H1 (block)\n", " H2 (block)\n", " P (block)\n", " Table (block)\n", " TH\n", " TD\n"})
    EXPECT_GE(count(structure, element), 1U) << element << structure;
  EXPECT_EQ(count(pdf, "pdfuaid"), 0U) << "a claim that nobody checked";
}

TEST_F(RenderPdf, PrintsTheFormAndTheFiguresAndNumbersPagesByAnnex) {
  const auto document = testing::long_document(120);
  const auto pdf = render_pdf(document).value();
  const auto first = text_of_page(pdf, 1);
  for (const auto* const words : {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ NỘI VỤ", "/BC-SNV",
                                  "BÁO CÁO", "Kính gửi", "1.234", "89,71"}) {
    EXPECT_GE(count(first, words), 1U) << words;
  }
  const auto header = [](const std::string& page) { return page.substr(0, page.find('\n')); };
  EXPECT_EQ(count(header(first), "1"), 0U) << header(first);
  EXPECT_EQ(count(header(text_of_page(pdf, 2)), "2"), 1U);
  int page = 1;
  while (count(text_of_page(pdf, page), "Phụ lục III\n") == 0 && page < 20) ++page;
  EXPECT_EQ(count(header(text_of_page(pdf, page)), "1"), 0U);
  const auto next = text_of_page(pdf, page + 1);
  EXPECT_EQ(count(header(next), "2"), 1U) << header(next);
  EXPECT_GE(count(next, "Mã đại biểu"), 1U) << "the heading repeats";
  EXPECT_GE(count(header(next), "SỐ LIỆU MÔ PHỎNG"), 1U);
}

}  // namespace
}  // namespace dongbo::report
