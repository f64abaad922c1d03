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

// One thing said about a task; "" where it does not say.
struct CommitmentFact {
  Stamp stamp;
  std::string fact;  // assigned | progressed | completed
  std::string unit;
  std::string due;
  std::string percent;  // decimal
  std::string value;
  std::string text;  // the task, the progress or the result
  std::string evidence;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("fact", row.fact);
    visit("unit", row.unit);
    visit("due", row.due);
    visit("percent", row.percent);
    visit("value", row.value);
    visit("text", row.text);
    visit("evidence", row.evidence);
    visit("note", row.note);
  }
};

// A task given after the conclusion. Assigned again it is a whole new statement (another unit, another day). `state`:
// assigned; progressing from the first progress on; completed when the completion is later by event time than the last
// assignment (assigned anew, it is open again). `due` is the day of the latest assignment or extension.
// Completed or progressed before the assignment is known: known = false and the unit as the report names it.
// `history`: the last 200 facts by event time; `history_total` counts them all.
struct CommitmentRow {
  std::string meeting;
  std::string commitment;
  std::string conclusion;
  std::string unit;
  std::string task;
  std::string index;
  std::string component;
  std::string target;
  std::string baseline;
  std::string due;
  std::vector<std::string> supporting;
  std::string legal_act;
  std::string state;
  std::optional<Millis> assigned_at;  // the assignment in force
  std::string percent;
  std::string value;
  std::string progress;  // the latest report of progress in words
  std::optional<Millis> progressed_at;
  std::optional<Millis> completed_at;  // when it was reported as done; only while it is
  std::string completed_on;            // the day it was done; the report's day when not given
  std::string result;
  std::string evidence;
  std::string actor;  // personal: who reported last
  History<CommitmentFact, 200> history;
  bool known = false;
  bool simulated = false;
  Stamp last_assigned, last_progressed, last_completed;
  std::string reported_on;  // completed_on of the last completion
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("commitment", row.commitment);
    visit("conclusion", row.conclusion);
    visit("unit", row.unit);
    visit("task", row.task);
    visit("index", row.index);
    visit("component", row.component);
    visit("target", row.target);
    visit("baseline", row.baseline);
    visit("due", row.due);
    visit("supporting", row.supporting);
    visit("legal_act", row.legal_act);
    visit("state", row.state);
    visit("assigned_at", row.assigned_at);
    visit("percent", row.percent);
    visit("value", row.value);
    visit("progress", row.progress);
    visit("progressed_at", row.progressed_at);
    visit("completed_at", row.completed_at);
    visit("completed_on", row.completed_on);
    visit("result", row.result);
    visit("evidence", row.evidence);
    visit("actor", row.actor);
    visit("history", row.history.items);
    visit("history_total", row.history.total);
    visit("known", row.known);
    visit("simulated", row.simulated);
    visit("_last_assigned", row.last_assigned);
    visit("_last_progressed", row.last_progressed);
    visit("_last_completed", row.last_completed);
    visit("_reported_on", row.reported_on);
    visit("_said", row.said);
  }
};
inline const TableSpec<CommitmentRow> kCommitments{"commitments", "commitments", 0, {"meeting", "commitment"}};

std::unique_ptr<Projection> make_commitments();

}  // namespace dongbo::projection
