#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "hub/report/markup.h"
#include "hub/report/render.h"
#include "tests/unit/report/sample_document.h"

namespace dongbo::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

TEST(RenderHtml, PrintsEveryFigureWithItsValueAndItsId) {
  const auto document = testing::sample_document();
  const auto html = render_html(document).value();
  for (const auto& figure : document.figures) {
    const auto printed =
        figure.value ? "<data value=\"" + *figure.value + "\" data-figure=\"" + figure.id + "\">" + figure.text + "</data>"
                     : "<span data-figure=\"" + figure.id + "\">" + figure.text + "</span>";
    EXPECT_GE(count(html, printed), 1U) << printed;
    EXPECT_EQ(count(html, "data-figure=\"" + figure.id + "\""), count(html, printed)) << figure.id;
  }
}

TEST(RenderHtml, StandsAloneAndCarriesNoScript) {
  const auto html = render_html(testing::sample_document()).value();
  EXPECT_EQ(count(html, "<script"), 0U);
  EXPECT_EQ(count(html, "http:") + count(html, "https:"), 0U);
  EXPECT_EQ(count(html, "default-src 'none'"), 1U);
  EXPECT_EQ(count(html, "url("), 0U);
  EXPECT_EQ(count(html, "src=\"data:image/png;base64,"), 3U);
  EXPECT_EQ(count(html, "<img alt=\"\""), 0U);
  EXPECT_EQ(count(html, "<html lang=\"vi\">"), 1U);
}

TEST(RenderHtml, TextsCannotBecomeMarkup) {
  auto document = testing::sample_document();
  const std::string evil = "<script>alert('&\"')</script>\x01";
  document.letterhead = {evil, evil, evil, evil, evil, evil, evil};
  document.body = {Heading{2, evil, evil}, testing::paragraph(evil), Table{"id", evil, {{evil}}, {{{{evil, evil, evil}}}}, evil},
                   Chart{evil, Chart::Kind::kBars, evil, evil, evil, {evil}, {{evil, {1.0}}}}};
  document.recipients = {evil};
  document.signatures = {{{evil}}};
  document.annexes = {{evil, evil, false, {}}};
  document.frozen = {evil, evil, false, evil, evil, {}, evil, evil};
  const auto html = render_html(document).value();
  EXPECT_EQ(count(html, "<script"), 0U);
  EXPECT_EQ(count(html, "alert('"), 0U);
  EXPECT_EQ(count(html, "\x01"), 0U);
  EXPECT_GE(count(html, escape_markup(evil)), 20U);
}

TEST(RenderHtml, AnnexesHavePagesOfTheirOwn) {
  const auto html = render_html(testing::sample_document()).value();
  EXPECT_EQ(count(html, "@page annex-1 { size: A4 portrait; counter-increment: annex-1;"), 1U);
  EXPECT_EQ(count(html, "@page annex-2 { size: A4 landscape; counter-increment: annex-2;"), 1U);
  EXPECT_EQ(count(html, "<section class=\"annex-2 landscape\""), 1U);
}

TEST(RenderHtml, ATableHasItsHeadingAndAnEmptyOneSaysSo) {
  const auto html = render_html(testing::sample_document()).value();
  EXPECT_EQ(count(html, "<thead>"), 3U);
  const auto end = html.substr(html.find("<tbody class=\"end\">"));
  EXPECT_EQ(count(end.substr(0, end.find("</tbody>")), "<tr"), 2U) << "the sum and the row before it";
  EXPECT_EQ(count(html, "colspan=\"3\">Hệ thống chưa ghi nhận đại biểu vắng mặt.</td>"), 1U);
}

TEST(RenderHtml, MadeUpFiguresAreMarkedOnEveryPageAndOthersAreNot) {
  auto document = testing::sample_document();
  EXPECT_EQ(count(render_html(document).value(), "SỐ LIỆU MÔ PHỎNG"), 4U);  // screen, @page, two annexes
  document.simulated = false;
  EXPECT_EQ(count(render_html(document).value(), "SỐ LIỆU MÔ PHỎNG"), 0U);
}

TEST(RenderHtml, SameDocumentSameBytes) {
  EXPECT_EQ(render_html(testing::sample_document()).value(), render_html(testing::sample_document()).value());
}

}  // namespace
}  // namespace dongbo::report
