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

// Amounts are decimals as text: money does not pass through binary fractions.
struct BudgetItem {
  std::string item;
  std::string amount;
  std::string quantity;
  std::string unit_price;
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("item", row.item);
    visit("amount", row.amount);
    visit("quantity", row.quantity);
    visit("unit_price", row.unit_price);
    visit("note", row.note);
  }
};

// What one step (estimate, appraisal, approval) said; `time` absent: not said yet. `total` is as stated, or else the sum
// of the items (`total_is_sum`); "" when there is neither.
struct BudgetStep {
  Stamp stamp;
  std::optional<Millis> time;
  std::vector<BudgetItem> items;
  std::string total;
  bool total_is_sum = false;
  std::string currency;
  std::string unit;       // that drew up, appraised or approved it
  std::string outcome;    // of an appraisal: agreed | adjusted | returned
  std::string reason;     // of an appraisal
  std::string funding;    // of an estimate
  std::string legal_act;  // of an approval
  std::string document;
  std::string person;  // personal: who acted or approved
  std::string note;
  static void fields(auto& row, auto&& visit) {
    visit("_stamp", row.stamp);
    visit("time", row.time);
    visit("items", row.items);
    visit("total", row.total);
    visit("total_is_sum", row.total_is_sum);
    visit("currency", row.currency);
    visit("unit", row.unit);
    visit("outcome", row.outcome);
    visit("reason", row.reason);
    visit("funding", row.funding);
    visit("legal_act", row.legal_act);
    visit("document", row.document);
    visit("person", row.person);
    visit("note", row.note);
  }
};

// A cost estimate and what became of it. Each step is a whole statement, the latest by event time. `state` is the latest
// step by event time: estimated, appraised, returned (an appraisal that sent it back), approved. The amount in force
// (`items`, `total`, `currency`) is that of the latest step that states one: an appraisal that agrees without figures
// leaves the estimate's. An estimate known only from a later step has known = false.
struct BudgetRow {
  std::string meeting;
  std::string estimate;
  std::string state;
  std::vector<BudgetItem> items;
  std::string total;
  std::string currency;
  BudgetStep estimated;
  BudgetStep appraised;
  BudgetStep approved;
  std::int64_t revisions = 0;  // how often an estimate was sent
  bool known = false;
  bool simulated = false;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("estimate", row.estimate);
    visit("state", row.state);
    visit("items", row.items);
    visit("total", row.total);
    visit("currency", row.currency);
    visit("estimated", row.estimated);
    visit("appraised", row.appraised);
    visit("approved", row.approved);
    visit("revisions", row.revisions);
    visit("known", row.known);
    visit("simulated", row.simulated);
  }
};
inline const TableSpec<BudgetRow> kBudget{"budget", "budget", 0, {"meeting", "estimate"}};

std::unique_ptr<Projection> make_budget();

}  // namespace dongbo::projection
