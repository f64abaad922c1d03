#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

struct PaperFact {
  Stamp stamp;
  std::string fact;  // requested | submitted | approved | presented
  std::string unit;
  std::string document;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("unit", row.unit);
    visit("document", row.document);
    visit("note", row.note);
  }
};

// A paper (tham luận). `state` is the furthest stage it reached: requested, submitted, approved, presented; a revision
// handed in after the approval does not take the approval back. Members are as the latest fact by event time that gave
// them said. `requests` counts the request and its reminders, `revisions` how often it was handed in.
// A paper nobody asked for (no `requested` yet, or ever) has known = false.
// `history`: the last 100 facts by event time; `history_total` counts them all.
struct PaperRow {
  std::string meeting;
  std::string paper;
  std::string unit;
  std::string topic;
  std::string title;
  std::string index;
  std::string component;
  std::string due;
  std::string state;
  std::optional<Millis> requested_at;  // the first request
  std::optional<Millis> reminded_at;   // the last request, when there was more than one
  std::int64_t requests = 0;
  std::optional<Millis> submitted_at;  // the last revision
  std::int64_t revisions = 0;
  std::optional<Millis> approved_at;   // the last approval
  std::optional<Millis> presented_at;  // the last presentation
  std::string speaker;                 // personal
  std::string position;                // personal
  std::string approver;                // personal
  std::optional<std::int64_t> order;
  std::optional<std::int64_t> minutes;         // planned
  std::optional<std::int64_t> minutes_spoken;  // as presented
  std::string started_at;
  std::string ended_at;
  std::string point;
  std::string delegate;
  std::optional<std::int64_t> pages;
  std::optional<std::int64_t> revision;
  std::string document;  // the paper's own
  std::string sha256;
  bool known = false;
  bool simulated = false;
  History<PaperFact, 100> history;
  std::optional<Millis> last_request;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("paper", row.paper);
    visit("unit", row.unit);
    visit("topic", row.topic);
    visit("title", row.title);
    visit("index", row.index);
    visit("component", row.component);
    visit("due", row.due);
    visit("state", row.state);
    visit("requested_at", row.requested_at);
    visit("reminded_at", row.reminded_at);
    visit("requests", row.requests);
    visit("submitted_at", row.submitted_at);
    visit("revisions", row.revisions);
    visit("approved_at", row.approved_at);
    visit("presented_at", row.presented_at);
    visit("speaker", row.speaker);
    visit("position", row.position);
    visit("approver", row.approver);
    visit("order", row.order);
    visit("minutes", row.minutes);
    visit("minutes_spoken", row.minutes_spoken);
    visit("started_at", row.started_at);
    visit("ended_at", row.ended_at);
    visit("point", row.point);
    visit("delegate", row.delegate);
    visit("pages", row.pages);
    visit("revision", row.revision);
    visit("document", row.document);
    visit("sha256", row.sha256);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("_last_request", row.last_request);
    visit("_said", row.said);
  }
};
inline const TableSpec<PaperRow> kPapers{"papers", "papers", 0, {"meeting", "paper"}};

std::unique_ptr<Projection> make_papers();

}  // namespace dongbo::projection
