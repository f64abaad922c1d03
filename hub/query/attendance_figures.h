#pragma once
#include "hub/projection/attendance_person.h"
#include "hub/query/json_writer.h"

namespace dongbo::query {

// The figures of attendance as every answer names them. Who is awaited is absent once the meeting is closed.
inline void put_figures(ObjectText& out, const projection::Figures& figures, bool closed) {
  out.member("invited", figures.invited).member("registered", figures.registered).member("present", figures.present);
  out.member("checked_in", figures.checked_in).member("checked_out", figures.checked_out);
  out.member("invited_headcount", figures.invited_headcount).member("headcount", figures.headcount);
  out.member("absent_with_leave", figures.absent_with_leave);
  out.member("absent_without_leave", closed ? figures.awaited : 0).member("substitutes", figures.substitutes);
  out.member("at_two_points", figures.at_two_points).member("not_invited", figures.not_invited);
}

}  // namespace dongbo::query
