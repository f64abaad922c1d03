#include "hub/projection/attendance.h"

#include "hub/query/attendance_figures.h"
#include "hub/query/attendance_part.h"
#include "hub/query/meeting.h"
#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

using projection::Figures;
using projection::FigureSet;
using projection::FiguresRow;
using projection::key;
using projection::prefix;

// Persons that each attention list names; the rest are in /delegates?flag=….
constexpr std::size_t kAttentionListed = 500;
constexpr std::string_view kKinds[] = {"at_two_points", "withdrawn_but_present", "not_invited"};

// The answer while it is filled, whether from kept counters or from persons.
class Body {
 public:
  Body(Context& context, bool closed) : context_(context), names_(context), closed_(closed) {}

  void total(const Figures& figures) { put_figures(total_, figures, closed_); }
  Result<void> point(const std::string& point, const Figures& figures, const std::optional<Millis>& last_event_time) {
    DONGBO_ASSIGN(const auto flags, names_.flags(point, "", ""));
    ObjectText out;
    put_figures(out.member("point", point), figures, closed_);
    points_.add(out.member("last_event_time", last_event_time).member("flags", flags).text());
    return {};
  }
  void composition(const std::string& composition, const Figures& figures) {
    const auto* named = names_.composition(composition);
    ObjectText out;
    out.member("composition", composition).member("name", named == nullptr ? "" : named->name_vi);
    put_figures(out.member("name_en", named == nullptr ? "" : named->name_en), figures, closed_);
    compositions_.add(out.member("flags", named == nullptr ? Flags{"unknown_composition"} : Flags()).text());
  }
  Result<void> unit(const std::string& unit, const Figures& figures) {
    DONGBO_ASSIGN(const auto name, names_.unit(unit));
    ObjectText out;
    put_figures(out.member("unit", unit).member("name", name.value_or("")), figures, closed_);
    units_.add(out.member("flags", name ? Flags() : Flags{"unknown_unit"}).text());
    return {};
  }
  void arrival(std::string_view minute, std::int64_t checked_in) {
    ObjectText out;
    arrivals_.add(out.member("minute", minute).member("checked_in", checked_in).text());
  }
  // False: the list is full.
  template <class Names>
  bool attention(std::string_view kind, std::string_view delegate, const Names& points) {
    auto& list = attention_[kind];
    if (list.size() == kAttentionListed) return complete_ = false;
    ObjectText out;
    list.add(out.member("delegate", delegate).member("points", points).text());
    return true;
  }
  Result<Reply> finish() {
    ObjectText attention;
    for (const auto kind : kKinds) attention.raw(kind, attention_[kind].text());
    attention.member("complete", complete_);
    ObjectText body;
    body.member("meeting", context_.meeting()).raw("total", total_.text()).raw("points", points_.text());
    body.raw("compositions", compositions_.text()).raw("units", units_.text());
    body.raw("arrivals", arrivals_.text()).raw("attention", attention.text());
    return reply(context_, std::move(body));
  }

 private:
  Context& context_;
  Names names_;
  const bool closed_;
  ObjectText total_;
  ArrayText points_, compositions_, units_, arrivals_;
  std::map<std::string_view, ArrayText> attention_;  // by kind
  bool complete_ = true;
};

std::string last_part(std::string_view row_key) {
  return std::string(row_key.substr(row_key.rfind('\0') + 1));
}

// Do the figures of the meeting say that nobody is on the list? Only who checked in is on any. Looking for its first row costs a
// look into every file.
bool list_is_empty(std::string_view kind, const Figures& total) {
  return total.checked_in == 0 || (kind == "at_two_points" && total.at_two_points == 0) ||
         (kind == "not_invited" && total.not_invited == 0);
}

// Everything from kept counters: the cost does not depend on the number of persons.
Result<Reply> whole(Context& context, bool closed) {
  const auto& snapshot = context.view.at_meeting(context.meeting());
  const auto under = prefix(context.meeting());
  Body body(context, closed);
  DONGBO_ASSIGN(const auto total, projection::row(snapshot, projection::kAttendanceTotals, key(context.meeting())));
  const auto figures = total ? total->figures : Figures();
  body.total(figures);
  std::optional<Error> failure;
  const auto note = [&failure](const Result<void>& result) {
    if (!result) failure = result.error();
    return result.has_value();
  };
  DONGBO_TRY(projection::scan(snapshot, projection::kAttendancePoints, under, "", [&](std::string_view k, const FiguresRow& row) {
    return note(body.point(last_part(k), row.figures, row.last_event_time));
  }));
  DONGBO_TRY(
      projection::scan(snapshot, projection::kAttendanceCompositions, under, "", [&](std::string_view k, const FiguresRow& row) {
        body.composition(last_part(k), row.figures);
        return true;
      }));
  DONGBO_TRY(projection::scan(snapshot, projection::kAttendanceUnits, under, "", [&](std::string_view k, const FiguresRow& row) {
    return note(body.unit(last_part(k), row.figures));
  }));
  if (failure) return *failure;
  DONGBO_TRY(projection::scan(snapshot, projection::kAttendanceArrivals, under, "",
                              [&](std::string_view k, const projection::ArrivalRow& row) {
                                body.arrival(last_part(k), row.checked_in);
                                return true;
                              }));
  for (const auto kind : kKinds) {
    if (list_is_empty(kind, figures)) continue;
    DONGBO_TRY(projection::scan(
        snapshot, projection::kAttendanceAttention, prefix(context.meeting(), kind), "",
        [&](std::string_view k, const projection::AttentionRow& row) { return body.attention(kind, last_part(k), row.points); }));
  }
  return body.finish();
}

// Headcounts of the part: what was counted, and what valid invitations without a name expect.
Result<void> add_headcounts(Context& context, AttendancePart& part) {
  const auto& snapshot = context.view.at_meeting(context.meeting());
  const auto under = prefix(context.meeting());
  DONGBO_TRY(projection::scan(
      snapshot, projection::kAttendanceHeadcounts, under, "", [&](std::string_view k, const projection::HeadcountRow& row) {
        const auto parts = projection::key_parts(k);
        if (!row.counts.empty() && parts.size() == 3) {
          part.add_headcount({std::string(parts[1]), "", std::string(parts[2])}, row.counts.back().headcount);
        }
        return true;
      }));
  return projection::scan(snapshot, projection::kAttendanceInvitations, under, "",
                          [&](std::string_view, const projection::InvitationSeatRow& row) {
                            const bool valid = row.issued.said() && (!row.withdrawn.said() || row.withdrawn < row.issued);
                            if (valid && row.delegate.empty()) part.add_invited_headcount(row.seat, row.headcount);
                            return true;
                          });
}

Result<Reply> part_of(Context& context, const WhoFilter& filter, bool closed) {
  const auto& snapshot = context.view.at_meeting(context.meeting());
  Body body(context, closed);
  AttendancePart part(filter);
  DONGBO_TRY(projection::scan(snapshot, projection::kAttendancePersons, prefix(context.meeting()), "",
                              [&](std::string_view k, const projection::PersonRow& person) {
                                const auto view = projection::view_of(person);
                                const auto figures = part.add(person, view);
                                const auto delegate = last_part(k);
                                const auto& at = view.scanned_points;
                                if (figures.has(FigureSet::kAtTwoPoints)) body.attention("at_two_points", delegate, at);
                                if (figures.has(FigureSet::kNotInvited)) body.attention("not_invited", delegate, at);
                                if (figures.has(FigureSet::kCheckedIn) && view.withdrawn_but_present) {
                                  body.attention("withdrawn_but_present", delegate, at);
                                }
                                return true;
                              }));
  DONGBO_TRY(add_headcounts(context, part));
  body.total(part.total());
  for (const auto& [point, figures] : part.points()) {
    DONGBO_ASSIGN(const auto row, projection::row(snapshot, projection::kAttendancePoints, key(context.meeting(), point)));
    DONGBO_TRY(body.point(point, figures, row ? row->last_event_time : std::nullopt));
  }
  for (const auto& [composition, figures] : part.compositions()) body.composition(composition, figures);
  for (const auto& [unit, figures] : part.units()) DONGBO_TRY(body.unit(unit, figures));
  for (const auto& [minute, checked_in] : part.arrivals()) body.arrival(minute, checked_in);
  return body.finish();
}

}  // namespace

Result<Reply> show_attendance(Context& context) {
  DONGBO_ASSIGN(const bool known, meeting_is_known(context));
  if (!known) return unknown_meeting(context);
  DONGBO_ASSIGN(const bool closed, meeting_is_closed(context));
  DONGBO_ASSIGN(const auto filter, WhoFilter::of(context));
  return filter.any() ? part_of(context, filter, closed) : whole(context, closed);
}

}  // namespace dongbo::query
