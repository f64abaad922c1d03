#include <gtest/gtest.h>

#include "hub/report/render.h"
#include "hub/report/seal.h"

namespace dongbo::report {
namespace {

// One of everything.
Document whole() {
  Document out;
  out.letterhead = {"CHA", "CON", "/BC-SNV", "Quảng Nam", "BÁO CÁO", "Kết quả", "Ủy ban"};
  out.body = {Heading{1, "I.", "PHẦN"},
              Paragraph{Paragraph::Kind::kItem, {{"- ", false, false, ""}, {"1.234", true, true, "a.b"}}},
              Paragraph{Paragraph::Kind::kToWrite, {{"[…]", false, false, ""}}},
              Table{"bang",
                    "Bảng 1",
                    {{"Tên", 2.5, Column::Align::kLeft}, {"Số", 1, Column::Align::kRight}},
                    {{{{"x", std::nullopt, ""}, {"1.234", "1234", "a.b"}}, true}},
                    "không có"},
              Chart{"hinh", Chart::Kind::kRadar, "Hình 1", "mô tả", "%", {"a", "b"}, {{"s", {88.2, std::nullopt}}}}};
  out.recipients = {"Như trên"};
  out.signatures = {{{"TM. ỦY BAN", "CHỦ TỊCH"}}};
  out.annexes = {{"I", "PHỤ LỤC", true, {Heading{2, "1.", "Mục"}}}};
  out.figures = {{"a.b", "Số", "1.234", "1234"}, {"c", "Ngày", "30/5", std::nullopt}};
  out.frozen = {"M", "bao-cao", true, "0:41,1:7", "2023-05-30T17:00:00+07:00", {{"attendance", 3}}, "", "abc"};
  out.simulated = true;
  seal(out);
  return out;
}

TEST(DocumentJson, ComesBackAsItWas) {
  const auto json = render_json(whole());
  const auto back = read_json(json);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(render_json(*back), json);
  EXPECT_TRUE(is_sealed(*back));
  EXPECT_EQ(render_md(*back), render_md(whole()));
}

TEST(DocumentJson, TheSealNoticesAnyChange) {
  auto document = whole();
  EXPECT_TRUE(is_sealed(document));
  document.figures[0].value = "1235";
  EXPECT_FALSE(is_sealed(document));
  document = whole();
  document.letterhead.subject += " ";
  EXPECT_FALSE(is_sealed(document));
}

TEST(DocumentJson, WhatIsNoReportIsRefusedWithAReason) {
  const auto trouble = [](std::string_view json) {
    const auto read = read_json(json);
    return read ? std::string("read") : read.error().message;
  };
  EXPECT_NE(trouble("").find("not JSON"), std::string::npos);
  EXPECT_NE(trouble("[]").find("no report"), std::string::npos);
  EXPECT_NE(trouble(R"({"dongbo_report":2})").find("no report"), std::string::npos);
  EXPECT_NE(trouble(R"({"dongbo_report":1})").find("damaged"), std::string::npos);
}

TEST(DocumentJson, EveryMemberThatIsMissingOrOfAnotherKindIsNoticed) {
  const auto json = render_json(whole());
  // A name that is changed is a member that is missing.
  for (const char* name : {"meeting", "kind", "position", "projections", "simulated", "issuer", "level", "runs", "text",
                           "columns", "align", "cells", "series", "values", "categories", "lines", "landscape", "label"}) {
    auto broken = json;
    const auto at = broken.find("\"" + std::string(name) + "\":");
    ASSERT_NE(at, std::string::npos) << name;
    broken[at + 1] = '~';
    const auto read = read_json(broken);
    ASSERT_FALSE(read.has_value()) << name;
    EXPECT_NE(read.error().message.find("damaged"), std::string::npos) << read.error().message;
  }
  // Rows and series of another width would break the renderers.
  auto narrow = json;
  const auto cells = narrow.find("\"cells\": [");
  ASSERT_NE(cells, std::string::npos);
  narrow.insert(cells + 10, R"({"text":"quá nhiều"},)");
  EXPECT_FALSE(read_json(narrow).has_value());
}

TEST(Formats, AreKnownByTheirExtension) {
  for (const auto format : {Format::kHtml, Format::kDocx, Format::kPdf, Format::kXlsx, Format::kMd, Format::kJson}) {
    EXPECT_EQ(format_of(extension_of(format)), format);
    EXPECT_FALSE(media_type_of(format).empty());
  }
  EXPECT_EQ(format_of("doc"), std::nullopt);
  EXPECT_EQ(format_of("DOCX"), std::nullopt);
}

}  // namespace
}  // namespace dongbo::report
