#include "hub/projection/readiness.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned { kLine, kSound, kPicture, kPower, kBackupLine, kBandwidth, kRehearsal, kTechnician, kPhone };

ReadinessReport report_of(const Fact& fact) {
  return {fact.stamp,
          fact.text("line"),
          fact.text("sound"),
          fact.text("picture"),
          fact.text("power"),
          fact.text("backup_line"),
          fact.data.decimal("bandwidth_mbps"),
          fact.data.boolean("rehearsal").value_or(false),
          fact.text("origin"),
          fact.text("note")};
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto point = fact.text("point");
  auto& row = tables[kReadiness].upsert(key(meeting, point));
  row.meeting = meeting;
  row.point = point;
  row.simulated |= fact.simulated;
  keep_last(row.time, fact.event.time);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kLine, "line", row.line);
  given.text(kSound, "sound", row.sound);
  given.text(kPicture, "picture", row.picture);
  given.text(kPower, "power", row.power);
  given.text(kBackupLine, "backup_line", row.backup_line);
  given.decimal(kBandwidth, "bandwidth_mbps", row.bandwidth_mbps);
  // A report without the mark is not of a rehearsal; one without a technician says nothing about who he is.
  Fill(fact, row.said, Fill::Mode::kWhole).flag(kRehearsal, "rehearsal", row.rehearsal);
  given.text(kTechnician, "technician", row.technician);
  given.text(kPhone, "phone", row.phone);
  row.history.add(report_of(fact));
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_readiness() {
  return define("readiness", 2, {"readiness.reported"}, fold, kReadiness);
}

}  // namespace dongbo::projection
