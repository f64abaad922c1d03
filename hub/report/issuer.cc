#include "hub/report/issuer.h"

#include "hub/report/words.h"

namespace dongbo::report {
namespace {

std::string head_of(const std::string& kind) {
  if (kind == "sở") return "GIÁM ĐỐC";
  if (kind == "ban" || kind == "ban quản lý") return "TRƯỞNG BAN";
  if (kind == "văn phòng") return "CHÁNH VĂN PHÒNG";
  if (kind == "thanh tra") return "CHÁNH THANH TRA";
  return "THỦ TRƯỞNG CƠ QUAN";
}

// Agencies that the people's committee directs carry its name above theirs.
bool under_committee(const std::string& kind) {
  return kind == "sở" || kind == "ban" || kind == "ban quản lý" || kind == "văn phòng" || kind == "thanh tra";
}

Issuer committee(const std::string& unit_name) {
  Issuer out;
  out.known = true;
  out.name = committee_of(unit_name);
  out.symbol = "UBND";
  out.place = without_kind(unit_name);
  out.signature.lines = {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"};
  return out;
}

Issuer agency(const Facts& facts, const Reference& reference, const std::string& name) {
  Issuer out;
  out.known = true;
  out.name = name;
  out.symbol = initials(name);
  const auto kind = reference.agency_kinds.contains(facts.issuer) ? reference.agency_kinds.at(facts.issuer) : std::string();
  const auto parent = reference.catalogues.agency_parents.find(facts.issuer);
  const auto above = parent == reference.catalogues.agency_parents.end() ? std::string() : name_of(facts, parent->second);
  out.place = above.empty() || above == parent->second ? "[Địa danh]" : without_kind(above);
  if (under_committee(kind) && !above.empty() && above != parent->second) {
    const auto committee_name = committee_of(above);
    out.parent = upper(committee_name);
    out.addressee = committee_name;
  }
  out.signature.lines = {head_of(kind)};
  return out;
}

}  // namespace

Issuer issuer_of(const Facts& facts, const Reference& reference) {
  const auto name = name_of(facts, facts.issuer);
  const auto level = facts.unit_levels.find(facts.issuer);
  if (!name.empty() && level != facts.unit_levels.end())
    return level->second == "agency" ? agency(facts, reference, name) : committee(name);
  Issuer out;
  // A code that nobody knows is no name for a letterhead.
  out.name = name == facts.issuer ? "[Cơ quan ban hành]" : name;
  out.symbol = "[…]";
  out.place = "[Địa danh]";
  out.signature.lines = {"THỦ TRƯỞNG CƠ QUAN"};
  return out;
}

std::string filing_of(const Issuer& issuer) {
  return issuer.known && issuer.symbol != "UBND" ? "Lưu: VT, " + issuer.symbol : "Lưu: VT";
}

Letterhead letterhead_of(const Issuer& issuer, std::string_view type_symbol, std::string_view type, std::string subject) {
  Letterhead out;
  out.parent = issuer.parent;
  out.issuer = upper(issuer.name);
  out.symbol = "/" + std::string(type_symbol) + "-" + issuer.symbol;
  out.place = issuer.place;
  out.type = type;
  out.subject = std::move(subject);
  return out;
}

std::string title_of(const Facts& facts) {
  return facts.meeting.title.empty() ? "Hội nghị (mã " + facts.meeting.meeting + ")" : facts.meeting.title;
}

}  // namespace dongbo::report
