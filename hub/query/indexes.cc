#include "hub/projection/indexes.h"

#include <algorithm>

#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

void put_name(Json& out, const Catalogues::Named* named) {
  out["name"] = named == nullptr ? "" : named->name_vi;
  out["name_en"] = named == nullptr ? "" : named->name_en;
}

const Catalogues::Named* find(const std::map<std::string, Catalogues::Named>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// One figure with the names that the registry and the catalogue have for its unit and component.
Result<Json> render_figure(Context& context, Names& names, const projection::IndexRow& row) {
  auto out = projection::to_json(row);
  for (const auto* said_by_the_path : {"index", "year", "known"}) out.erase(said_by_the_path);
  DONGBO_ASSIGN(const auto unit_name, names.unit(row.unit));
  out["unit_name"] = unit_name.value_or("");
  out["flags"] = unit_name ? Json::array() : Json::array({"unknown_unit"});
  if (row.component.empty()) return out;
  const auto* component = find(context.catalogues.components, Catalogues::component_key(row.index, row.method, row.component));
  if (component != nullptr) {
    if (row.figure.component_name.empty()) out["component_name"] = component->name_vi;
    out["component_name_en"] = component->name_en;
  }
  return out;
}

}  // namespace

Result<Reply> list_indexes(Context& context) {
  const auto& parameters = context.parameters;
  std::vector<Listing> parts;
  for (const auto shard : context.view.all()) {
    DONGBO_ASSIGN(auto part, list_rows(context.view.at(shard), projection::kIndexYears, "", parameters.after(),
                                       parameters.page_size(), [&](std::string_view, const projection::IndexYearRow& row) {
                                         auto out = projection::to_json(row);
                                         put_name(out, find(context.catalogues.indices, row.index));
                                         return std::optional<Json>(std::move(out));
                                       }));
    parts.push_back(std::move(part));
  }
  return reply_list(context, merge(std::move(parts), parameters.page_size()));
}

Result<Reply> show_index(Context& context) {
  const auto& index = context.segments[1];
  const auto& year = context.segments[2];
  const auto& component = context.parameters.text("component");
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  const auto& snapshot = context.view.at_home(index + "/" + year);
  Names names(context);
  std::optional<Error> failure;
  DONGBO_ASSIGN(auto listing, list_rows(snapshot, projection::kIndexes, projection::prefix(index, year),
                                        context.parameters.after(), context.parameters.page_size(),
                                        [&](std::string_view, const projection::IndexRow& row) -> std::optional<Json> {
                                          if (units && !units->contains(row.unit)) return std::nullopt;
                                          if (!component.empty() && row.component != component) return std::nullopt;
                                          auto out = render_figure(context, names, row);
                                          if (out) return std::move(*out);
                                          failure = out.error();
                                          return std::nullopt;
                                        }));
  if (failure) return *failure;
  if (listing.items.empty() && context.parameters.after().empty()) {
    // Filtered to nothing, or no such index and year?
    DONGBO_ASSIGN(const auto any, list_rows(snapshot, projection::kIndexYears, projection::prefix(index, year), "", 1,
                                            [](std::string_view, const auto&) { return std::optional<Json>(Json()); }));
    if (any.items.empty()) {
      return not_found("no figures of index \"" + index + "\" for the year \"" + year + "\"; /v1/indexes lists what there is");
    }
  }
  Json more{{"index", index}};
  put_name(more, find(context.catalogues.indices, index));
  return reply_list(context, std::move(listing), std::move(more));
}

}  // namespace dongbo::query
