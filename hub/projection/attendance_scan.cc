#include "hub/projection/attendance_scan.h"

#include <algorithm>

namespace dongbo::projection {
namespace {

constexpr int kDepthMax = 16;  // corrections of corrections of …; deeper ones have no effect

struct Standing {
  bool taken_back = false;
  std::optional<ScanFacts> facts;
};

std::optional<ScanFacts> amended(std::optional<ScanFacts> facts, const Amendment& by) {
  if (!facts) return facts;
  if (by.delegate) facts->delegate = *by.delegate;
  const auto& seat = facts->seat;
  facts->seat = Seat(by.point ? *by.point : seat.point(), by.unit ? *by.unit : seat.unit(),
                     by.composition ? *by.composition : seat.composition());
  if (by.happened) facts->time = *by.happened;
  if (by.headcount) facts->headcount = *by.headcount;
  return facts;
}

// The latest amendment that was not taken back itself decides.
Standing stand(const ScanRow& scan, const event::Digest& identity, const std::optional<ScanFacts>& own, int depth) {
  Standing out{false, own};
  if (depth > kDepthMax) return out;
  for (const auto& amendment : scan.amendments) {
    if (amendment.target != identity) continue;
    auto by = stand(scan, amendment.identity, amendment.revokes ? std::nullopt : amended(own, amendment), depth + 1);
    if (by.taken_back) continue;
    out = amendment.revokes ? Standing{true, std::nullopt} : Standing{false, std::move(by.facts)};
  }
  return out;
}

}  // namespace

void add_amendment(ScanRow& scan, Amendment amendment) {
  const auto before = [](const Amendment& a, const Amendment& b) {
    return std::tie(a.time, a.identity) < std::tie(b.time, b.identity);
  };
  scan.amendments.insert(std::upper_bound(scan.amendments.begin(), scan.amendments.end(), amendment, before),
                         std::move(amendment));
}

std::optional<ScanFacts> standing(const ScanRow& scan, const event::Digest& identity) {
  return stand(scan, identity, scan.said, 0).facts;
}

}  // namespace dongbo::projection
