#include <algorithm>
#include <set>

#include "hub/report/decimals.h"
#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

// A mean over fewer provinces than these says nothing of the country.
constexpr std::int64_t kMeanOfMin = 55;

struct Row {
  std::string unit;
  std::string method;
  std::string published_at;
  ScoreFacts score;
};

Row row_of(const Reading& reading, const std::string& index, const Json& item) {
  Row row;
  row.unit = text(item, "unit");
  row.method = text(item, "method");
  row.published_at = text(item, "published_at");
  auto& score = row.score;
  score.component = text(item, "component");
  const auto key = query::Catalogues::component_key(index, row.method, score.component);
  // A source may name its components in English: the catalogue's Vietnamese name goes before.
  const auto named = reading.reference.catalogues.components.find(key);
  const bool known = named != reading.reference.catalogues.components.end();
  if (known) score.name = named->second.name_vi;
  if (score.name.empty()) score.name = line_text(item, "component_name");
  if (score.name.empty() && known) score.name = named->second.name_en;
  if (score.name.empty()) score.name = score.component;
  score.score = decimal(item, "score");
  score.max = decimal(item, "max");
  const auto& reference = reading.reference;
  if (const auto max = reference.component_max.find(key); score.max.empty() && max != reference.component_max.end())
    score.max = max->second;
  score.sub = reference.component_parent.contains(key) || score.component.find('.') != std::string::npos;
  score.rank = integer(item, "rank");
  score.rank_min = integer(item, "rank_min");
  score.rank_max = integer(item, "rank_max");
  score.population = integer(item, "population");
  score.group = line_text(item, "group");
  score.quality = text(item, "quality");
  score.origin = line_text(item, "origin");
  score.corrected = truth(item, "corrected");
  return row;
}

Result<std::vector<Row>> rows_of(Reading& reading, const std::string& index, std::int64_t year) {
  std::vector<Row> out;
  DONGBO_TRY(reading.answers.items_of({"indexes", index, std::to_string(year)},
                                      [&](const Json& item) { out.push_back(row_of(reading, index, item)); }));
  return out;
}

// The method by which the unit's figures of a year are told: the one with a total, the latest published.
std::optional<std::string> method_of(const std::vector<Row>& rows, const std::string& unit) {
  const Row* best = nullptr;
  const auto key = [](const Row& row) { return std::tuple(row.score.component.empty(), row.published_at, row.method); };
  for (const auto& row : rows)
    if (row.unit == unit && (best == nullptr || key(*best) < key(row))) best = &row;
  return best == nullptr ? std::nullopt : std::optional(best->method);
}

void set_mean(const std::vector<Row>& rows, const std::string& method, std::int64_t population, ScoreFacts& score) {
  std::int64_t sum = 0;
  std::int64_t known = 0;
  for (const auto& row : rows) {
    if (row.method != method || row.score.component != score.component) continue;
    const auto micros = micros_of(row.score.score);
    if (!micros) continue;
    sum += *micros;
    ++known;
  }
  if (known < std::max(population, kMeanOfMin)) return;
  const auto point = score.score.find('.');
  const int digits =
      point == std::string::npos ? 2 : static_cast<int>(std::clamp<std::size_t>(score.score.size() - point - 1, 2, 4));
  score.mean = decimal_of(sum / known, digits);
  score.mean_of = known;
  const auto own = micros_of(score.score);
  score.below_mean = own && *own < sum / known;
}

IndexFacts facts_of(Reading& reading, const std::string& index, std::int64_t year, const std::vector<Row>& rows,
                    const std::string& method) {
  IndexFacts out;
  out.index = index;
  const auto known = reading.reference.indices.find(index);
  out.name = known == reading.reference.indices.end() ? index : known->second.name;
  if (known != reading.reference.indices.end()) out.unit_of_score = known->second.unit;
  out.year = year;
  out.method = method;
  for (const auto& row : rows) {
    if (row.method != method) continue;
    out.scores_known += row.score.component.empty() && !row.score.score.empty() ? 1 : 0;
    if (row.unit != reading.facts.unit) continue;
    if (row.score.component.empty()) {
      out.total = row.score;
      out.published_at = row.published_at;
      if (out.total->max.empty() && known != reading.reference.indices.end()) out.total->max = known->second.max;
    } else {
      out.components.push_back(row.score);
    }
  }
  std::sort(out.components.begin(), out.components.end(),
            [](const ScoreFacts& a, const ScoreFacts& b) { return natural_less(a.component, b.component); });
  const auto population = out.total ? out.total->population.value_or(0) : 0;
  if (out.total) set_mean(rows, method, population, *out.total);
  for (auto& component : out.components) set_mean(rows, method, population, component);
  return out;
}

// Years of an index that have figures, the latest first, before the year of the meeting: its own year is not over.
Result<std::map<std::string, std::set<std::int64_t>>> years_of(Reading& reading) {
  const auto& day = reading.facts.meeting.day;
  const std::int64_t before = day.size() >= 4 && event::is_date(day) ? std::stoll(day.substr(0, 4)) : INT64_MAX;
  std::map<std::string, std::set<std::int64_t>> out;
  DONGBO_TRY(reading.answers.items_of({"indexes"}, [&](const Json& item) {
    const auto year = integer(item, "year");
    if (year && *year < before) out[text(item, "index")].insert(*year);
  }));
  return out;
}

// The published indices that a title names, in its order.
std::vector<std::string> named_in(const std::string& title, const std::map<std::string, std::set<std::int64_t>>& published) {
  std::map<std::size_t, std::string> by_place;
  for (const auto& [index, years] : published)
    if (const auto at = title.find(index); at != std::string::npos) by_place.emplace(at, index);
  std::vector<std::string> out;
  for (auto& [place, index] : by_place) out.push_back(std::move(index));
  return out;
}

}  // namespace

Result<void> read_indexes(Reading& reading) {
  auto& facts = reading.facts;
  DONGBO_ASSIGN(const auto years, years_of(reading));
  if (facts.meeting.indexes.empty()) facts.meeting.indexes = named_in(facts.meeting.title, years);
  for (const auto& index : facts.meeting.indexes) {
    const auto found = years.find(index);
    if (found == years.end()) continue;
    std::optional<IndexFacts> told;
    for (auto year = found->second.rbegin(); year != found->second.rend(); ++year) {
      DONGBO_ASSIGN(const auto rows, rows_of(reading, index, *year));
      const auto method = method_of(rows, facts.unit);
      if (!method) continue;
      auto figures = facts_of(reading, index, *year, rows, *method);
      if (!told) {
        told = std::move(figures);
        continue;
      }
      if (figures.total) told->before = IndexFacts::Before{figures.year, figures.method, *figures.total};
      break;
    }
    if (told) facts.indexes.push_back(std::move(*told));
  }
  return {};
}

}  // namespace dongbo::report
