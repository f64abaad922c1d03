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

// One item of an agenda. `starts_at` and `ends_at` are as the publisher wrote them.
struct AgendaItem {
  std::string item;
  std::optional<std::int64_t> order;  // as given; when absent the place in the list counts
  std::string title;
  std::string starts_at;
  std::string ends_at;
  std::optional<std::int64_t> minutes;
  std::string unit;
  std::string presenter;  // personal
  std::string position;   // personal
  std::string paper;
  std::string index;
  std::string component;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("item", row.item);
    visit("order", row.order);
    visit("title", row.title);
    visit("starts_at", row.starts_at);
    visit("ends_at", row.ends_at);
    visit("minutes", row.minutes);
    visit("unit", row.unit);
    visit("presenter", row.presenter);
    visit("position", row.position);
    visit("paper", row.paper);
    visit("index", row.index);
    visit("component", row.component);
    visit("note", row.note);
  }
};

// One thing that happened to a meeting: planned, rescheduled, cancelled, opened, closed or agenda_set.
struct MeetingFact {
  Stamp stamp;
  std::string fact;
  std::string day;
  std::string previous_day;
  std::string starts_at;
  std::string ends_at;
  std::string place;
  std::string mode;
  std::string point;
  std::string reason;
  std::string legal_act;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("day", row.day);
    visit("previous_day", row.previous_day);
    visit("starts_at", row.starts_at);
    visit("ends_at", row.ends_at);
    visit("place", row.place);
    visit("mode", row.mode);
    visit("point", row.point);
    visit("reason", row.reason);
    visit("legal_act", row.legal_act);
    visit("note", row.note);
  }
};

// A meeting. `state` is what the latest of opening, closing, cancelling and rescheduling (by event time) made it:
// a meeting that is rescheduled after it was cancelled is planned again; a plan said again changes no state.
// `opened_at` is the first opening, `closed_at` the last closing when no opening came after it.
// A meeting first heard of in another fact has a row with known = false until its plan arrives.
// `history` holds the last 200 facts by event time, `history_total` counts them all.
struct MeetingRow {
  std::string meeting;
  std::string title;
  std::string organiser;
  std::string chair;
  std::string chair_name;  // personal
  std::string day;
  std::string starts_at;
  std::string ends_at;
  std::string mode;
  std::string place;
  std::string state = "planned";
  std::optional<Millis> opened_at;
  std::optional<Millis> closed_at;
  std::optional<Millis> cancelled_at;  // only while it is cancelled
  std::vector<std::string> basis;
  std::vector<std::string> indexes;
  std::string purpose;
  std::string document;
  std::vector<AgendaItem> agenda;
  std::string agenda_document;
  std::optional<std::int64_t> agenda_revision;
  History<MeetingFact, 200> history;
  bool known = false;
  bool simulated = false;  // some fact in this row is simulated
  // Bookkeeping: when each kind of fact was said last, and the first opening.
  Stamp last_opened, last_closed, last_cancelled, last_rescheduled;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("title", row.title);
    visit("organiser", row.organiser);
    visit("chair", row.chair);
    visit("chair_name", row.chair_name);
    visit("day", row.day);
    visit("starts_at", row.starts_at);
    visit("ends_at", row.ends_at);
    visit("mode", row.mode);
    visit("place", row.place);
    visit("state", row.state);
    visit("opened_at", row.opened_at);
    visit("closed_at", row.closed_at);
    visit("cancelled_at", row.cancelled_at);
    visit("basis", row.basis);
    visit("indexes", row.indexes);
    visit("purpose", row.purpose);
    visit("document", row.document);
    visit("agenda", row.agenda);
    visit("agenda_document", row.agenda_document);
    visit("agenda_revision", row.agenda_revision);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("_last_opened", row.last_opened);
    visit("_last_closed", row.last_closed);
    visit("_last_cancelled", row.last_cancelled);
    visit("_last_rescheduled", row.last_rescheduled);
    visit("_said", row.said);
  }
};
inline const TableSpec<MeetingRow> kMeetings{"meetings", "meetings", 0, {"meeting"}};

std::unique_ptr<Projection> make_meetings();

}  // namespace dongbo::projection
