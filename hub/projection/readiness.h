#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// One report of a point's line, sound, picture and power; "" where the report does not say.
struct ReadinessReport {
  Stamp stamp;
  std::string line;
  std::string sound;
  std::string picture;
  std::string power;
  std::string backup_line;
  std::string bandwidth_mbps;  // decimal
  bool rehearsal = false;
  std::string origin;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("line", row.line);
    visit("sound", row.sound);
    visit("picture", row.picture);
    visit("power", row.power);
    visit("backup_line", row.backup_line);
    visit("bandwidth_mbps", row.bandwidth_mbps);
    visit("rehearsal", row.rehearsal);
    visit("origin", row.origin);
    visit("note", row.note);
  }
};

// Readiness of a point, planned or not: each state as the latest report by event time that gave it said, and the last
// 200 reports by event time. Older reports leave the list; `history_total` counts them all.
struct ReadinessRow {
  std::string meeting;
  std::string point;
  std::string line;
  std::string sound;
  std::string picture;
  std::string power;
  std::string backup_line;
  std::string bandwidth_mbps;
  bool rehearsal = false;      // the latest report was made in a rehearsal
  std::optional<Millis> time;  // of the latest report
  std::string technician;      // personal
  std::string phone;           // personal
  bool simulated = false;
  History<ReadinessReport, 200> history;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("point", row.point);
    visit("line", row.line);
    visit("sound", row.sound);
    visit("picture", row.picture);
    visit("power", row.power);
    visit("backup_line", row.backup_line);
    visit("bandwidth_mbps", row.bandwidth_mbps);
    visit("rehearsal", row.rehearsal);
    visit("time", row.time);
    visit("_technician", row.technician);
    visit("_phone", row.phone);
    visit("simulated", row.simulated);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("_said", row.said);
  }
};
inline const TableSpec<ReadinessRow> kReadiness{"readiness", "readiness", 0, {"meeting", "point"}};

std::unique_ptr<Projection> make_readiness();

}  // namespace dongbo::projection
