#include "hub/projection/indexes.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

void put_name(ObjectText& out, const Catalogues::Named* named) {
  out.member("name", named == nullptr ? "" : named->name_vi).member("name_en", named == nullptr ? "" : named->name_en);
}

const Catalogues::Named* find(const std::map<std::string, Catalogues::Named>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// One figure with the names that the registry and the catalogue have for its unit and component.
Result<std::string> render_figure(Context& context, Names& names, const projection::IndexRow& row) {
  DONGBO_ASSIGN(const auto unit_name, names.unit(row.unit));
  const auto* component = find(context.catalogues.components, Catalogues::component_key(row.index, row.method, row.component));
  ObjectText out;
  out.members_of(row, {"index", "year", "known", "component_name"});
  const bool from_catalogue = row.figure.component_name.empty() && component != nullptr;
  out.member("component_name", from_catalogue ? component->name_vi : row.figure.component_name);
  out.member("component_name_en", component == nullptr ? "" : component->name_en);
  out.member("unit_name", unit_name.value_or("")).member("flags", unit_name ? Flags() : Flags{"unknown_unit"});
  return out.text();
}

}  // namespace

Result<Reply> list_indexes(Context& context) {
  const auto& parameters = context.parameters;
  std::vector<Listing> parts;
  for (const auto shard : context.view.all()) {
    DONGBO_ASSIGN(auto part, list_rows(context.view.at(shard), projection::kIndexYears, "", parameters.after(),
                                       parameters.page_size(), [&](std::string_view, const projection::IndexYearRow& row) {
                                         ObjectText out;
                                         put_name(out.members_of(row), find(context.catalogues.indices, row.index));
                                         return std::optional<std::string>(out.text());
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
                                        [&](std::string_view, const projection::IndexRow& row) -> std::optional<std::string> {
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
                                            [](std::string_view, const auto&) { return std::optional<std::string>(""); }));
    if (any.items.empty()) {
      return not_found(
          fmt::format("không có số liệu của chỉ số \"{0}\" năm \"{1}\"; danh sách hiện có ở /v1/indexes / no figures of index "
                      "\"{0}\" for the year \"{1}\"; /v1/indexes lists what there is",
                      index, year));
    }
  }
  return reply_list(context, listing,
                    [&](ObjectText& body) { put_name(body.member("index", index), find(context.catalogues.indices, index)); });
}

}  // namespace dongbo::query
