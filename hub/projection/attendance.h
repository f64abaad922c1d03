#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/projection/attendance_person.h"
#include "hub/projection/attendance_scan.h"
#include "hub/projection/latest.h"
#include "hub/projection/projection.h"
#include "hub/projection/record_bag.h"

namespace dongbo::projection {

// Who was expected and who came, of every meeting: kept counters for the meeting, its points, composition groups and
// units, arrivals by minute, one row a person, and the short lists an organiser must look at. Everything follows event
// time: the order of arrival does not matter, and corrections may come before what they correct.
//
// Folds vn.dongbo.attendance.*, invitation.*, registration.* and meeting.closed. The rules of what counts are in
// attendance_person.h, of corrections in attendance_scan.h; attendance.cc moves facts into rows,
// attendance_book.h the differences they make into counters.

struct FiguresRow {
  Figures figures;
  std::optional<Millis> last_event_time;  // of attendance events that name it and are not ahead (points only)
  static void fields(auto& row, auto&& visit) {
    Figures::fields(row.figures, visit);
    visit("last_event_time", row.last_event_time);
  }
};

struct ArrivalRow {
  std::int64_t checked_in = 0;  // persons whose first check-in is in this minute
  static void fields(auto& row, auto&& visit) { visit("checked_in", row.checked_in); }
};

// Counts said for one point and group; the latest by event time is the headcount.
struct CountSaid {
  event::Digest identity;
  Millis time;
  std::int64_t headcount = 0;
  static void fields(auto& row, auto&& visit) {
    visit("_identity", row.identity);
    visit("time", row.time);
    visit("headcount", row.headcount);
  }
};
struct HeadcountRow {
  std::vector<CountSaid> counts;  // by time, then identity
  static void fields(auto& row, auto&& visit) { visit("counts", row.counts); }
};

// An invitation as attendance needs it: found by its id when a withdrawal names nothing else.
struct InvitationSeatRow {
  Seat seat;
  std::string delegate;  // empty: a headcount invitation
  std::int64_t headcount = 0;
  Stamp issued;     // the latest issue
  Stamp withdrawn;  // the latest withdrawal
  static void fields(auto& row, auto&& visit) {
    visit("seat", row.seat);
    visit("delegate", row.delegate);
    visit("headcount", row.headcount);
    visit("issued", row.issued);
    visit("withdrawn", row.withdrawn);
  }
};

struct AttentionRow {
  std::vector<std::string> points;  // where the person was scanned
  static void fields(auto& row, auto&& visit) { visit("points", row.points); }
};

struct ClosingRow {
  Latest<std::string> closed;  // the event's time as text; its stamp's time is the closing
  static void fields(auto& row, auto&& visit) { visit("closed", row.closed); }
};

inline const auto kAttendanceTotals = TableSpec<FiguresRow>{"attendance", "totals", 0, {"meeting"}}.rewritten_often();
inline const auto kAttendancePoints = TableSpec<FiguresRow>{"attendance", "points", 1, {"meeting", "point"}}.rewritten_often();
inline const auto kAttendanceCompositions =
    TableSpec<FiguresRow>{"attendance", "compositions", 2, {"meeting", "composition"}}.rewritten_often();
inline const auto kAttendanceUnits = TableSpec<FiguresRow>{"attendance", "units", 3, {"meeting", "unit"}}.rewritten_often();
inline const auto kAttendanceArrivals =
    TableSpec<ArrivalRow>{"attendance", "arrivals", 4, {"meeting", "minute"}}.rewritten_often();
inline const TableSpec<PersonRow> kAttendancePersons{"attendance", "delegates", 5, {"meeting", "delegate"}};
// kind: "at_two_points", "withdrawn_but_present", "not_invited"
inline const TableSpec<AttentionRow> kAttendanceAttention{"attendance", "attention", 6, {"meeting", "kind", "delegate"},
                                                          true,         false};
inline const TableSpec<ClosingRow> kAttendanceClosings{"attendance", "closings", 7, {"meeting"}};
// Not announced: the working tables. Scans that were amended, and the amendments.
inline const TableSpec<ScanRow> kAttendanceScans{"attendance", "scans", 8, {"meeting", "identity"}, false, false};
inline const TableSpec<HeadcountRow> kAttendanceHeadcounts{
    "attendance", "headcounts", 9, {"meeting", "point", "composition"}, false};
inline const TableSpec<InvitationSeatRow> kAttendanceInvitations{"attendance", "invitations", 10, {"meeting", "invitation"},
                                                                 false,        false};
// What was said about scans and amendments that have not come yet; mostly there are none.
inline const TableSpec<ScanRow> kAttendanceAhead{"attendance", "ahead", 12, {"meeting", "identity"}, false};
// Every point by every group: of a person, what both have of him (for the matrix).
inline const auto kAttendanceCells =
    TableSpec<FiguresRow>{"attendance", "cells", 11, {"meeting", "point", "composition"}}.rewritten_often();

// Scans that decide no figure, see further_scans.h. way: "in", "out".
inline const TableSpec<RecordBag> kAttendanceFurtherScans{
    "attendance", "further_scans", 13, {"meeting", "delegate", "point", "unit", "composition", "way"}, false, false};

std::unique_ptr<Projection> make_attendance();

}  // namespace dongbo::projection
