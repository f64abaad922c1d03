#include "hub/projection/indexes.h"

#include <fmt/format.h>

#include "hub/event/identity.h"

namespace dongbo::projection {
namespace {

IndexFigure figure_of(const Fact& fact) {
  const auto& data = fact.data;
  return {data.decimal("score"),    data.decimal("max"),        data.integer("rank"),   data.integer("rank_min"),
          data.integer("rank_max"), data.integer("population"), fact.text("group"),     fact.text("quality"),
          fact.text("origin"),      fact.text("published_at"),  fact.text("legal_act"), fact.text("component_name")};
}

// Lays what `by` says over `figure`.
void correct(IndexFigure& figure, const IndexFigure& by) {
  const auto text = [](std::string& into, const std::string& said) {
    if (!said.empty()) into = said;
  };
  const auto number = [](std::optional<std::int64_t>& into, const std::optional<std::int64_t>& said) {
    if (said) into = said;
  };
  text(figure.score, by.score);
  text(figure.max, by.max);
  number(figure.rank, by.rank);
  number(figure.rank_min, by.rank_min);
  number(figure.rank_max, by.rank_max);
  number(figure.population, by.population);
  text(figure.group, by.group);
  text(figure.quality, by.quality);
  text(figure.origin, by.origin);
  text(figure.published_at, by.published_at);
  text(figure.legal_act, by.legal_act);
  text(figure.component_name, by.component_name);
}

// Does the correction count for the publication that is shown?
bool applies(const IndexCorrection& correction, const IndexRow& row) {
  if (row.publications.empty()) return true;
  const auto& shown = row.publications.back();
  const auto& named = correction.corrected_identity;
  if (!named.none()) {
    if (named == shown.stamp.identity) return true;
    for (const auto& publication : row.publications) {
      if (named == publication.stamp.identity) return false;
    }
  }
  return correction.stamp > shown.stamp;  // it names nothing, another correction, or what has not arrived
}

void settle(IndexRow& row) {
  row.known = !row.publications.empty();
  row.figure = row.known ? row.publications.back().figure : IndexFigure{};
  row.corrected = false;
  for (auto& correction : row.corrections) {
    correction.applied = applies(correction, row);
    if (!correction.applied) continue;
    row.corrected = true;
    correct(row.figure, correction.figure);
  }
}

template <class T>
Result<void> add(std::vector<T>& facts, T fact, const IndexRow& row) {
  if (facts.size() >= kIndexFactsMax) {
    return Error::poison(
        fmt::format("chỉ số {0}, {1}, đơn vị {2}, thành phần '{3}': quá {4} dữ kiện về một số liệu / index {0}, {1}, unit {2}, "
                    "component '{3}': more than {4} facts about one figure",
                    row.index, row.year, row.unit, row.component, kIndexFactsMax));
  }
  const auto at = std::upper_bound(facts.begin(), facts.end(), fact, [](const T& a, const T& b) { return a.stamp < b.stamp; });
  facts.insert(at, std::move(fact));
  return {};
}

void count_figure(const IndexRow& row, const std::string& year, Tables& tables) {
  auto& counts = tables[kIndexYears].upsert(key(row.index, year, row.method));
  counts.index = row.index;
  counts.year = row.year;
  counts.method = row.method;
  ++counts.figures;
  auto& unit = tables[kIndexUnits].upsert(key(row.index, year, row.method, row.unit));
  if (unit.figures++ == 0) ++counts.units;
}

Result<void> fold(const Fact& fact, Tables& tables) {
  const auto index = fact.text("index");
  const auto year = std::to_string(fact.data.integer("year").value_or(0));
  const auto method = fact.text("method");
  auto& row = tables[kIndexes].upsert(key(index, year, method, fact.data.text("unit"), fact.data.text("component")));
  if (row.publications.empty() && row.corrections.empty()) {
    row.index = index;
    row.year = fact.data.integer("year").value_or(0);
    row.method = method;
    row.unit = fact.text("unit");
    row.component = fact.text("component");
    count_figure(row, year, tables);
  }
  row.simulated |= fact.simulated;
  tables[kIndexYears].upsert(key(index, year, method)).simulated |= fact.simulated;
  if (fact.name == "index.published") {
    DONGBO_TRY(add(row.publications, {fact.stamp, figure_of(fact)}, row));
  } else {
    const auto corrects = fact.data.object("corrects");
    IndexCorrection correction{fact.stamp, fact.text("reason"), fact.text("note"), {}, {}, false, figure_of(fact)};
    if (corrects.present()) {
      correction.corrects = {std::string(corrects.text("source")), std::string(corrects.text("id"))};
      correction.corrected_identity = event::identity_of(correction.corrects.source, correction.corrects.id);
    }
    DONGBO_TRY(add(row.corrections, std::move(correction), row));
  }
  settle(row);
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_indexes() {
  return define("indexes", 2, {"index.published", "index.corrected"}, fold, kIndexes, kIndexYears, kIndexUnits);
}

}  // namespace dongbo::projection
