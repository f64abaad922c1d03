#include "hub/query/routes.h"

#include <algorithm>

namespace dongbo::query {

const std::vector<Route>& routes() {
  // Rows can be read as they were: what was known, and what had happened.
  const auto past = [](std::vector<ParameterSpec> parameters) {
    parameters.push_back({"as_of", check_position_or_time});
    parameters.push_back({"until", check_time});
    return parameters;
  };
  static const std::vector<ParameterSpec> kWho = past({{"point"}, {"unit"}, {"composition"}});
  static const std::vector<Route> kRoutes{
      {{"meetings"}, true, {}, list_meetings},  // not in the past: it would fold every meeting
      {{"meetings", "*"}, false, past({}), show_meeting},
      {{"meetings", "*", "points"}, true, past({{"unit"}}), list_points},
      {{"meetings", "*", "invitations"}, true, kWho, list_invitations},
      {{"meetings", "*", "registrations"}, true, kWho, list_registrations},
      {{"meetings", "*", "attendance"}, false, kWho, show_attendance},
      {{"meetings", "*", "matrix"}, false, past({}), show_matrix},
      {{"meetings", "*", "delegates"}, true, past({{"point"}, {"unit"}, {"composition"}, {"flag"}}), list_delegates},
      {{"meetings", "*", "readiness"}, true, past({{"point"}}), list_readiness},
      {{"meetings", "*", "papers"}, true, past({{"unit"}}), list_papers},
      {{"meetings", "*", "budget"}, true, past({}), list_budget},
      {{"meetings", "*", "feedback"}, true, past({{"unit"}}), list_feedback},
      {{"meetings", "*", "commitments"}, true, past({{"unit"}}), list_commitments},
      {{"indexes"}, true, past({}), list_indexes},
      {{"indexes", "*", "*"}, true, past({{"unit"}, {"component"}}), show_index},
      {{"units"}, true, past({{"level", check_level}, {"parent"}, {"under"}}), list_units},
      {{"units", "*"}, false, past({}), show_unit},
      {{"sources"}, true, past({}), list_sources},
      {{"projections"}, false, {}, list_projections},
      {{"journal"},
       true,
       {{"after", check_position}, {"through", check_position}, {"type"}, {"source"}, {"subject"}, {"meeting"}},
       list_journal},
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
