#pragma once
#include <string_view>
#include <vector>

#include "hub/query/context.h"

namespace dongbo::query {

// A path of reading: its segments ("*" stands for any one), whether it pages, the parameters it knows, who answers.
struct Route {
  std::vector<std::string_view> segments;
  bool paged = false;
  std::vector<ParameterSpec> parameters;
  Handler handler = nullptr;
};

const std::vector<Route>& routes();
const Route* find_route(const std::vector<std::string>& segments);  // nullptr: no such path

// The handlers, one file a topic.
Result<Reply> list_meetings(Context& context);
Result<Reply> show_meeting(Context& context);
Result<Reply> list_points(Context& context);
Result<Reply> list_invitations(Context& context);
Result<Reply> list_registrations(Context& context);
Result<Reply> list_readiness(Context& context);
Result<Reply> list_papers(Context& context);
Result<Reply> list_budget(Context& context);
Result<Reply> list_feedback(Context& context);
Result<Reply> list_commitments(Context& context);
Result<Reply> show_attendance(Context& context);
Result<Reply> show_matrix(Context& context);
Result<Reply> list_delegates(Context& context);
Result<Reply> list_indexes(Context& context);
Result<Reply> show_index(Context& context);
Result<Reply> list_units(Context& context);
Result<Reply> show_unit(Context& context);
Result<Reply> list_sources(Context& context);
Result<Reply> list_projections(Context& context);
Result<Reply> list_journal(Context& context);
Result<Reply> list_quarantine(Context& context);
Result<Reply> show_quarantined(Context& context);

}  // namespace dongbo::query
