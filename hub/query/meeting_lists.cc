#include <algorithm>

#include "hub/projection/budget.h"
#include "hub/projection/commitments.h"
#include "hub/projection/conclusions.h"
#include "hub/projection/feedback.h"
#include "hub/projection/invitations.h"
#include "hub/projection/papers.h"
#include "hub/projection/points.h"
#include "hub/projection/readiness.h"
#include "hub/projection/registrations.h"
#include "hub/projection/surveys.h"
#include "hub/query/meeting.h"
#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

// A row without the members that a list does not show: what the path has said already, and the folds' `known`.
ObjectText shown(const auto& row) {
  ObjectText out;
  out.members_of(row, {"meeting", "known"});
  return out;
}

// A list of one table's rows of the meeting that the path names.
template <class Row, class Render>
Result<Listing> rows_of_meeting(Context& context, const projection::TableSpec<Row>& spec, Render render) {
  return list_rows(context.view.at_meeting(context.meeting()), spec, projection::prefix(context.meeting()),
                   context.parameters.after(), context.parameters.page_size(), render);
}

// An empty list of a meeting nobody knows is a wrong name, not an empty list.
template <class Add>
Result<Reply> reply_of_meeting(Context& context, const Listing& listing, Add add) {
  if (listing.items.empty() && context.parameters.after().empty()) {
    DONGBO_ASSIGN(const bool known, meeting_is_known(context));
    if (!known) return unknown_meeting(context);
  }
  return reply_list(context, listing, add);
}
Result<Reply> reply_of_meeting(Context& context, const Listing& listing) {
  return reply_of_meeting(context, listing, [](ObjectText&) {});
}

template <class Row, class Takes>
Result<Reply> list_shown(Context& context, const projection::TableSpec<Row>& spec, Takes takes) {
  DONGBO_ASSIGN(auto listing, rows_of_meeting(context, spec, [&](std::string_view, const Row& row) {
                  return takes(row) ? std::optional<std::string>(shown(row).text()) : std::nullopt;
                }));
  return reply_of_meeting(context, listing);
}

}  // namespace

Result<Reply> list_invitations(Context& context) {
  DONGBO_ASSIGN(const auto filter, WhoFilter::of(context));
  Names names(context);
  std::optional<Error> failure;
  DONGBO_ASSIGN(auto listing,
                rows_of_meeting(context, projection::kInvitations,
                                [&](std::string_view, const projection::InvitationRow& row) -> std::optional<std::string> {
                                  if (!filter.takes(row.point, row.unit, row.composition)) return std::nullopt;
                                  auto flags = names.flags(row.point, row.unit, row.composition);
                                  if (!flags) return failure = flags.error(), std::nullopt;
                                  auto named = row;
                                  named.headcount = row.headcount.value_or(0);
                                  return shown(named).member("flags", *flags).text();
                                }));
  if (failure) return *failure;
  return reply_of_meeting(context, listing);
}

Result<Reply> list_registrations(Context& context) {
  DONGBO_ASSIGN(const auto filter, WhoFilter::of(context));
  return list_shown(context, projection::kRegistrations,
                    [&](const auto& row) { return filter.takes(row.point, row.unit, row.composition); });
}

Result<Reply> list_readiness(Context& context) {
  const auto& point = context.parameters.text("point");
  return list_shown(context, projection::kReadiness, [&](const auto& row) { return point.empty() || row.point == point; });
}

Result<Reply> list_papers(Context& context) {
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  return list_shown(context, projection::kPapers, [&](const auto& row) { return !units || units->contains(row.unit); });
}

Result<Reply> list_budget(Context& context) {
  return list_shown(context, projection::kBudget, [](const auto&) { return true; });
}

Result<Reply> list_feedback(Context& context) {
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  const auto takes = [&](const std::string& unit) { return !units || units->contains(unit); };
  DONGBO_ASSIGN(auto listing,
                rows_of_meeting(context, projection::kFeedback, [&](std::string_view, const projection::FeedbackRow& row) {
                  return takes(row.unit) ? std::optional<std::string>(shown(row).text()) : std::nullopt;
                }));
  // Counted questionnaires go with every page: each survey of a unit, and its factors.
  const auto all_of = [&](const auto& spec) {
    return list_rows(context.view.at_meeting(context.meeting()), spec, projection::prefix(context.meeting()), "", kPageSizeMax,
                     [&](std::string_view, const auto& row) {
                       return takes(row.unit) ? std::optional<std::string>(shown(row).text()) : std::nullopt;
                     });
  };
  DONGBO_ASSIGN(auto surveys, all_of(projection::kSurveys));
  DONGBO_ASSIGN(auto factors, all_of(projection::kSurveyFactors));
  return reply_of_meeting(context, listing,
                          [&](ObjectText& body) { body.raw("surveys", surveys.json()).raw("survey_factors", factors.json()); });
}

Result<Reply> list_commitments(Context& context) {
  DONGBO_ASSIGN(const auto units, unit_filter(context));
  const auto takes = [&](const std::string& unit) { return !units || units->contains(unit); };
  DONGBO_ASSIGN(auto listing,
                rows_of_meeting(context, projection::kCommitments, [&](std::string_view, const projection::CommitmentRow& row) {
                  return takes(row.unit) ? std::optional<std::string>(shown(row).text()) : std::nullopt;
                }));
  // The conclusions that the tasks come from go with every page: a meeting has a handful.
  DONGBO_ASSIGN(auto conclusions, list_rows(context.view.at_meeting(context.meeting()), projection::kConclusions,
                                            projection::prefix(context.meeting()), "", kPageSizeMax,
                                            [](std::string_view, const projection::ConclusionRow& row) {
                                              return std::optional<std::string>(shown(row).text());
                                            }));
  return reply_of_meeting(context, listing, [&](ObjectText& body) { body.raw("conclusions", conclusions.json()); });
}

}  // namespace dongbo::query
