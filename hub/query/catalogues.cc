#include "hub/query/catalogues.h"

#include <fmt/format.h>

#include <fstream>

#include <nlohmann/json.hpp>

namespace dongbo::query {
namespace {

using Json = nlohmann::json;

Result<Json> read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error::fatal(fmt::format("không mở được danh mục {0} / catalogue {0} cannot be opened", file.string()));
  auto json = Json::parse(in, nullptr, false);
  if (json.is_discarded())
    return Error::fatal(fmt::format("danh mục {0} không phải JSON / catalogue {0} is not JSON", file.string()));
  return json;
}

std::string text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<Json> list(const Json& object, const char* name, const std::filesystem::path& file) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) {
    return Error::fatal(
        fmt::format("danh mục {0} không có danh sách \"{1}\" / catalogue {0} has no list \"{1}\"", file.string(), name));
  }
  for (const auto& item : *found) {
    if (!item.is_object())
      return Error::fatal(
          fmt::format("danh mục {0}: một mục của \"{1}\" không phải đối tượng / catalogue {0}: an item of \"{1}\" is no object",
                      file.string(), name));
  }
  return *found;
}

Catalogues::Named named(const Json& item) {
  return {text(item, "name"), text(item, "name_en")};
}

}  // namespace

std::string Catalogues::component_key(std::string_view index, std::string_view method, std::string_view component) {
  std::string out(index);
  out.append(1, '\0').append(method).append(1, '\0').append(component);
  return out;
}

Result<Catalogues> Catalogues::load(const std::filesystem::path& directory) {
  Catalogues out;
  const auto compositions_file = directory / "compositions.json";
  DONGBO_ASSIGN(const auto compositions, read_json(compositions_file));
  DONGBO_ASSIGN(const auto groups, list(compositions, "compositions", compositions_file));
  for (const auto& group : groups) out.compositions[text(group, "code")] = named(group);

  const auto agencies_file = directory / "agencies.json";
  DONGBO_ASSIGN(const auto agencies, read_json(agencies_file));
  DONGBO_ASSIGN(const auto bodies, list(agencies, "agencies", agencies_file));
  for (const auto& body : bodies) {
    out.agencies[text(body, "code")] = named(body);
    out.agency_parents[text(body, "code")] = text(body, "parent");
  }

  const auto indices_file = directory / "indices.json";
  DONGBO_ASSIGN(const auto catalogue, read_json(indices_file));
  DONGBO_ASSIGN(const auto indices, list(catalogue, "indices", indices_file));
  for (const auto& index : indices) {
    out.indices[text(index, "index")] = named(index);
    DONGBO_ASSIGN(const auto methods, list(index, "methods", indices_file));
    for (const auto& method : methods) {
      DONGBO_ASSIGN(const auto components, list(method, "components", indices_file));
      for (const auto& component : components) {
        out.components[component_key(text(index, "index"), text(method, "method"), text(component, "code"))] = named(component);
      }
    }
  }
  return out;
}

}  // namespace dongbo::query
