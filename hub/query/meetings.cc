#include "hub/projection/meetings.h"

#include <fmt/format.h>

#include "hub/projection/attendance.h"
#include "hub/projection/points.h"
#include "hub/projection/sources.h"
#include "hub/query/meeting.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

using projection::kMeetings;
using projection::MeetingRow;

// Is some fact of the meeting simulated, of whatever kind? A real plan may be played through with invented guests; then
// the meeting says so wherever it shows.
Result<bool> is_simulated(const projection::StateSnapshot& snapshot, const MeetingRow& row) {
  bool simulated = row.simulated;
  if (simulated) return true;
  DONGBO_TRY(projection::scan(snapshot, projection::kMeetingSources, projection::prefix(row.meeting), "",
                              [&](std::string_view, const projection::MeetingSourceRow& source) {
                                simulated = source.simulated;
                                return !simulated;
                              }));
  return simulated;
}

// The head of a meeting, the same in the list and in its own answer.
Result<ObjectText> render_head(const projection::StateSnapshot& snapshot, const MeetingRow& row) {
  DONGBO_ASSIGN(const auto count, projection::row(snapshot, projection::kPointCounts, projection::key(row.meeting)));
  DONGBO_ASSIGN(const bool simulated, is_simulated(snapshot, row));
  ObjectText out;
  out.member("meeting", row.meeting).member("title", row.title).member("organiser", row.organiser).member("chair", row.chair);
  out.member("day", row.day).member("starts_at", row.starts_at).member("ends_at", row.ends_at).member("mode", row.mode);
  out.member("place", row.place).member("state", row.state).member("opened_at", row.opened_at).member("closed_at", row.closed_at);
  out.member("points", count ? count->points : 0).member("simulated", simulated);
  // Other facts came, but no plan: shown, not hidden.
  out.member("flags", row.known ? Flags() : Flags{"unplanned_meeting"});
  return out;
}

}  // namespace

Result<bool> meeting_is_known(Context& context) {
  bool known = false;
  DONGBO_TRY(projection::scan(context.view.at_meeting(context.meeting()), projection::kMeetingSources,
                              projection::prefix(context.meeting()), "", [&](std::string_view, const auto&) {
                                known = true;
                                return false;
                              }));
  return known;
}

Reply unknown_meeting(const Context& context) {
  const bool of_the_past = context.parameters.has("as_of") || context.parameters.has("until");
  if (of_the_past)
    return not_found(
        fmt::format("chưa có gì về hội nghị \"{0}\" tại thời điểm đó; bỏ as_of và until để hỏi hiện tại / nothing is known of "
                    "the meeting \"{0}\" at that moment; without as_of and until the answer is of now",
                    context.meeting()));
  return not_found(
      fmt::format("không có gì về hội nghị \"{0}\"; danh sách hội nghị ở /v1/meetings / nothing is known of the meeting \"{0}\"; "
                  "/v1/meetings lists the meetings",
                  context.meeting()));
}

Result<bool> meeting_is_closed(Context& context) {
  DONGBO_ASSIGN(const auto row,
                projection::row(context.view.at_meeting(context.meeting()), kMeetings, projection::key(context.meeting())));
  return row && row->closed_at.has_value();
}

Result<Reply> list_meetings(Context& context) {
  const auto& parameters = context.parameters;
  std::vector<Listing> parts;
  for (const auto shard : context.view.all()) {
    const auto& snapshot = context.view.at(shard);
    std::optional<Error> failure;
    DONGBO_ASSIGN(auto part, list_rows(snapshot, kMeetings, "", parameters.after(), parameters.page_size(),
                                       [&](std::string_view, const MeetingRow& row) -> std::optional<std::string> {
                                         auto head = render_head(snapshot, row);
                                         if (head) return head->text();
                                         failure = head.error();
                                         return std::nullopt;
                                       }));
    // Meetings that nobody planned, but to which people came.
    DONGBO_ASSIGN(auto unplanned,
                  list_rows(snapshot, projection::kAttendanceTotals, "", parameters.after(), parameters.page_size(),
                            [&](std::string_view key, const projection::FiguresRow&) -> std::optional<std::string> {
                              MeetingRow row;
                              row.meeting = key;
                              auto head = render_head(snapshot, row);
                              if (head) return head->text();
                              failure = head.error();
                              return std::nullopt;
                            }));
    if (failure) return *failure;
    parts.push_back(std::move(part));
    parts.push_back(std::move(unplanned));
  }
  return reply_list(context, merge(std::move(parts), parameters.page_size()));
}

Result<Reply> show_meeting(Context& context) {
  const auto& snapshot = context.view.at_meeting(context.meeting());
  DONGBO_ASSIGN(auto row, projection::row(snapshot, kMeetings, projection::key(context.meeting())));
  if (!row) {
    DONGBO_ASSIGN(const bool known, meeting_is_known(context));
    if (!known) return unknown_meeting(context);
    row.emplace();
    row->meeting = context.meeting();
  }
  DONGBO_ASSIGN(auto out, render_head(snapshot, *row));
  // After the head the rest of the row: basis, agenda, history and what else the facts said.
  out.members_of(*row, {"meeting", "title", "organiser", "chair", "day", "starts_at", "ends_at", "mode", "place", "state",
                        "opened_at", "closed_at", "simulated", "known"});
  return reply(context, std::move(out));
}

}  // namespace dongbo::query
