#include "hub/projection/budget.h"

#include <array>

#include "hub/projection/decimal.h"

namespace dongbo::projection {
namespace {

std::vector<BudgetItem> items_of(const Fact& fact) {
  std::vector<BudgetItem> out;
  for (const auto& item : fact.data.objects("items")) {
    out.push_back({std::string(item.text("item")), item.decimal("amount"), item.decimal("quantity"), item.decimal("unit_price"),
                   std::string(item.text("note"))});
  }
  return out;
}

// "" when there is nothing to add or an amount is no decimal: a wrong sum is worse than none.
std::string sum_of(const std::vector<BudgetItem>& items) {
  if (items.empty()) return {};
  Decimal sum;
  for (const auto& item : items) {
    const auto amount = Decimal::parse(item.amount);
    if (!amount) return {};
    sum = sum + *amount;
  }
  return sum.text();
}

BudgetStep step_of(const Fact& fact) {
  BudgetStep step;
  step.stamp = fact.stamp;
  step.time = fact.event.time;
  step.items = items_of(fact);
  step.total = fact.data.decimal("total");
  if (step.total.empty()) {
    step.total = sum_of(step.items);
    step.total_is_sum = !step.total.empty();
  }
  step.currency = fact.text("currency");
  step.unit = fact.text("unit");
  step.outcome = fact.text("outcome");
  step.reason = fact.text("reason");
  step.funding = fact.text("funding");
  step.legal_act = fact.text("legal_act");
  step.document = fact.text("document");
  step.person = fact.text(fact.name == "budget.approved" ? "approver" : "actor");
  step.note = fact.text("note");
  return step;
}

void settle(BudgetRow& row) {
  std::array<const BudgetStep*, 3> steps{&row.estimated, &row.appraised, &row.approved};
  std::sort(steps.begin(), steps.end(), [](const auto* a, const auto* b) { return a->stamp > b->stamp; });
  const auto* last = steps.front();
  if (last == &row.approved) {
    row.state = "approved";
  } else if (last == &row.estimated) {
    row.state = "estimated";
  } else {
    row.state = last->outcome == "returned" ? "returned" : "appraised";
  }
  row.items.clear();
  row.total.clear();
  row.currency.clear();
  const auto stating = std::find_if(steps.begin(), steps.end(), [](const auto* step) { return !step->total.empty(); });
  if (stating == steps.end()) return;
  row.items = (*stating)->items;
  row.total = (*stating)->total;
  // A step may state figures and leave the currency as it was.
  const auto naming = std::find_if(stating, steps.end(), [](const auto* step) { return !step->currency.empty(); });
  if (naming != steps.end()) row.currency = (*naming)->currency;
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto meeting = fact.text("meeting");
  const auto estimate = fact.text("estimate");
  auto& row = tables[kBudget].upsert(key(meeting, estimate));
  row.meeting = meeting;
  row.estimate = estimate;
  row.simulated |= fact.simulated;
  auto* step = &row.approved;
  if (fact.name == "budget.estimated") {
    row.known = true;
    ++row.revisions;
    step = &row.estimated;
  } else if (fact.name == "budget.appraised") {
    step = &row.appraised;
  }
  if (!step->stamp.said() || step->stamp < fact.stamp) *step = step_of(fact);
  settle(row);
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_budget() {
  return define("budget", 2, {"budget.estimated", "budget.appraised", "budget.approved"}, fold, kBudget);
}

}  // namespace dongbo::projection
