#include "hub/projection/units.h"

#include <fmt/format.h>

#include <set>

#include "hub/event/timestamp.h"

namespace dongbo::projection {
namespace {

std::optional<std::string> given(const Fact& fact, std::string_view member) {
  if (!fact.data.has(member)) return std::nullopt;
  return fact.text(member);  // null reads as "": a parent of null is none
}

std::vector<Successor> successors_of(const Fact& fact, const std::string& from) {
  std::vector<Successor> out;
  for (const auto& item : fact.data.objects("successors")) {
    out.push_back({std::string(item.text("unit")), std::string(item.text("kind")), item.decimal("share"), from,
                   std::string(item.text("note"))});
  }
  return out;
}

UnitFact fact_of(const Fact& fact) {
  UnitFact out;
  out.stamp = fact.stamp;
  out.fact = fact.name.substr(fact.name.find('.') + 1);
  out.day = fact.text(out.fact == "dissolved" ? "valid_until" : "valid_from");
  if (out.day.empty()) out.day = event::format_timestamp(fact.event.time).substr(0, 10);
  out.code = given(fact, "code");
  out.name = given(fact, "name");
  out.short_name = given(fact, "short_name");
  out.name_en = given(fact, "name_en");
  out.level = given(fact, "level");
  out.kind = given(fact, "kind");
  out.parent = given(fact, "parent");
  out.legal_act = given(fact, "legal_act");
  out.change = fact.text("change");
  out.reason = fact.text("reason");
  out.predecessors = fact.texts("predecessors");
  out.successors = successors_of(fact, out.day);
  return out;
}

using Facts = std::vector<const UnitFact*>;

// Facts of some kinds by the day they take effect, then by event time.
Facts by_day(const UnitRow& row, bool ends) {
  Facts out;
  for (const auto& fact : row.facts) {
    if ((fact.fact == "dissolved") == ends) out.push_back(&fact);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->day < b->day; });
  return out;
}

// The ends that hold: between two establishings the latest by event time.
Facts ends_in_force(const UnitRow& row, const Facts& beginnings) {
  Facts out;
  std::string life;  // the day of the establishing that an end of this group follows
  for (const auto* end : by_day(row, true)) {
    std::string since;
    for (const auto* beginning : beginnings) {
      if (beginning->fact == "established" && beginning->day < end->day) since = beginning->day;
    }
    if (out.empty() || since != life) {
      out.push_back(end);
    } else if (out.back()->stamp < end->stamp) {
      out.back() = end;
    }
    life = since;
  }
  return out;
}

void lay_over(UnitVersion& version, const UnitFact& fact) {
  const auto set = [](std::string& into, const std::optional<std::string>& said) {
    if (said) into = *said;
  };
  if (fact.fact == "established") version = UnitVersion{fact.day, {}, {}, {}, {}, {}, {}, {}, {}, {}};  // a whole statement
  set(version.code, fact.code);
  set(version.name, fact.name);
  set(version.short_name, fact.short_name);
  set(version.name_en, fact.name_en);
  set(version.level, fact.level);
  set(version.kind, fact.kind);
  set(version.parent, fact.parent);
  set(version.legal_act, fact.legal_act);
}

// Is the unit at an end on this day, by an end that no establishing on or before the day follows?
bool ended(const Facts& ends, const Facts& beginnings, const std::string& day) {
  for (const auto* end : ends) {
    if (end->day > day) continue;
    const bool revived = std::any_of(beginnings.begin(), beginnings.end(), [&](const auto* beginning) {
      return beginning->fact == "established" && beginning->day >= end->day && beginning->day <= day;
    });
    if (!revived) return true;
  }
  return false;
}

void work_out_versions(UnitRow& row, const Facts& beginnings, const Facts& ends) {
  row.versions.clear();
  for (const auto* fact : beginnings) {
    if (ended(ends, beginnings, fact->day)) continue;
    if (row.versions.empty() || row.versions.back().valid_from != fact->day) {
      UnitVersion next = row.versions.empty() ? UnitVersion{} : row.versions.back();
      next.valid_from = fact->day;
      next.legal_act.clear();
      row.versions.push_back(std::move(next));
    }
    lay_over(row.versions.back(), *fact);
  }
  for (std::size_t i = 0; i < row.versions.size(); ++i) {
    auto& version = row.versions[i];
    version.valid_to = i + 1 < row.versions.size() ? row.versions[i + 1].valid_from : "";
    for (const auto* end : ends) {
      const bool later = end->day > version.valid_from;
      if (later && (version.valid_to.empty() || end->day < version.valid_to)) version.valid_to = end->day;
    }
  }
}

void work_out_succession(UnitRow& row, const Facts& beginnings, const Facts& ends) {
  std::set<std::string> predecessors;
  Facts saying = beginnings;
  saying.insert(saying.end(), ends.begin(), ends.end());
  std::sort(saying.begin(), saying.end(), [](const auto* a, const auto* b) { return a->stamp < b->stamp; });
  row.successors.clear();
  for (const auto* fact : saying) {
    predecessors.insert(fact->predecessors.begin(), fact->predecessors.end());
    for (const auto& successor : fact->successors) {
      const auto same = [&](const Successor& other) { return other.unit == successor.unit; };
      const auto found = std::find_if(row.successors.begin(), row.successors.end(), same);
      if (found == row.successors.end()) {
        row.successors.push_back(successor);
      } else {
        *found = successor;
      }
    }
  }
  row.predecessors.assign(predecessors.begin(), predecessors.end());
}

void work_out(UnitRow& row) {
  const auto beginnings = by_day(row, false);
  const auto ends = ends_in_force(row, beginnings);
  work_out_versions(row, beginnings, ends);
  work_out_succession(row, beginnings, ends);
  row.known = std::any_of(row.facts.begin(), row.facts.end(), [](const auto& f) { return f.fact == "established"; });
  const UnitVersion last = row.versions.empty() ? UnitVersion{} : row.versions.back();
  row.code = last.code;
  row.name = last.name;
  row.short_name = last.short_name;
  row.name_en = last.name_en;
  row.level = last.level;
  row.kind = last.kind;
  row.parent = last.parent;
  row.legal_act = last.legal_act;
  row.valid_from = row.versions.empty() ? "" : row.versions.front().valid_from;
  row.valid_until = last.valid_to;
  if (row.versions.empty() && !ends.empty()) row.valid_until = ends.back()->day;
  for (const auto* end : ends) {
    if (end->day == row.valid_until) row.legal_act = end->legal_act.value_or("");
  }
}

std::set<std::string> codes_of(const UnitRow& row) {
  std::set<std::string> out;
  for (const auto& version : row.versions) {
    if (!version.code.empty()) out.insert(version.code);
  }
  return out;
}

// The table of codes follows the versions: a code that no version bears any more is not listed.
void follow_codes(const std::string& unit, const std::set<std::string>& before, const std::set<std::string>& after,
                  Tables& tables) {
  auto& codes = tables[kUnitCodes];
  for (const auto& code : before) {
    if (after.contains(code)) continue;
    auto& row = codes.upsert(key(code));
    std::erase(row.units, unit);
    if (row.units.empty()) codes.erase(key(code));
  }
  for (const auto& code : after) {
    if (before.contains(code)) continue;
    auto& row = codes.upsert(key(code));
    row.code = code;
    row.units.insert(std::lower_bound(row.units.begin(), row.units.end(), unit), unit);
  }
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto unit = fact.text("unit");
  auto& row = tables[kUnits].upsert(key(unit));
  if (row.facts.size() >= kUnitFactsMax) {
    return Error::poison(fmt::format("đơn vị {0}: quá {1} dữ kiện / unit {0}: more than {1} facts", unit, kUnitFactsMax));
  }
  const auto before = codes_of(row);
  row.unit = unit;
  row.simulated |= fact.simulated;
  auto said = fact_of(fact);
  const auto at = std::upper_bound(row.facts.begin(), row.facts.end(), said,
                                   [](const UnitFact& a, const UnitFact& b) { return a.stamp < b.stamp; });
  row.facts.insert(at, std::move(said));
  work_out(row);
  follow_codes(unit, before, codes_of(row), tables);
  return {};
}

}  // namespace

const UnitVersion* UnitRow::on(std::string_view day) const {
  for (const auto& version : versions) {
    if (version.valid_from <= day && (version.valid_to.empty() || day < version.valid_to)) return &version;
  }
  return nullptr;
}

std::unique_ptr<Projection> make_units() {
  return define("units", 2, {"unit.established", "unit.changed", "unit.dissolved"}, fold, kUnits, kUnitCodes);
}

}  // namespace dongbo::projection
