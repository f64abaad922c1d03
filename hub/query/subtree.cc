#include <deque>

#include "hub/query/names.h"

namespace dongbo::query {

std::set<std::string, std::less<>> subtree(const std::vector<UnitNode>& nodes, const std::string& root) {
  std::set<std::string> names;                           // of all units
  std::multimap<std::string, const UnitNode*> children;  // by parent
  std::multimap<std::string, const UnitNode*> by_name;   // by unit
  std::multimap<std::string, const UnitNode*> by_code;   // by code
  for (const auto& node : nodes) {
    names.insert(node.unit);
    by_name.emplace(node.unit, &node);
    if (!node.code.empty()) by_code.emplace(node.code, &node);
    if (!node.parent.empty()) children.emplace(node.parent, &node);
  }
  std::set<std::string, std::less<>> out{root};
  std::set<const UnitNode*> seen;
  std::deque<const UnitNode*> open;
  const auto add = [&](const auto& map, const std::string& key) {
    const auto [from, to] = map.equal_range(key);
    for (auto at = from; at != to; ++at)
      if (seen.insert(at->second).second) open.push_back(at->second);
  };
  // A name of a unit means that unit alone; what is no unit's name means all that bear or bore it as a code.
  add(names.contains(root) ? by_name : by_code, root);
  add(children, root);
  while (!open.empty()) {
    const auto* node = open.front();
    open.pop_front();
    out.insert(node->unit);
    add(children, node->unit);
    if (!node->code.empty() && !names.contains(node->code)) {
      out.insert(node->code);
      add(children, node->code);
    }
  }
  return out;
}

}  // namespace dongbo::query
