#include "hub/projection/papers.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kUnit,
  kTopic,
  kTitle,
  kIndex,
  kComponent,
  kDue,
  kSpeaker,
  kPosition,
  kApprover,
  kOrder,
  kMinutes,
  kMinutesSpoken,
  kStartedAt,
  kEndedAt,
  kPoint,
  kDelegate,
  kPages,
  kRevision,
  kDocument,
  kSha256
};

void request(const Fact& fact, PaperRow& row) {
  row.known = true;
  ++row.requests;
  keep_first(row.requested_at, fact.event.time);
  keep_last(row.last_request, fact.event.time);
  if (row.requests > 1) row.reminded_at = row.last_request;
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kUnit, "unit", row.unit);
  given.text(kTopic, "topic", row.topic);
  given.text(kIndex, "index", row.index);
  given.text(kComponent, "component", row.component);
  given.text(kDue, "due", row.due);
  given.integer(kMinutes, "minutes", row.minutes);
}

void submit(const Fact& fact, PaperRow& row) {
  ++row.revisions;
  keep_last(row.submitted_at, fact.event.time);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kUnit, "unit", row.unit);
  given.text(kTitle, "title", row.title);
  given.text(kTopic, "topic", row.topic);
  given.text(kIndex, "index", row.index);
  given.text(kComponent, "component", row.component);
  given.text(kSpeaker, "speaker", row.speaker);
  given.text(kPosition, "position", row.position);
  // These describe the file that was handed in: those of the revision before do not hold for this one.
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.integer(kPages, "pages", row.pages);
  whole.integer(kRevision, "revision", row.revision);
  whole.text(kDocument, "document", row.document);
  whole.text(kSha256, "sha256", row.sha256);
}

void approve(const Fact& fact, PaperRow& row) {
  keep_last(row.approved_at, fact.event.time);
  Fill::hint(fact, row.said).text(kUnit, "unit", row.unit);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.integer(kOrder, "order", row.order);
  given.integer(kMinutes, "minutes", row.minutes);
  given.text(kApprover, "approver", row.approver);
}

void present(const Fact& fact, PaperRow& row) {
  keep_last(row.presented_at, fact.event.time);
  Fill::hint(fact, row.said).text(kUnit, "unit", row.unit);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kPoint, "point", row.point);
  given.text(kDelegate, "delegate", row.delegate);
  given.text(kSpeaker, "speaker", row.speaker);
  given.text(kPosition, "position", row.position);
  given.integer(kMinutesSpoken, "minutes", row.minutes_spoken);
  given.text(kStartedAt, "started_at", row.started_at);
  given.text(kEndedAt, "ended_at", row.ended_at);
}

std::string furthest(const PaperRow& row) {
  if (row.presented_at) return "presented";
  if (row.approved_at) return "approved";
  if (row.submitted_at) return "submitted";
  return "requested";
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto paper = fact.text("paper");
  auto& row = tables[kPapers].upsert(key(meeting, paper));
  row.meeting = meeting;
  row.paper = paper;
  row.simulated |= fact.simulated;
  const auto what = fact.name.substr(fact.name.find('.') + 1);
  if (what == "requested") {
    request(fact, row);
  } else if (what == "submitted") {
    submit(fact, row);
  } else if (what == "approved") {
    approve(fact, row);
  } else {
    present(fact, row);
  }
  row.state = furthest(row);
  row.history.add({fact.stamp, std::string(what), fact.text("unit"), fact.text("document"), fact.text("note")});
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_papers() {
  return define("papers", 2, {"paper.requested", "paper.submitted", "paper.approved", "paper.presented"}, fold, kPapers);
}

}  // namespace dongbo::projection
