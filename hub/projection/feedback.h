#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

struct FeedbackRoute {
  Stamp stamp;
  std::string to;
  std::string due;
  std::string reason;
  std::string actor;  // personal
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("to", row.to);
    visit("due", row.due);
    visit("reason", row.reason);
    visit("actor", row.actor);
  }
};

struct FeedbackAnswer {
  Stamp stamp;
  std::string by;
  std::string text;
  std::string document;
  std::string answerer;  // personal
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("by", row.by);
    visit("text", row.text);
    visit("document", row.document);
    visit("answerer", row.answerer);
  }
};

// An opinion, report or proposal and what was done with it. `state`: submitted; then whatever the latest of routing and
// answering (by event time) made it: routed (again), answered. `to` and `due` are the latest routing's, `by` and `answer`
// the latest answer's. Submitted again it is a whole new text. An answer or a routing that arrives before the submission
// makes a row with known = false.
// `routes`, `answers`: the last 100 each by event time; the totals count them all.
struct FeedbackRow {
  std::string meeting;  // "" outside a meeting
  std::string unit;     // that it concerns
  std::string feedback;
  std::string from;  // group of the author
  std::string index;
  std::string component;
  std::string topic;
  std::string text;
  std::string point;
  std::string delegate;
  std::string author;  // personal
  std::string phone;   // personal
  std::string email;   // personal
  std::string channel;
  std::optional<Millis> submitted_at;
  std::string state = "submitted";
  std::string to;
  std::string due;
  std::optional<Millis> routed_at;
  std::string by;
  std::string answer;
  std::optional<Millis> answered_at;
  History<FeedbackRoute, 100> routes;
  History<FeedbackAnswer, 100> answers;
  bool known = false;
  bool simulated = false;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("unit", row.unit);
    visit("feedback", row.feedback);
    visit("from", row.from);
    visit("index", row.index);
    visit("component", row.component);
    visit("topic", row.topic);
    visit("text", row.text);
    visit("point", row.point);
    visit("delegate", row.delegate);
    visit("author", row.author);
    visit("_phone", row.phone);
    visit("_email", row.email);
    visit("channel", row.channel);
    visit("submitted_at", row.submitted_at);
    visit("state", row.state);
    visit("to", row.to);
    visit("due", row.due);
    visit("routed_at", row.routed_at);
    visit("by", row.by);
    visit("answer", row.answer);
    visit("answered_at", row.answered_at);
    visit("routes", row.routes.items);
    visit("routes_total", row.routes.total);
    visit("answers", row.answers.items);
    visit("answers_total", row.answers.total);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("_said", row.said);
  }
};
inline const TableSpec<FeedbackRow> kFeedback{"feedback", "feedback", 0, {"meeting", "feedback"}};
// Outside a meeting a feedback belongs to the unit that it names: its identifier is the unit's, not the hub's.
inline const TableSpec<FeedbackRow> kUnitFeedback{"feedback", "unit_feedback", 1, {"unit", "feedback"}};

std::unique_ptr<Projection> make_feedback();

}  // namespace dongbo::projection
