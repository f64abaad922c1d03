#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// A unit that takes over, wholly or in part. `share` is a decimal, only where an act states it.
struct Successor {
  std::string unit;
  std::string kind;  // rename | merge | split | part | transfer | abolish
  std::string share;
  std::string from;  // day
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("unit", row.unit);
    visit("kind", row.kind);
    visit("share", row.share);
    visit("from", row.from);
    visit("note", row.note);
  }
};

// What a unit was called and where it stood from a day (inclusive) to a day (exclusive; "": still). Days are
// "2025-07-01" and compare as text.
struct UnitVersion {
  std::string valid_from;
  std::string valid_to;
  std::string code;
  std::string name;
  std::string short_name;
  std::string name_en;
  std::string level;
  std::string kind;
  std::string parent;  // "": none
  std::string legal_act;
  static void fields(auto& row, auto&& visit) {
    visit("valid_from", row.valid_from);
    visit("valid_to", row.valid_to);
    visit("code", row.code);
    visit("name", row.name);
    visit("short_name", row.short_name);
    visit("name_en", row.name_en);
    visit("level", row.level);
    visit("kind", row.kind);
    visit("parent", row.parent);
    visit("legal_act", row.legal_act);
  }
};

// A fact of the registry as it was said: an establishing, a change of what it has, or an end.
struct UnitFact {
  Stamp stamp;
  std::string fact;  // established | changed | dissolved
  std::string day;   // valid_from, or valid_until of an end
  std::optional<std::string> code, name, short_name, name_en, level, kind, parent, legal_act;
  std::string change;
  std::string reason;
  std::vector<std::string> predecessors;
  std::vector<Successor> successors;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("day", row.day);
    visit("code", row.code);
    visit("name", row.name);
    visit("short_name", row.short_name);
    visit("name_en", row.name_en);
    visit("level", row.level);
    visit("kind", row.kind);
    visit("parent", row.parent);
    visit("legal_act", row.legal_act);
    visit("change", row.change);
    visit("reason", row.reason);
    visit("predecessors", row.predecessors);
    visit("successors", row.successors);
  }
};

// A unit of the registry under its lasting identifier (a code is not one: see kUnitCodes). Everything is worked out from
// `facts`, so it does not depend on their order:
// - versions: facts by the day they take effect, then by event time; a change says only what it has and the rest goes on;
//   two facts of one day make one version, the later event time has the last word;
// - an end closes the versions from its day on; of several ends between two establishings the latest by event time holds;
//   changes after an end are no versions; established again on or after the end, the unit lives on.
// The row's own members are those of the last version; `valid_from` is the first version's, `valid_until` the last one's
// valid_to. A unit known only from a change or an end has known = false.
// More than 256 facts about one unit: the next one is refused (poison).
struct UnitRow {
  std::string unit;
  std::string code;
  std::string name;
  std::string short_name;
  std::string name_en;
  std::string level;
  std::string kind;
  std::string parent;
  std::string valid_from;
  std::string valid_until;
  std::string legal_act;  // of the end, or else of the last version
  std::vector<std::string> predecessors;
  std::vector<Successor> successors;
  std::vector<UnitVersion> versions;  // ascending
  bool known = false;
  bool simulated = false;
  std::vector<UnitFact> facts;  // ascending by event time
  static void fields(auto& row, auto&& visit) {
    visit("unit", row.unit);
    visit("code", row.code);
    visit("name", row.name);
    visit("short_name", row.short_name);
    visit("name_en", row.name_en);
    visit("level", row.level);
    visit("kind", row.kind);
    visit("parent", row.parent);
    visit("valid_from", row.valid_from);
    visit("valid_until", row.valid_until);
    visit("legal_act", row.legal_act);
    visit("predecessors", row.predecessors);
    visit("successors", row.successors);
    visit("versions", row.versions);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("facts", row.facts);
  }

  // The version that holds on a day; nullptr: none.
  const UnitVersion* on(std::string_view day) const;
};
inline const TableSpec<UnitRow> kUnits{"units", "units", 0, {"unit"}};
inline constexpr std::size_t kUnitFactsMax = 256;

// Who bears or bore a code: one code may be several units' over time, and of 78 new communes on the old land of Quảng Nam
// 64 bear the code of another. Holds exactly the codes that stand in some version of a unit.
struct UnitCodeRow {
  std::string code;
  std::vector<std::string> units;  // ascending
  static void fields(auto& row, auto&& visit) {
    visit("code", row.code);
    visit("units", row.units);
  }
};
inline const TableSpec<UnitCodeRow> kUnitCodes{"units", "codes", 1, {"code"}};

std::unique_ptr<Projection> make_units();

}  // namespace dongbo::projection
