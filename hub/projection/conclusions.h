#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// A conclusion of the chair. Issued again it is a whole new text: the latest by event time; `issues` counts them.
struct ConclusionRow {
  std::string meeting;
  std::string conclusion;
  std::string title;
  std::string text;
  std::string index;
  std::string component;
  std::string unit;
  std::string number;
  std::string signer;           // personal
  std::string signer_position;  // personal
  std::string due;
  std::string document;
  std::string note;
  std::optional<Millis> issued_at;  // of the text in force
  std::int64_t issues = 0;
  bool simulated = false;
  Said said;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("conclusion", row.conclusion);
    visit("title", row.title);
    visit("text", row.text);
    visit("index", row.index);
    visit("component", row.component);
    visit("unit", row.unit);
    visit("number", row.number);
    visit("signer", row.signer);
    visit("signer_position", row.signer_position);
    visit("due", row.due);
    visit("document", row.document);
    visit("note", row.note);
    visit("issued_at", row.issued_at);
    visit("issues", row.issues);
    visit("simulated", row.simulated);
    visit("_said", row.said);
  }
};
inline const TableSpec<ConclusionRow> kConclusions{"conclusions", "conclusions", 0, {"meeting", "conclusion"}};

std::unique_ptr<Projection> make_conclusions();

}  // namespace dongbo::projection
