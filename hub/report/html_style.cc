#include "hub/report/html_style.h"

#include <fmt/format.h>

#include "hub/report/form.h"

namespace dongbo::report {
namespace {

// Numbers stand in the top margin, but not on a first page: the first symbol is empty, and later numbers have none of their
// own and fall back to decimals.
constexpr const char* kCounters = R"(
@counter-style after-first { system: fixed; symbols: ""; fallback: decimal; }
)";

constexpr const char* kCommon = R"(
* { box-sizing: border-box; }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; color: #000; }
body { margin: 0; }
p, h1, h2, h3, h4, figure, table { margin: 0; }
h1, h2, h3, h4 { font-size: inherit; font-weight: bold; break-after: avoid; break-inside: avoid; }
table { border-collapse: collapse; }
.form { width: 100%; table-layout: fixed; }
.form td { padding: 0; vertical-align: top; text-align: center; line-height: 1.15; }
.ruled { display: inline-block; max-width: 100%; }
.ruled::after { content: ""; display: block; margin: 1.5pt auto 0; border-bottom: 0.75pt solid #000; }
.title { text-align: center; margin: 18pt 0 12pt; }
.title .ruled::after { margin-top: 3pt; }
.addressee { text-align: center; margin: 0 0 12pt; }
.body, .basis, .to-write { text-align: justify; }
.basis { font-style: italic; }
.note { font-style: italic; overflow-wrap: break-word; }
.to-write { background: #fff3bf; font-style: italic; border-left: 2pt solid #b58900; padding-left: 4pt; }
h4 { font-weight: normal; }
.recipients { text-align: left !important; }
.recipients b { font-style: italic; }
.recipients ul { list-style: none; margin: 0; padding: 0; }
.sign { break-inside: avoid; break-before: avoid; margin-top: 12pt; }
.annex { text-align: center; font-weight: bold; margin: 0; }
.reference { text-align: center; font-style: italic; margin-bottom: 12pt; }
.block { margin: 6pt 0 10pt; }
.data { width: 100%; table-layout: fixed; line-height: 1.15; }
.data caption { caption-side: top; break-after: avoid; font-weight: bold; text-align: center; padding-bottom: 4pt; }
.data th, .data td { border: 0.5pt solid #000; padding: 2pt 3.5pt; vertical-align: middle; overflow-wrap: break-word; }
.data th { text-align: center; font-weight: bold; background: #eee; }
.data td { text-align: left; }
.data td.c { text-align: center; }
.data td.r { text-align: right; font-variant-numeric: tabular-nums; }
.data tbody.end { break-inside: avoid; }
.data tr.total td { font-weight: bold; }
.data td.none { text-align: center; font-style: italic; }
figure { text-align: center; break-inside: avoid; }
figure img { width: 100%; height: auto; }
figcaption { font-weight: bold; }
)";

constexpr const char* kPrint = R"(
@media print {
  .simulated { display: none; }
  thead { display: table-header-group; }
  .data tr { break-inside: avoid; }
}
)";

constexpr const char* kScreen = R"(
@media screen {
  body { background: #e9ecef; }
  main, section { background: #fff; max-width: 210mm; margin: 8mm auto; padding: 20mm 20mm 20mm 30mm; box-shadow: 0 1px 6px #0004; }
  section.landscape { max-width: 297mm; }
  .simulated { position: sticky; top: 0; z-index: 1; text-align: center; font-weight: bold; background: #fff3bf;
    border-bottom: 1px solid #000; padding: 2pt; }
  .block { overflow-x: auto; }
}
@media screen and (max-width: 820px) {
  html { font-size: 12.5pt !important; }
  main, section { margin: 0 0 3mm; padding: 5mm 4mm; box-shadow: none; }
  .data { min-width: 32em; }
}
@media screen and (max-width: 600px) {
  .form, .form tbody, .form tr, .form td { display: block; width: 100%; }
  .form td { padding-bottom: 6pt; }
  .ruled br, .title br.fit { display: none; }
  .body, .basis, .note, .to-write { text-align: left; }
}
)";

std::string measures() {
  return fmt::format(
      "html {{ font-size: {}pt; line-height: {}; }}\n"
      ".body, .basis, .note, .to-write, h2.h, h3, h4 {{ text-indent: {}mm; margin-top: {}pt; }}\n"
      ".agency {{ width: {}mm; font-size: {}pt; }}\n.country {{ font-size: {}pt; font-weight: bold; white-space: nowrap; }}\n"
      ".motto {{ font-size: {}pt; font-weight: bold; }}\n.number {{ font-size: {}pt; padding-top: 4pt !important; }}\n"
      ".date {{ font-size: {}pt; font-style: italic; padding-top: 4pt !important; }}\n.title, .annex {{ font-size: {}pt; }}\n"
      ".agency .ruled::after, .title .ruled::after {{ width: {}%; }}\n.motto .ruled::after {{ width: 100%; }}\n"
      ".recipients {{ font-size: {}pt; }}\n.recipients b {{ font-size: {}pt; }}\n.signature {{ font-size: {}pt; font-weight: "
      "bold; "
      "padding-bottom: 28mm !important; }}\n.data {{ font-size: {}pt; }}\n.note {{ font-size: {}pt; }}\nfigcaption {{ font-size: "
      "{}pt; }}\n",
      form::kBodySize, form::kLineSpacing, form::kFirstLine, form::kParagraphGap, form::kAgencyWidth, form::kAgencySize,
      form::kCountrySize, form::kMottoSize, form::kNumberSize, form::kDateSize, form::kTypeSize, form::kLineShare * 100,
      form::kRecipientsSize, form::kRecipientsHead, form::kSignatureSize, form::kTableSize, form::kNoteSize, form::kTableSize);
}

std::string margin_boxes(const std::string& counter, bool simulated) {
  const auto font = "font-family: Tinos, \"Times New Roman\", \"Liberation Serif\", serif;";
  auto out = fmt::format("@top-center {{ content: counter({}, after-first); {} font-size: {}pt; }}", counter, font,
                         form::kPageNumberSize);
  if (simulated) {
    out += fmt::format(" @top-left {{ content: \"{}\"; {} font-size: 10pt; font-weight: bold; white-space: nowrap; }}",
                       form::kSimulatedMark, font);
  }
  return out;
}

std::string pages(const Document& document) {
  auto out = fmt::format("@page {{ size: A4; margin: {}mm {}mm {}mm {}mm; {} }}\n", form::kMarginTop, form::kMarginRight,
                         form::kMarginBottom, form::kMarginLeft, margin_boxes("page", document.simulated));
  for (std::size_t i = 0; i < document.annexes.size(); ++i) {
    const auto name = fmt::format("annex-{}", i + 1);
    out += fmt::format("@page {} {{ size: A4 {}; counter-increment: {}; {} }}\n.{} {{ page: {}; break-before: page; }}\n", name,
                       document.annexes[i].landscape ? "landscape" : "portrait", name, margin_boxes(name, document.simulated),
                       name, name);
  }
  return out;
}

}  // namespace

std::string html_style(const Document& document) {
  return kCounters + pages(document) + kCommon + measures() + kPrint + kScreen;
}

}  // namespace dongbo::report
