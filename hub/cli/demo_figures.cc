#include "hub/cli/demo_figures.h"

#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "hub/cli/csv_table.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

std::optional<int> whole(const std::string& text) {
  int number = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failed != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

struct Publication {
  std::string source;
  std::string method;
  Millis time;
  std::string day;  // empty: not found, then `time` is the day of the register
};

// Who published an index of a year, when and by which method (schemas/catalogues/indices.json, index_structure.md).
// Nothing: after the conference, or not known.
std::optional<Publication> publication(const std::string& index, int year) {
  const auto undated = vietnam(2023, 4, 10);
  if (index == "PAPI" && year == 2022) return Publication{"/publishers/cecodes", "PAPI-2022", vietnam(2023, 4, 12), "2023-04-12"};
  if (index == "PAPI" && year == 2021) return Publication{"/publishers/cecodes", "PAPI-2021", undated, ""};
  if (index == "PAR INDEX" && year == 2022)
    return Publication{"/publishers/bo-noi-vu", "PAR-876", vietnam(2023, 4, 19), "2023-04-19"};
  if (index == "PAR INDEX" && year == 2021) return Publication{"/publishers/bo-noi-vu", "PAR-1149", undated, ""};
  if (index == "SIPAS" && year == 2022)
    return Publication{"/publishers/bo-noi-vu", "SIPAS-2022", vietnam(2023, 4, 19), "2023-04-19"};
  if (index == "SIPAS" && year == 2021) return Publication{"/publishers/bo-noi-vu", "SIPAS-2017", undated, ""};
  if (index == "PAR INDEX nội bộ" && year == 2022)
    return Publication{"/provinces/49/ubnd", "QNA-617", vietnam(2023, 3, 29), "2023-03-29"};
  return std::nullopt;
}

std::string slug(const std::string& index) {
  if (index == "PAR INDEX") return "par";
  if (index == "SIPAS") return "sipas";
  if (index == "PAPI") return "papi";
  return "par-noi-bo";
}

class Figures {
 public:
  explicit Figures(std::vector<DemoEvent>& events) : events_(events) {}

  struct Figure {
    std::string index, year, unit, component, component_name, score, max, rank, population, group, quality, note, origin,
        legal_act;
  };

  // The first of several rows for one figure counts: the fullest file is read first.
  void add(const Figure& figure) {
    const auto year = whole(figure.year);
    const auto published = year ? publication(figure.index, *year) : std::nullopt;
    if (!published) return;
    Json data{{"index", figure.index}, {"year", *year}, {"method", published->method}, {"unit", figure.unit}};
    const auto text = [&data](const char* member, const std::string& value) {
      if (!value.empty()) data[member] = value;
    };
    const auto number = [&data](const char* member, const std::string& value) {
      if (const auto parsed = whole(value)) data[member] = *parsed;
    };
    text("component", figure.component);
    text("component_name", figure.component_name);
    text("score", figure.score);
    text("max", figure.max);
    number("rank", figure.rank);
    if (figure.quality == "band" && figure.note.find("ranks 59-63") != std::string::npos) {
      data["rank_min"] = 59;
      data["rank_max"] = 63;
    }
    if (!data.contains("score") && !data.contains("rank") && !data.contains("rank_min")) return;
    if (!figure.rank.empty() || data.contains("rank_min")) number("population", figure.population);
    text("group", figure.group);
    text("quality", figure.quality);
    text("origin", figure.origin);
    text("published_at", published->day);
    text("legal_act", figure.legal_act);
    text("note", published->day.empty() ? joined(figure.note, "ngày công bố chưa tìm thấy / the day of publication was not found")
                                        : figure.note);
    if (!seen_.emplace(figure.index, *year, figure.unit, figure.component).second) return;
    publish(figure, *published, std::move(data));
  }

 private:
  static std::string joined(const std::string& a, const std::string& b) { return a.empty() ? b : a + "; " + b; }

  void publish(const Figure& figure, const Publication& published, Json data) {
    DemoEvent event;
    event.id =
        slug(figure.index) + "-" + figure.year + "-" + figure.unit + "-" + (figure.component.empty() ? "tong" : figure.component);
    event.source = published.source;
    event.fact = "index.published";
    event.subject = "indexes/" + figure.index + "/" + figure.year + "/units/" + figure.unit;
    event.time = event.sent = published.time;
    event.data = std::move(data);
    events_.push_back(std::move(event));
  }

  std::vector<DemoEvent>& events_;
  std::set<std::tuple<std::string, int, std::string, std::string>> seen_;
};

}  // namespace

Result<void> load_index_figures(const std::filesystem::path& facts, std::vector<DemoEvent>& events) {
  Figures figures(events);
  DONGBO_ASSIGN(const auto components, CsvTable::read(facts / "index_components.csv"));
  for (std::size_t i = 0; i < components.size(); ++i) {
    const auto cell = [&](const char* column) { return components.cell(i, column); };
    const bool papi = cell("index") == "PAPI";
    figures.add({cell("index"), cell("year"), cell("unit_code"), cell("component"), cell("component_name"), cell("score"),
                 cell("max"), cell("rank"), papi ? (cell("year") == "2022" ? "61" : "60") : "63", "", cell("quality"),
                 cell("note"), cell("source"), ""});
  }
  for (const char* file :
       {"par_index_2022.csv", "par_index_2021.csv", "sipas_2022.csv", "sipas_2021.csv", "papi_2022.csv", "papi_2021.csv"}) {
    DONGBO_ASSIGN(const auto table, CsvTable::read(facts / file));
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto cell = [&](const char* column) { return table.cell(i, column); };
      const bool papi = cell("index") == "PAPI";
      const std::string population = papi ? (cell("year") == "2022" ? "61" : "60") : "63";
      // PAPI's ranks are computed from the scores; its dimensions are as the source states them.
      figures.add({cell("index"), cell("year"), cell("unit_code"), "", "", cell("score"), "", cell("rank"), population,
                   cell("group"), papi ? "computed" : cell("quality"), cell("note"), cell("source"), ""});
      for (const std::string area : {"1", "2", "3", "4", "5", "6", "7", "8"}) {
        const auto component = (papi ? "d" : "c") + area;
        figures.add({cell("index"), cell("year"), cell("unit_code"), component, "", table.cell(i, component), papi ? "10" : "",
                     "", "", "", "stated", "", cell("source"), ""});
      }
    }
  }
  DONGBO_ASSIGN(const auto own, CsvTable::read(facts / "quangnam_internal.csv"));
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto cell = [&](const char* column) { return own.cell(i, column); };
    if (cell("unit_code").empty()) continue;
    figures.add({cell("index"), cell("year"), cell("unit_code"), "", "", cell("score"), "", cell("rank"), "", "", "stated",
                 cell("note"), cell("source"), cell("decision")});
  }
  return {};
}

}  // namespace dongbo::cli
