#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "hub/report/child_process.h"
#include "hub/report/render.h"
#include "tests/support/temp_directory.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

// What another program makes of our files.
class LibreOffice : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* const needed : {"/usr/bin/soffice", "/usr/bin/pdftotext"}) {
      if (::access(needed, X_OK) != 0) GTEST_SKIP() << needed << " is not installed (deploy/packages test)";
    }
  }

  std::string text_as_pdf(const std::string& name, const std::string& bytes) {
    const auto path = directory_.path() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    auto office = program("/usr/bin/soffice", {"--headless", "--norestore",
                                               "-env:UserInstallation=file://" + (directory_.path() / "profile").string(),
                                               "--convert-to", "pdf", "--outdir", directory_.path().string(), path.string()});
    const auto converted = run_program(office, "");
    EXPECT_TRUE(converted) << converted.error().message;
    std::ifstream pdf(std::filesystem::path(path).replace_extension("pdf"), std::ios::binary);
    std::ostringstream content;
    content << pdf.rdbuf();
    auto text = run_program(program("/usr/bin/pdftotext", {"-layout", "-", "-"}), content.str());
    EXPECT_TRUE(text) << text.error().message;
    return text ? std::move(text).value() : std::string();
  }

 private:
  ChildProgram program(std::string path, std::vector<std::string> arguments) {
    ChildProgram out;
    out.path = std::move(path);
    out.arguments = std::move(arguments);
    out.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + directory_.path().string()};
    out.memory_bytes_max = std::size_t{16} << 30U;
    return out;
  }

  const dongbo::testing::TempDirectory directory_;
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

TEST_F(LibreOffice, ShowsThePaperAndItsAnnexesWithTheirPageNumbers) {
  const auto text = text_as_pdf("report.docx", render_docx(testing::long_document(60)).value());
  for (const auto* const words :
       {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ", "1.107", "Nơi nhận:", "PHÓ GIÁM ĐỐC", "Phụ lục III"}) {
    EXPECT_GE(count(text, words), 1U) << words;
  }
  EXPECT_GE(count(text, "Mã đại biểu"), 2U) << "the heading of the long table repeats";
  const auto annex = text.substr(text.find("Phụ lục III"));
  const auto second_page = annex.substr(annex.find('\f') + 1);
  EXPECT_EQ(count(second_page.substr(0, second_page.find('\n')), "2"), 1U) << second_page.substr(0, 200);
}

TEST_F(LibreOffice, ShowsTheWorkbook) {
  const auto text = text_as_pdf("report.xlsx", render_xlsx(testing::sample_document()).value());
  for (const auto* const words : {"Số đại biểu có mặt", "attendance.present_share", "=1+1", "Huyện Nông Sơn"}) {
    EXPECT_GE(count(text, words), 1U) << words;
  }
}

}  // namespace
}  // namespace dongbo::report
