#include "hub/query/routes.h"

#include <algorithm>

namespace dongbo::query {

const std::vector<Route>& routes() {
  static const std::vector<ParameterSpec> kWho{{"point"}, {"unit"}, {"composition"}};
  static const std::vector<Route> kRoutes{
      {{"meetings"}, true, {}, list_meetings},
      {{"meetings", "*"}, false, {}, show_meeting},
      {{"meetings", "*", "points"}, true, {{"unit"}}, list_points},
      {{"meetings", "*", "invitations"}, true, kWho, list_invitations},
      {{"meetings", "*", "registrations"}, true, kWho, list_registrations},
      {{"meetings", "*", "attendance"}, false, kWho, show_attendance},
      {{"meetings", "*", "delegates"}, true, {{"point"}, {"unit"}, {"composition"}, {"flag"}}, list_delegates},
      {{"meetings", "*", "readiness"}, true, {{"point"}}, list_readiness},
      {{"meetings", "*", "papers"}, true, {{"unit"}}, list_papers},
      {{"meetings", "*", "budget"}, true, {}, list_budget},
      {{"meetings", "*", "feedback"}, true, {{"unit"}}, list_feedback},
      {{"meetings", "*", "commitments"}, true, {{"unit"}}, list_commitments},
      {{"indexes"}, true, {}, list_indexes},
      {{"indexes", "*", "*"}, true, {{"unit"}, {"component"}}, show_index},
      {{"units"}, true, {{"level", check_level}, {"parent"}, {"under"}}, list_units},
      {{"units", "*"}, false, {}, show_unit},
      {{"sources"}, true, {}, list_sources},
      {{"projections"}, false, {}, list_projections},
      {{"journal"}, true, {{"after", check_position}, {"type"}, {"source"}, {"subject"}, {"meeting"}}, list_journal},
      {{"quarantine"},
       true,
       {{"reason", check_quarantine_reason}, {"source"}, {"state", check_quarantine_state}},
       list_quarantine},
      {{"quarantine", "*"}, false, {}, show_quarantined},
  };
  return kRoutes;
}

const Route* find_route(const std::vector<std::string>& segments) {
  for (const auto& route : routes()) {
    if (std::equal(route.segments.begin(), route.segments.end(), segments.begin(), segments.end(),
                   [](std::string_view pattern, const std::string& segment) {
                     return pattern == "*" ? !segment.empty() : pattern == segment;
                   })) {
      return &route;
    }
  }
  return nullptr;
}

}  // namespace dongbo::query
