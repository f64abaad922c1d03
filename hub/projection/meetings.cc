#include "hub/projection/meetings.h"

namespace dongbo::projection {
namespace {

enum Member : unsigned {
  kTitle,
  kOrganiser,
  kChair,
  kChairName,
  kDay,
  kStartsAt,
  kEndsAt,
  kMode,
  kPlace,
  kBasis,
  kIndexes,
  kPurpose,
  kDocument,
  kAgenda,
  kAgendaDocument,
  kAgendaRevision
};

std::vector<AgendaItem> agenda_of(const Fact& fact) {
  std::vector<AgendaItem> out;
  for (const auto& item : fact.data.objects("items")) {
    const auto text = [&item](std::string_view name) { return std::string(item.text(name)); };
    out.push_back({text("item"), item.integer("order"), text("title"), text("starts_at"), text("ends_at"),
                   item.integer("minutes"), text("unit"), text("presenter"), text("position"), text("paper"), text("index"),
                   text("component"), text("note")});
  }
  return out;
}

void plan(const Fact& fact, MeetingRow& row) {
  row.known = true;
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kTitle, "title", row.title);
  whole.text(kOrganiser, "organiser", row.organiser);
  whole.text(kChair, "chair", row.chair);
  whole.text(kChairName, "chair_name", row.chair_name);
  whole.text(kDay, "day", row.day);
  whole.text(kStartsAt, "starts_at", row.starts_at);
  whole.text(kEndsAt, "ends_at", row.ends_at);
  whole.text(kMode, "mode", row.mode);
  whole.text(kPlace, "place", row.place);
  whole.texts(kBasis, "basis", row.basis);
  whole.texts(kIndexes, "indexes", row.indexes);
  whole.text(kPurpose, "purpose", row.purpose);
  whole.text(kDocument, "document", row.document);
}

void reschedule(const Fact& fact, MeetingRow& row) {
  row.last_rescheduled = std::max(row.last_rescheduled, fact.stamp);
  // Another day without hours has no hours: those of the old day no longer hold.
  const Fill whole(fact, row.said, Fill::Mode::kWhole);
  whole.text(kDay, "day", row.day);
  whole.text(kStartsAt, "starts_at", row.starts_at);
  whole.text(kEndsAt, "ends_at", row.ends_at);
  const Fill given(fact, row.said, Fill::Mode::kGiven);
  given.text(kMode, "mode", row.mode);
  given.text(kPlace, "place", row.place);
}

void settle(MeetingRow& row) {
  const Stamp last = std::max({row.last_opened, row.last_closed, row.last_cancelled, row.last_rescheduled});
  row.closed_at.reset();
  row.cancelled_at.reset();
  if (row.last_closed.said() && row.last_closed > row.last_opened) row.closed_at = row.last_closed.time;
  if (!last.said() || last == row.last_rescheduled) {
    row.state = "planned";
  } else if (last == row.last_opened) {
    row.state = "opened";
  } else if (last == row.last_closed) {
    row.state = "closed";
  } else {
    row.state = "cancelled";
    row.cancelled_at = last.time;
  }
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  auto& row = tables[kMeetings].upsert(key(meeting));
  row.meeting = meeting;
  row.simulated |= fact.simulated;
  const auto what = fact.name.substr(fact.name.find('.') + 1);
  if (what == "planned") {
    plan(fact, row);
  } else if (what == "rescheduled") {
    reschedule(fact, row);
  } else if (what == "cancelled") {
    row.last_cancelled = std::max(row.last_cancelled, fact.stamp);
  } else if (what == "agenda_set") {
    const Fill whole(fact, row.said, Fill::Mode::kWhole);
    whole.value(kAgenda, agenda_of(fact), row.agenda);
    whole.text(kAgendaDocument, "document", row.agenda_document);
    whole.integer(kAgendaRevision, "revision", row.agenda_revision);
  } else {
    auto& last = what == "opened" ? row.last_opened : row.last_closed;
    last = std::max(last, fact.stamp);
    if (what == "opened") keep_first(row.opened_at, fact.event.time);
    const Fill given(fact, row.said, Fill::Mode::kGiven);
    given.text(kChair, "chair", row.chair);
    given.text(kChairName, "chair_name", row.chair_name);
  }
  settle(row);
  row.history.add({fact.stamp, std::string(what), fact.text("day"), fact.text("previous_day"), fact.text("starts_at"),
                   fact.text("ends_at"), fact.text("place"), fact.text("mode"), fact.text("point"), fact.text("reason"),
                   fact.text("legal_act"), fact.text("note")});
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_meetings() {
  return define(
      "meetings", 2,
      {"meeting.planned", "meeting.rescheduled", "meeting.cancelled", "meeting.opened", "meeting.closed", "meeting.agenda_set"},
      fold, kMeetings);
}

}  // namespace dongbo::projection
