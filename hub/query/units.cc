#include "hub/projection/units.h"

#include <fmt/format.h>

#include <algorithm>

#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

using projection::kUnits;
using projection::UnitRow;

constexpr std::string_view kUnitsHome = "units";

// A unit as its last version has it, with its versions; the single facts behind them are in the journal.
std::string render(const UnitRow& row) {
  ObjectText out;
  return out.members_of(row, {"facts", "known"}).text();
}

// The units that a name means: the unit of that name, and all that bear or bore it as a code.
Result<std::set<std::string>> units_named(Context& context, const std::string& name) {
  const auto& snapshot = context.view.at_home(kUnitsHome);
  std::set<std::string> out;
  DONGBO_ASSIGN(const auto code, projection::row(snapshot, projection::kUnitCodes, projection::key(name)));
  if (code) out.insert(code->units.begin(), code->units.end());
  DONGBO_ASSIGN(const auto row, projection::row(snapshot, kUnits, projection::key(name)));
  if (row) out.insert(name);
  return out;
}

}  // namespace

Result<Reply> list_units(Context& context) {
  const auto& parameters = context.parameters;
  const auto& level = parameters.text("level");
  const auto& parent = parameters.text("parent");
  std::set<std::string> parents{parent};
  if (!parent.empty()) {
    DONGBO_ASSIGN(auto named, units_named(context, parent));
    parents.merge(named);
  }
  UnitFilter under;
  if (parameters.has("under")) {
    DONGBO_ASSIGN(const auto nodes, unit_nodes(context, ""));
    under = subtree(nodes, parameters.text("under"));
  }
  DONGBO_ASSIGN(auto listing, list_rows(context.view.at_home(kUnitsHome), kUnits, "", parameters.after(), parameters.page_size(),
                                        [&](std::string_view, const UnitRow& row) -> std::optional<std::string> {
                                          if (!level.empty() && row.level != level) return std::nullopt;
                                          if (!parent.empty() && !parents.contains(row.parent)) return std::nullopt;
                                          if (under && !under->contains(row.unit)) return std::nullopt;
                                          return render(row);
                                        }));
  return reply_list(context, listing);
}

Result<Reply> show_unit(Context& context) {
  const auto& code = context.segments[1];
  const auto& snapshot = context.view.at_home(kUnitsHome);
  DONGBO_ASSIGN(const auto named, units_named(context, code));
  if (named.empty()) {
    return not_found(
        fmt::format("không có đơn vị nào tên \"{0}\" hay từng mang mã đó; danh mục đơn vị ở /v1/units / no unit is named \"{0}\" "
                    "or bears or bore that code; /v1/units lists the registry",
                    code));
  }
  ArrayText units;
  for (const auto& name : named) {
    DONGBO_ASSIGN(const auto row, projection::row(snapshot, kUnits, projection::key(name)));
    if (row) units.add(render(*row));
  }
  ArrayText children;
  DONGBO_TRY(projection::scan(snapshot, kUnits, "", "", [&](std::string_view, const UnitRow& row) {
    if (!named.contains(row.parent) || row.unit == row.parent) return true;
    ObjectText child;
    child.member("unit", row.unit).member("code", row.code).member("name", row.name).member("level", row.level);
    child.member("kind", row.kind).member("parent", row.parent);
    children.add(child.member("valid_from", row.valid_from).member("valid_until", row.valid_until).text());
    return true;
  }));
  ObjectText body;
  body.member("code", code).raw("units", units.text()).raw("children", children.text());
  return reply(context, std::move(body));
}

}  // namespace dongbo::query
