#include "hub/report/reference.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

#include "hub/report/json_reader.h"

namespace dongbo::report {
namespace {

Result<Json> read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error::fatal(fmt::format("không mở được danh mục {0} / catalogue {0} cannot be opened", file.string()));
  auto json = Json::parse(in, nullptr, false);
  if (json.is_discarded())
    return Error::fatal(fmt::format("danh mục {0} không phải JSON / catalogue {0} is not JSON", file.string()));
  return json;
}

void read_indices(const Json& catalogue, Reference& out) {
  for (const auto& index : member(catalogue, "indices")) {
    const auto name = text(index, "index");
    out.indices[name] = {text(index, "name"), text(index, "unit"), decimal(index, "max")};
    for (const auto& method : member(index, "methods"))
      for (const auto& component : member(method, "components")) {
        const auto key = query::Catalogues::component_key(name, text(method, "method"), text(component, "code"));
        if (const auto max = decimal(component, "max"); !max.empty()) out.component_max[key] = max;
        if (const auto parent = text(component, "parent"); !parent.empty()) out.component_parent[key] = parent;
      }
  }
}

Result<void> read_titles(const std::filesystem::path& events, Reference& out) {
  std::error_code failed;
  for (auto at = std::filesystem::recursive_directory_iterator(events, failed);
       !failed && at != std::filesystem::recursive_directory_iterator(); at.increment(failed)) {
    if (at->path().extension() != ".json") continue;
    DONGBO_ASSIGN(const auto schema, read(at->path()));
    out.fact_titles[text(schema, "x-type")] = text(schema, "title");
  }
  if (failed)
    return Error::fatal(fmt::format("không đọc được lược đồ sự kiện {0} / the schemas of events {0} cannot be read: {1}",
                                    events.string(), failed.message()));
  return {};
}

}  // namespace

Result<Reference> Reference::load(const std::filesystem::path& catalogues) {
  Reference out;
  DONGBO_ASSIGN(out.catalogues, query::Catalogues::load(catalogues));
  DONGBO_ASSIGN(out.working_days, WorkingDays::load(catalogues / "holidays.json"));
  DONGBO_ASSIGN(const auto agencies, read(catalogues / "agencies.json"));
  for (const auto& agency : member(agencies, "agencies")) out.agency_kinds[text(agency, "code")] = text(agency, "kind");
  DONGBO_ASSIGN(const auto indices, read(catalogues / "indices.json"));
  read_indices(indices, out);
  DONGBO_ASSIGN(const auto labels, read(catalogues / "labels.json"));
  for (const auto& [name, list] : member(labels, "lists").items())
    for (const auto& value : member(list, "values")) out.labels[name][text(value, "code")] = text(value, "name");
  DONGBO_TRY(read_titles(catalogues / ".." / "events", out));
  return out;
}

std::string Reference::label(const std::string& list, const std::string& code) const {
  const auto found = labels.find(list);
  if (found == labels.end()) return code;
  const auto value = found->second.find(code);
  return value == found->second.end() ? code : value->second;
}

}  // namespace dongbo::report
