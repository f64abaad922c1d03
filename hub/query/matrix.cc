#include "hub/projection/attendance.h"
#include "hub/query/attendance_figures.h"
#include "hub/query/meeting.h"
#include "hub/query/routes.h"

namespace dongbo::query {

// Every point by every composition group that has somebody, from kept counters.
Result<Reply> show_matrix(Context& context) {
  DONGBO_ASSIGN(const bool known, meeting_is_known(context));
  if (!known) return unknown_meeting(context);
  DONGBO_ASSIGN(const bool closed, meeting_is_closed(context));
  ArrayText cells;
  DONGBO_TRY(projection::scan(context.view.at_meeting(context.meeting()), projection::kAttendanceCells,
                              projection::prefix(context.meeting()), "",
                              [&](std::string_view key, const projection::FiguresRow& row) {
                                const auto parts = projection::key_parts(key);
                                ObjectText out;
                                out.member("point", parts[1]).member("composition", parts[2]);
                                put_figures(out, row.figures, closed);
                                cells.add(out.text());
                                return true;
                              }));
  ObjectText body;
  body.member("meeting", context.meeting()).raw("cells", cells.text());
  return reply(context, std::move(body));
}

}  // namespace dongbo::query
