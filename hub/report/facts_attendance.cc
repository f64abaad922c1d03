#include <algorithm>

#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

Counts counts_of(const Json& figures) {
  Counts out;
  out.invited = count(figures, "invited");
  out.registered = count(figures, "registered");
  out.present = count(figures, "present");
  out.checked_in = count(figures, "checked_in");
  out.checked_out = count(figures, "checked_out");
  out.invited_headcount = count(figures, "invited_headcount");
  out.headcount = count(figures, "headcount");
  out.absent_with_leave = count(figures, "absent_with_leave");
  out.absent_without_leave = count(figures, "absent_without_leave");
  out.substitutes = count(figures, "substitutes");
  out.at_two_points = count(figures, "at_two_points");
  out.not_invited = count(figures, "not_invited");
  return out;
}

// From the reports of one point, in order of time, the stretches without line between the opening and the closing. A
// rehearsal says nothing about the meeting. Without an opening there is nothing to measure against.
std::vector<LineFailure> failures_of(const Json& history, const MeetingFacts& meeting) {
  std::vector<LineFailure> out;
  if (!meeting.opened_at) return out;
  const auto begin = *meeting.opened_at;
  std::optional<Millis> down;
  for (const auto& report : history) {
    const auto at = moment(report, "time");
    const auto line = text(report, "line");
    if (!at || line.empty() || truth(report, "rehearsal")) continue;
    if (line == "disconnected" && !down) down = *at;
    if (line == "connected" && down) {
      const auto from = std::max(*down, begin);
      const auto until = meeting.closed_at ? std::min(*at, *meeting.closed_at) : *at;
      if (from < until) out.push_back({from, until});
      down.reset();
    }
  }
  const auto from = down ? std::max(*down, begin) : begin;
  if (down && (!meeting.closed_at || from < *meeting.closed_at)) out.push_back({from, std::nullopt});
  return out;
}

int level_order(const std::string& level) {
  if (level == "central") return 0;
  if (level == "province") return 1;
  if (level == "district") return 2;
  return level == "commune" ? 3 : 4;
}

void sort_points(std::vector<PointFacts>& points) {
  const Collation collation;
  std::sort(points.begin(), points.end(), [&](const PointFacts& a, const PointFacts& b) {
    const auto key = [](const PointFacts& point) {
      return std::tuple(!point.planned, level_order(point.level), point.order.value_or(INT64_MAX));
    };
    if (key(a) != key(b)) return key(a) < key(b);
    return a.name != b.name ? collation.less(a.name, b.name) : a.point < b.point;
  });
}

Result<std::map<std::string, PointFacts>> read_points(Reading& reading) {
  std::map<std::string, PointFacts> out;
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "points"}, [&](const Json& item) {
    auto& point = out[text(item, "point")];
    point.point = text(item, "point");
    point.name = line_text(item, "name");
    if (point.name.empty()) point.name = point.point;
    point.level = text(item, "level");
    point.unit = text(item, "unit");
    point.place = line_text(item, "place");
    point.order = integer(item, "order");
    point.planned = truth(item, "planned");
    point.line = text(item, "line");
    point.sound = text(item, "sound");
    point.picture = text(item, "picture");
    point.power = text(item, "power");
    point.readiness_time = moment(item, "readiness_time");
  }));
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "readiness"}, [&](const Json& item) {
    const auto found = out.find(text(item, "point"));
    if (found != out.end()) found->second.failures = failures_of(member(item, "history"), reading.facts.meeting);
  }));
  return out;
}

}  // namespace

Result<void> read_attendance(Reading& reading) {
  auto& facts = reading.facts;
  DONGBO_ASSIGN(auto points, read_points(reading));
  DONGBO_ASSIGN(const auto answer, reading.answers.get({"meetings", reading.meeting(), "attendance"}));
  facts.total = counts_of(member(answer, "total"));
  for (const auto& item : member(answer, "points")) {
    auto& point = points[text(item, "point")];
    if (point.point.empty()) point.name = point.point = text(item, "point");
    point.counts = counts_of(item);
    point.attended = true;
  }
  for (auto& [code, point] : points) facts.points.push_back(std::move(point));
  sort_points(facts.points);
  for (const auto& item : member(answer, "compositions")) {
    const auto code = text(item, "composition");
    facts.compositions.push_back({code, reading.composition_name(code), counts_of(item)});
  }
  for (const auto& item : member(answer, "units")) {
    const auto code = text(item, "unit");
    const auto name = line_text(item, "name");
    if (!name.empty()) facts.unit_names[code] = name;
    facts.units.push_back({code, name.empty() ? code : name, counts_of(item)});
  }
  for (const auto& item : member(answer, "arrivals")) {
    auto minute = text(item, "minute");
    if (minute.size() > 16) minute.insert(16, ":00");
    if (const auto at = event::parse_timestamp(minute)) facts.arrivals.push_back({*at, count(item, "checked_in")});
  }
  std::sort(facts.arrivals.begin(), facts.arrivals.end(), [](const auto& a, const auto& b) { return a.minute < b.minute; });
  const auto& freshness = member(answer, "freshness");
  for (const auto& item : member(freshness, "sources")) {
    SourceFacts source;
    source.source = text(item, "source");
    source.last_event_time = moment(item, "last_event_time");
    source.missing = texts(item, "missing");
    source.missing_count = integer(item, "missing_count").value_or(static_cast<std::int64_t>(source.missing.size()));
    source.simulated = source.source.starts_with("/simulated/");
    facts.simulated |= source.simulated;
    facts.provisional |= source.missing_count > 0;
    facts.sources.push_back(std::move(source));
  }
  return {};
}

}  // namespace dongbo::report
