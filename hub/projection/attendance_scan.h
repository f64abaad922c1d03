#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/record_codec.h"
#include "hub/event/identity.h"
#include "hub/projection/seat.h"

namespace dongbo::projection {

// What one attendance fact says, after its corrections.
struct ScanFacts {
  enum Kind : std::uint8_t { kIn = 0, kOut = 1, kCount = 2 };
  std::uint8_t kind = kIn;
  std::string delegate;  // empty for counts
  Seat seat;
  Millis time;
  std::int64_t headcount = 0;  // counts only

  bool operator==(const ScanFacts&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("kind", row.kind);
    visit("delegate", row.delegate);
    visit("seat", row.seat);
    visit("time", row.time);
    visit("headcount", row.headcount);
  }
};

// A correction or a revocation of a scan, or of another amendment. Members that are absent stay as they were.
struct Amendment {
  event::Digest identity;  // of the amending event
  event::Digest target;    // identity of what it amends
  Millis time;             // when it was said: the later one holds
  bool revokes = false;
  std::optional<std::string> delegate;
  std::optional<std::string> point;
  std::optional<std::string> unit;
  std::optional<std::string> composition;
  std::optional<Millis> happened;
  std::optional<std::int64_t> headcount;

  static void fields(auto& row, auto&& visit) {
    visit("_identity", row.identity);
    visit("_target", row.target);
    visit("time", row.time);
    visit("revokes", row.revokes);
    visit("delegate", row.delegate);
    visit("point", row.point);
    visit("unit", row.unit);
    visit("composition", row.composition);
    visit("happened", row.happened);
    visit("headcount", row.headcount);
  }
};

// One scan (check-in, check-out, count) that was amended, with everything said about it since, in whatever order it came:
// amendments may be there before the scan is, and an amendment may be amended itself. A scan that nobody amended has no
// such row: what it said is in the journal.
struct ScanRow {
  event::Digest alias_of;         // not none: this identity is an amendment of that one; its scan is at the end of the chain
  std::optional<ScanFacts> said;  // as first said; nullopt: an amendment, or not come yet
  std::vector<Amendment> amendments;

  static void fields(auto& row, auto&& visit) {
    visit("_alias_of", row.alias_of);
    visit("said", row.said);
    visit("amendments", row.amendments);
  }
};

// Puts `amendment` in its place (by time, then identity).
void add_amendment(ScanRow& scan, Amendment amendment);

// What holds of the scan with `identity` after all amendments; nullopt: revoked, or not come yet.
std::optional<ScanFacts> standing(const ScanRow& scan, const event::Digest& identity);

}  // namespace dongbo::projection
