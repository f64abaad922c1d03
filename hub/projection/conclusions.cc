#include "hub/projection/conclusions.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned { kTitle, kText, kIndex, kComponent, kUnit, kNumber, kSigner, kSignerPosition, kDue, kDocument, kNote };

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto conclusion = fact.text("conclusion");
  auto& row = tables[kConclusions].upsert(key(meeting, conclusion));
  row.meeting = meeting;
  row.conclusion = conclusion;
  row.simulated |= fact.simulated;
  ++row.issues;
  keep_last(row.issued_at, fact.event.time);
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kTitle, "title", row.title);
  whole.text(kText, "text", row.text);
  whole.text(kIndex, "index", row.index);
  whole.text(kComponent, "component", row.component);
  whole.text(kUnit, "unit", row.unit);
  whole.text(kNumber, "number", row.number);
  whole.text(kSigner, "signer", row.signer);
  whole.text(kSignerPosition, "signer_position", row.signer_position);
  whole.text(kDue, "due", row.due);
  whole.text(kDocument, "document", row.document);
  whole.text(kNote, "note", row.note);
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_conclusions() {
  return define("conclusions", 2, {"conclusion.issued"}, fold, kConclusions);
}

}  // namespace dongbo::projection
