#include "hub/projection/feedback.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kUnit,
  kFrom,
  kIndex,
  kComponent,
  kTopic,
  kText,
  kPoint,
  kDelegate,
  kAuthor,
  kPhone,
  kEmail,
  kChannel,
  kSubmittedAt
};

void submit(const Fact& fact, FeedbackRow& row) {
  row.known = true;
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kUnit, "unit", row.unit);
  whole.text(kFrom, "from", row.from);
  whole.text(kIndex, "index", row.index);
  whole.text(kComponent, "component", row.component);
  whole.text(kTopic, "topic", row.topic);
  whole.text(kText, "text", row.text);
  whole.text(kPoint, "point", row.point);
  whole.text(kDelegate, "delegate", row.delegate);
  whole.text(kAuthor, "author", row.author);
  whole.text(kPhone, "phone", row.phone);
  whole.text(kEmail, "email", row.email);
  whole.text(kChannel, "channel", row.channel);
  whole.value(kSubmittedAt, std::optional(fact.event.time), row.submitted_at);
}

// REQUIRES: the lists are in order; the newest is never dropped.
void settle(FeedbackRow& row) {
  Stamp routed, answered;
  if (!row.routes.items.empty()) {
    const auto& last = row.routes.items.back();
    routed = last.stamp;
    row.to = last.to;
    row.due = last.due;
    row.routed_at = last.stamp.time;
  }
  if (!row.answers.items.empty()) {
    const auto& last = row.answers.items.back();
    answered = last.stamp;
    row.by = last.by;
    row.answer = last.text;
    row.answered_at = last.stamp.time;
  }
  if (!routed.said() && !answered.said()) return;
  row.state = routed > answered ? "routed" : "answered";
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto unit = fact.text("unit");
  const auto feedback = fact.text("feedback");
  auto& row =
      meeting.empty() ? tables[kUnitFeedback].upsert(key(unit, feedback)) : tables[kFeedback].upsert(key(meeting, feedback));
  row.meeting = meeting;
  row.feedback = feedback;
  row.simulated |= fact.simulated;
  if (fact.name == "feedback.submitted") {
    submit(fact, row);
  } else {
    Fill::hint(fact, row.said).text(kUnit, "unit", row.unit);
    if (fact.name == "feedback.routed") {
      row.routes.add({fact.stamp, fact.text("to"), fact.text("due"), fact.text("reason"), fact.text("actor")});
    } else {
      row.answers.add({fact.stamp, fact.text("by"), fact.text("text"), fact.text("document"), fact.text("answerer")});
    }
  }
  settle(row);
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_feedback() {
  return define("feedback", 2, {"feedback.submitted", "feedback.routed", "feedback.answered"}, fold, kFeedback, kUnitFeedback);
}

}  // namespace dongbo::projection
