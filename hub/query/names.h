#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/query/context.h"

namespace dongbo::query {

// The unit registry as a tree: who is under whom. Pure; made from all rows when a filter asks for a subtree.
struct UnitNode {
  std::string unit;
  std::string code;
  std::string parent;
};
// Everything that facts may call `root` or what is under it, by the nodes' parents, to any depth: units, and their codes
// where no unit bears that code as its name (a code may be used again by another unit). `root` is a unit or a code; always
// holds `root` itself, known or not. Circles of parents end.
std::set<std::string, std::less<>> subtree(const std::vector<UnitNode>& nodes, const std::string& root);

// Joins the codes in an answer with what the registry and the catalogues know of them: as things were on the day of the
// meeting that the path names, or as they are now. Made for one answer; remembers what it looked up.
class Names {
 public:
  explicit Names(Context& context) : context_(context) {}

  // nullopt: neither in the registry (as a unit or a code it bears or bore) nor in the catalogue of agencies.
  Result<std::optional<std::string>> unit(const std::string& unit);
  const Catalogues::Named* composition(const std::string& composition) const;  // nullptr: unknown
  Result<bool> point_is_planned(const std::string& point);                     // in the path's meeting

  // Flags of a fact that names these; empty names are not looked up.
  Result<Flags> flags(const std::string& point, const std::string& unit, const std::string& composition);

 private:
  Result<std::optional<std::string>> look_up(const std::string& unit);

  Context& context_;
  struct Registry {
    std::optional<std::string> edition;
    std::string day;
  };
  std::optional<Registry> registry_;  // from the first unit on
  std::map<std::string, std::optional<std::string>> units_;
  std::map<std::string, bool> points_;
};

// The day of the meeting that the path names; "" when it names none or nobody planned it.
Result<std::string> day_of_meeting(Context& context);

// The registry as a tree on a day ("": now), with the agencies of the catalogue that it does not hold.
Result<std::vector<UnitNode>> unit_nodes(Context& context, const std::string& day);

// A filter by unit: everything under it. nullopt: the request names no unit.
using UnitFilter = std::optional<std::set<std::string, std::less<>>>;
Result<UnitFilter> unit_filter(Context& context);

// A filter by point, unit (with everything under it) and composition, as far as the request names them.
class WhoFilter {
 public:
  static Result<WhoFilter> of(Context& context);
  WhoFilter(std::string point, UnitFilter units, std::string composition)
      : point_(std::move(point)), units_(std::move(units)), composition_(std::move(composition)) {}
  bool any() const { return !point_.empty() || units_ || !composition_.empty(); }
  bool names_point() const { return !point_.empty(); }
  bool names_unit() const { return units_.has_value(); }
  bool names_composition() const { return !composition_.empty(); }
  bool takes_point(std::string_view point) const { return point_.empty() || point == point_; }
  bool takes_unit(std::string_view unit) const { return !units_ || units_->contains(unit); }
  bool takes_composition(std::string_view composition) const { return composition_.empty() || composition == composition_; }
  bool takes(std::string_view point, std::string_view unit, std::string_view composition) const {
    return takes_point(point) && takes_unit(unit) && takes_composition(composition);
  }

 private:
  std::string point_;
  UnitFilter units_;
  std::string composition_;
};

}  // namespace dongbo::query
