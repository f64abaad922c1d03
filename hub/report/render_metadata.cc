#include <fmt/format.h>

#include "hub/report/form.h"
#include "hub/report/markup.h"
#include "hub/report/render.h"
#include "hub/report/xml_tree.h"

namespace dongbo::report {
namespace {

// Lengths of the decree's table (Phụ lục VI, Phần II, mục I), in letters.
constexpr std::size_t kTypeNameMax = 100;
constexpr std::size_t kCodeNotationMax = 30;
constexpr std::size_t kOrganNameMax = 200;
constexpr std::size_t kSubjectMax = 500;
constexpr std::size_t kDescriptionMax = 500;
constexpr std::size_t kPositionMax = 100;

// Longer ones end with "…": a system that reads this refuses them otherwise.
std::string cut(std::string_view text, std::size_t letters) {
  const auto clean = clean_text(text);
  return count_letters(clean) <= letters ? clean : first_letters(clean, letters - 1) + "…";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : " ") + line;
  return out;
}

std::string description(const Document& document) {
  const auto& frozen = document.frozen;
  auto out = fmt::format("Cuộc họp {}; vị trí dữ liệu {}; thời điểm {}; SHA-256 {}", frozen.meeting, frozen.position,
                         frozen.as_of, frozen.sha256);
  if (document.simulated) out = std::string(form::kSimulatedMark) + ". " + out;
  return out;
}

}  // namespace

// What the clerk gives (codes, number, day, pages, signer, urgency) stays empty; the rest is filled in.
std::string render_metadata(const Document& document) {
  const auto& head = document.letterhead;
  pugi::xml_document xml;
  auto root = xml::add(xml, "Document");
  auto file = xml::add(root, "FileCode");
  xml::add(file, "OrganId");
  xml::add(file, "FileCatalog");
  xml::add(file, "FileNotation");
  xml::add(root, "DocOrdinal");
  xml::add_text(root, "TypeName", cut(head.type, kTypeNameMax));
  xml::add(root, "CodeNumber");
  const auto notation = head.symbol.starts_with('/') ? head.symbol.substr(1) : head.symbol;
  xml::add_text(root, "CodeNotation", cut(notation, kCodeNotationMax));
  xml::add(root, "IssuedDate");
  xml::add_text(root, "OrganName", cut(head.issuer, kOrganNameMax));
  xml::add_text(root, "Subject", cut(head.subject, kSubjectMax));
  xml::add_text(root, "Language", "Tiếng Việt");
  xml::add(root, "PageAmount");
  xml::add_text(root, "Description", cut(description(document), kDescriptionMax));
  for (const auto& signature : document.signatures) {
    auto signer = xml::add(root, "SignerInfo");
    xml::add_text(signer, "Position", cut(joined(signature.lines), kPositionMax));
    xml::add(signer, "FullName");
  }
  const auto to = [&](const std::string& name) {
    auto place = xml::add(root, "To");
    xml::add(place, "OrganId");
    xml::add_text(place, "OrganName", cut(name, kOrganNameMax));
  };
  if (!head.addressee.empty()) to(head.addressee);
  for (const auto& recipient : document.recipients) {
    if (recipient != "Như trên" && !recipient.starts_with("Lưu:")) to(recipient);
  }
  xml::add(root, "Priority");
  xml::add(root, "IssuedAmount");
  xml::add(root, "DueDate");
  return xml::to_bytes(xml);
}

}  // namespace dongbo::report
