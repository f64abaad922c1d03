#include "hub/report/docx_parts.h"

#include <fmt/format.h>

#include "hub/event/timestamp.h"
#include "hub/report/docx_styles.h"
#include "hub/report/form.h"
#include "hub/report/xml_tree.h"

namespace dongbo::report::docx {
namespace {

constexpr const char* kRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/";
constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006/";
constexpr const char* kWordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

void add_relation(pugi::xml_node parent, std::string_view id, std::string_view type, std::string_view target) {
  xml::add(parent, "Relationship", {{"Id", id}, {"Type", type}, {"Target", target}});
}

void add_page_number(pugi::xml_node paragraph) {
  const auto mark = [&](const char* kind) { xml::add(xml::add(paragraph, "w:r"), "w:fldChar", {{"w:fldCharType", kind}}); };
  mark("begin");
  xml::add_text(xml::add(paragraph, "w:r"), "w:instrText", " PAGE ", {{"xml:space", "preserve"}});
  mark("separate");
  xml::add_text(xml::add(paragraph, "w:r"), "w:t", "2");
  mark("end");
}

void add_simulated_mark(pugi::xml_node paragraph) {
  auto run = xml::add(paragraph, "w:r");
  auto look = xml::add(run, "w:rPr");
  xml::add(look, "w:b");
  xml::add_value(look, "w:sz", "20");
  xml::add_text(run, "w:t", form::kSimulatedMark);
}

std::string versions(const Frozen& frozen) {
  std::string out;
  for (const auto& [name, version] : frozen.projections) {
    if (!out.empty()) out += ", ";
    out += fmt::format("{} {}", name, version);
  }
  return out;
}

}  // namespace

std::string content_types_part() {
  pugi::xml_document document;
  auto types = xml::add(document, "Types", {{"xmlns", std::string(kPackage) + "content-types"}});
  const auto standard = [&](const char* extension, const char* type) {
    xml::add(types, "Default", {{"Extension", extension}, {"ContentType", type}});
  };
  standard("png", "image/png");
  standard("rels", "application/vnd.openxmlformats-package.relationships+xml");
  standard("xml", "application/xml");
  const auto part = [&](const char* name, std::string_view type) {
    xml::add(types, "Override", {{"PartName", name}, {"ContentType", type}});
  };
  const std::string word = kWordType;
  part("/word/document.xml", word + "document.main+xml");
  part("/word/styles.xml", word + "styles+xml");
  part("/word/settings.xml", word + "settings+xml");
  part("/word/fontTable.xml", word + "fontTable+xml");
  part("/word/header1.xml", word + "header+xml");
  part("/word/header2.xml", word + "header+xml");
  part("/word/header3.xml", word + "header+xml");
  part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
  part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
  part("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml");
  return xml::to_bytes(document);
}

std::string package_relations_part() {
  pugi::xml_document document;
  auto relations = xml::add(document, "Relationships", {{"xmlns", kRelations}});
  const auto office = std::string(kOffice) + "relationships/";
  add_relation(relations, "rId1", office + "officeDocument", "word/document.xml");
  add_relation(relations, "rId2", std::string(kPackage) + "relationships/metadata/core-properties", "docProps/core.xml");
  add_relation(relations, "rId3", office + "extended-properties", "docProps/app.xml");
  add_relation(relations, "rId4", office + "custom-properties", "docProps/custom.xml");
  return xml::to_bytes(document);
}

std::string document_relations_part(std::size_t pictures) {
  pugi::xml_document document;
  auto relations = xml::add(document, "Relationships", {{"xmlns", kRelations}});
  const auto office = std::string(kOffice) + "relationships/";
  add_relation(relations, "rIdStyles", office + "styles", "styles.xml");
  add_relation(relations, "rIdSettings", office + "settings", "settings.xml");
  add_relation(relations, "rIdFonts", office + "fontTable", "fontTable.xml");
  add_relation(relations, "rIdHeaderFirst", office + "header", "header1.xml");
  add_relation(relations, "rIdHeaderPortrait", office + "header", "header2.xml");
  add_relation(relations, "rIdHeaderLandscape", office + "header", "header3.xml");
  for (std::size_t i = 1; i <= pictures; ++i) {
    add_relation(relations, fmt::format("rIdImage{}", i), office + "image", fmt::format("media/image{}.png", i));
  }
  return xml::to_bytes(document);
}

std::string settings_part() {
  pugi::xml_document document;
  auto settings = xml::add(document, "w:settings", {{"xmlns:w", kWordNamespace}});
  xml::add(settings, "w:zoom", {{"w:percent", "100"}});
  xml::add_value(settings, "w:defaultTabStop", "720");
  xml::add_value(settings, "w:characterSpacingControl", "doNotCompress");
  xml::add(xml::add(settings, "w:compat"), "w:compatSetting",
           {{"w:name", "compatibilityMode"}, {"w:uri", "http://schemas.microsoft.com/office/word"}, {"w:val", "15"}});
  xml::add(settings, "w:themeFontLang", {{"w:val", "vi-VN"}});
  xml::add_value(settings, "w:decimalSymbol", ",");
  xml::add_value(settings, "w:listSeparator", ";");
  return xml::to_bytes(document);
}

std::string font_table_part() {
  pugi::xml_document document;
  auto fonts = xml::add(document, "w:fonts", {{"xmlns:w", kWordNamespace}});
  auto font = xml::add(fonts, "w:font", {{"w:name", kFont}});
  xml::add_value(font, "w:altName", "Tinos");  // as wide letter by letter, for machines without it
  xml::add_value(font, "w:panose1", "02020603050405020304");
  xml::add_value(font, "w:charset", "00");
  xml::add_value(font, "w:family", "roman");
  xml::add_value(font, "w:pitch", "variable");
  return xml::to_bytes(document);
}

std::string header_part(const Document& document, HeaderKind kind) {
  pugi::xml_document part;
  auto header = xml::add(part, "w:hdr", {{"xmlns:w", kWordNamespace}});
  auto paragraph = xml::add(header, "w:p");
  auto properties = xml::add(paragraph, "w:pPr");
  xml::add_value(properties, "w:pStyle", document.simulated ? "SimulatedMark" : "Header");
  if (document.simulated) {
    const double width = kind == HeaderKind::kLandscape ? form::kTextWidthLandscape : form::kTextWidth;
    const auto middle = fmt::format("{:.0f}", width / 2 * kTwipsPerMillimetre);
    xml::add(xml::add(properties, "w:tabs"), "w:tab", {{"w:val", "center"}, {"w:pos", middle}});
    add_simulated_mark(paragraph);
    if (kind != HeaderKind::kFirst) xml::add(xml::add(paragraph, "w:r"), "w:tab");
  }
  if (kind != HeaderKind::kFirst) add_page_number(paragraph);
  return xml::to_bytes(part);
}

std::string core_properties_part(const Document& document) {
  pugi::xml_document part;
  auto core = xml::add(part, "cp:coreProperties",
                       {{"xmlns:cp", std::string(kPackage) + "metadata/core-properties"},
                        {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                        {"xmlns:dcterms", "http://purl.org/dc/terms/"},
                        {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"}});
  xml::add_text(core, "dc:title", form::title_of(document));
  xml::add_text(core, "dc:subject", document.letterhead.subject);
  xml::add_text(core, "dc:creator", document.letterhead.issuer);
  xml::add_text(core, "cp:keywords", document.simulated ? form::kSimulatedMark : "");
  xml::add_text(core, "dc:language", "vi-VN");
  if (const auto moment = event::parse_timestamp(document.frozen.as_of)) {
    const auto text = event::format_timestamp(Millis(moment->value() / 1000 * 1000));
    xml::add_text(core, "dcterms:created", text, {{"xsi:type", "dcterms:W3CDTF"}});
    xml::add_text(core, "dcterms:modified", text, {{"xsi:type", "dcterms:W3CDTF"}});
  }
  return xml::to_bytes(part);
}

std::string application_properties_part() {
  pugi::xml_document part;
  auto properties = xml::add(part, "Properties", {{"xmlns", std::string(kOffice) + "extended-properties"}});
  xml::add_text(properties, "Application", "Dongbo");
  return xml::to_bytes(part);
}

std::string custom_properties_part(const Document& document) {
  pugi::xml_document part;
  auto properties =
      xml::add(part, "Properties",
               {{"xmlns", std::string(kOffice) + "custom-properties"}, {"xmlns:vt", std::string(kOffice) + "docPropsVTypes"}});
  int id = 1;
  const auto property = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    auto node = xml::add(properties, "property",
                         {{"fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"}, {"pid", std::to_string(++id)}, {"name", name}});
    xml::add_text(node, "vt:lpwstr", value);
  };
  const auto& frozen = document.frozen;
  property("DongboMeeting", frozen.meeting);
  property("DongboKind", frozen.kind);
  property("DongboPosition", frozen.position);
  property("DongboAsOf", frozen.as_of);
  property("DongboProjections", versions(frozen));
  property("DongboSha256", frozen.sha256);
  property("DongboSupplementTo", frozen.supplement_to);
  property("DongboSimulated", document.simulated ? "true" : "false");
  return xml::to_bytes(part);
}

}  // namespace dongbo::report::docx
