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

// What an event says of a figure. Scores are decimals as text with the digits of the source; "" and absent: not said.
struct IndexFigure {
  std::string score;
  std::string max;
  std::optional<std::int64_t> rank;
  std::optional<std::int64_t> rank_min;
  std::optional<std::int64_t> rank_max;
  std::optional<std::int64_t> population;
  std::string group;
  std::string quality;  // stated | derived | computed | ordered | band | estimated
  std::string origin;
  std::string published_at;
  std::string legal_act;
  std::string component_name;
  static void fields(auto& row, auto&& visit) {
    visit("score", row.score);
    visit("max", row.max);
    visit("rank", row.rank);
    visit("rank_min", row.rank_min);
    visit("rank_max", row.rank_max);
    visit("population", row.population);
    visit("group", row.group);
    visit("quality", row.quality);
    visit("origin", row.origin);
    visit("published_at", row.published_at);
    visit("legal_act", row.legal_act);
    visit("component_name", row.component_name);
  }
};

struct EventReference {
  std::string source;
  std::string id;
  static void fields(auto& row, auto&& visit) {
    visit("source", row.source);
    visit("id", row.id);
  }
};

struct IndexCorrection {
  Stamp stamp;
  std::string reason;
  std::string note;
  EventReference corrects;
  event::Digest corrected_identity;  // of `corrects`; none when it names nothing
  bool applied = false;              // does it count for the figure shown?
  IndexFigure figure;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    visit("reason", row.reason);
    visit("note", row.note);
    visit("corrects", row.corrects);
    visit("_corrected_identity", row.corrected_identity);
    visit("applied", row.applied);
    IndexFigure::fields(row.figure, visit);
  }
};

struct IndexPublication {
  Stamp stamp;
  IndexFigure figure;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.stamp.time);
    visit("_identity", row.stamp.identity);
    IndexFigure::fields(row.figure, visit);
  }
};

// One figure: of an index, year, method version, unit and component ("": the total). Figures of different methods are
// different rows and never mixed. What is shown: the latest publication by event time, with the corrections that name it
// and those that came later than it (unless they name another publication); in order of event time, each says only the
// members it has. What was published before stays in `publications`, and every correction in `corrections` with its
// reason. A correction that arrives before what it corrects makes a row with known = false that shows what it says.
// More than 200 publications or 200 corrections of one figure: the next one is refused (poison).
struct IndexRow {
  std::string index;
  std::int64_t year = 0;
  std::string method;
  std::string unit;
  std::string component;
  IndexFigure figure;
  bool known = false;
  bool corrected = false;                      // some correction counts for the figure shown
  std::vector<IndexCorrection> corrections;    // ascending by event time
  std::vector<IndexPublication> publications;  // ascending by event time
  bool simulated = false;
  static void fields(auto& row, auto&& visit) {
    visit("index", row.index);
    visit("year", row.year);
    visit("method", row.method);
    visit("unit", row.unit);
    visit("component", row.component);
    IndexFigure::fields(row.figure, visit);
    visit("known", row.known);
    visit("corrected", row.corrected);
    visit("corrections", row.corrections);
    visit("publications", row.publications);
    visit("simulated", row.simulated);
  }
};
inline constexpr std::size_t kIndexFactsMax = 200;
// `year` in the key: four digits.
inline const TableSpec<IndexRow> kIndexes{"indexes", "indexes", 0, {"index", "year", "method", "unit", "component"}};

// An index, year and method that has figures: how many, and of how many units.
struct IndexYearRow {
  std::string index;
  std::int64_t year = 0;
  std::string method;
  std::int64_t units = 0;
  std::int64_t figures = 0;
  bool simulated = false;
  static void fields(auto& row, auto&& visit) {
    visit("index", row.index);
    visit("year", row.year);
    visit("method", row.method);
    visit("units", row.units);
    visit("figures", row.figures);
    visit("simulated", row.simulated);
  }
};
inline const TableSpec<IndexYearRow> kIndexYears{"indexes", "index_years", 1, {"index", "year", "method"}};

struct IndexUnitRow {
  std::int64_t figures = 0;
  static void fields(auto& row, auto&& visit) { visit("figures", row.figures); }
};
inline const TableSpec<IndexUnitRow> kIndexUnits{"indexes", "index_units", 2, {"index", "year", "method", "unit"}, false};

std::unique_ptr<Projection> make_indexes();

}  // namespace dongbo::projection
