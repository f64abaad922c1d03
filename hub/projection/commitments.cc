#include "hub/projection/commitments.h"

#include "hub/event/timestamp.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kConclusion,
  kUnit,
  kTask,
  kIndex,
  kComponent,
  kTarget,
  kBaseline,
  kDue,
  kSupporting,
  kLegalAct,
  kPercent,
  kValue,
  kProgress,
  kResult,
  kEvidence,
  kActor
};

void assign(const Fact& fact, CommitmentRow& row) {
  row.known = true;
  row.last_assigned = std::max(row.last_assigned, fact.stamp);
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kConclusion, "conclusion", row.conclusion);
  whole.text(kUnit, "unit", row.unit);
  whole.text(kTask, "task", row.task);
  whole.text(kIndex, "index", row.index);
  whole.text(kComponent, "component", row.component);
  whole.decimal(kTarget, "target", row.target);
  whole.decimal(kBaseline, "baseline", row.baseline);
  whole.text(kDue, "due", row.due);
  whole.texts(kSupporting, "supporting", row.supporting);
  whole.text(kLegalAct, "legal_act", row.legal_act);
}

void report(const Fact& fact, bool completed, CommitmentRow& row) {
  Fill::hint(fact, row.said).text(kUnit, "unit", row.unit);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.decimal(kValue, "value", row.value);
  given.text(kEvidence, "evidence", row.evidence);
  given.text(kActor, "actor", row.actor);
  if (completed) {
    given.text(kResult, "result", row.result);
    if (row.last_completed < fact.stamp || !row.last_completed.said()) {
      row.last_completed = fact.stamp;
      row.reported_on = fact.text("completed_on");
      if (row.reported_on.empty()) row.reported_on = event::format_timestamp(fact.event.time).substr(0, 10);
    }
  } else {
    row.last_progressed = std::max(row.last_progressed, fact.stamp);
    given.decimal(kPercent, "percent", row.percent);
    given.text(kProgress, "text", row.progress);
    given.text(kDue, "due", row.due);
  }
}

void settle(CommitmentRow& row) {
  const auto moment = [](const Stamp& stamp) { return stamp.said() ? std::optional(stamp.time) : std::nullopt; };
  row.assigned_at = moment(row.last_assigned);
  row.progressed_at = moment(row.last_progressed);
  const bool completed = row.last_completed.said() && row.last_completed > row.last_assigned;
  row.completed_at = completed ? moment(row.last_completed) : std::nullopt;
  row.completed_on = completed ? row.reported_on : "";
  if (completed) {
    row.state = "completed";
  } else {
    row.state = row.last_progressed.said() ? "progressing" : "assigned";
  }
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto commitment = fact.text("commitment");
  auto& row = tables[kCommitments].upsert(key(meeting, commitment));
  row.meeting = meeting;
  row.commitment = commitment;
  row.simulated |= fact.simulated;
  const auto what = fact.name.substr(fact.name.find('.') + 1);
  const bool completed = what == "completed";
  if (what == "assigned") {
    assign(fact, row);
  } else {
    report(fact, completed, row);
  }
  settle(row);
  std::string text = fact.text(completed ? "result" : what == "assigned" ? "task" : "text");
  row.history.add({fact.stamp, std::string(what), fact.text("unit"), fact.text("due"), fact.data.decimal("percent"),
                   fact.data.decimal("value"), std::move(text), fact.text("evidence"), fact.text("note")});
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_commitments() {
  return define("commitments", 2, {"commitment.assigned", "commitment.progressed", "commitment.completed"}, fold, kCommitments);
}

}  // namespace dongbo::projection
