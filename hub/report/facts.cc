#include "hub/report/facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

constexpr int kAttempts = 3;

// The version of a unit that was in force on a day; the last one when the day is not known.
const Json& version_on(const Json& unit, const std::string& day) {
  const auto& versions = member(unit, "versions");
  const Json* found = &unit;
  if (!versions.is_array()) return *found;
  for (const auto& version : versions) {
    const auto from = text(version, "valid_from");
    const auto to = text(version, "valid_to");
    if (!day.empty() && ((!from.empty() && day < from) || (!to.empty() && day >= to))) continue;
    found = &version;
  }
  return *found;
}

bool in_force(const Json& unit, const std::string& day) {
  const auto from = text(unit, "valid_from");
  const auto until = text(unit, "valid_until");
  return day.empty() || ((from.empty() || from <= day) && (until.empty() || day < until));
}

void read_history(const Json& answer, MeetingFacts& meeting) {
  for (const auto& fact : member(answer, "history")) {
    const auto what = text(fact, "fact");
    if (what == "rescheduled")
      meeting.rescheduled.push_back(
          {text(fact, "previous_day"), text(fact, "day"), line_text(fact, "reason"), line_text(fact, "legal_act")});
    if (what == "cancelled") {
      meeting.cancel_reason = line_text(fact, "reason");
      meeting.cancel_legal_act = line_text(fact, "legal_act");
    }
  }
}

Result<void> read_meeting(Reading& reading) {
  DONGBO_ASSIGN(const auto answer, reading.answers.get({"meetings", reading.meeting()}));
  if (answer.is_null())
    return Error::not_found(fmt::format("không có gì về hội nghị / nothing is known of the meeting \"{}\"", reading.meeting()));
  auto& meeting = reading.facts.meeting;
  meeting.meeting = reading.meeting();
  meeting.title = line_text(answer, "title");
  meeting.organiser = text(answer, "organiser");
  meeting.chair = line_text(answer, "chair");
  meeting.day = text(answer, "day");
  meeting.starts_at = moment(answer, "starts_at");
  meeting.ends_at = moment(answer, "ends_at");
  meeting.mode = text(answer, "mode");
  meeting.place = line_text(answer, "place");
  meeting.state = text(answer, "state");
  meeting.opened_at = moment(answer, "opened_at");
  meeting.closed_at = moment(answer, "closed_at");
  for (const auto& basis : texts(answer, "basis")) meeting.basis.push_back(one_line(basis));
  meeting.indexes = texts(answer, "indexes");
  meeting.planned = !meeting.title.empty() || !meeting.day.empty();
  read_history(answer, meeting);
  for (const auto& item : member(answer, "agenda")) {
    DONGBO_ASSIGN(auto presenter, reading.body_name(text(item, "unit")));
    meeting.agenda.push_back({line_text(item, "title"), std::move(presenter), text(item, "starts_at"), integer(item, "minutes")});
  }
  reading.facts.simulated |= truth(answer, "simulated");
  reading.facts.issuer = reading.request.issuer.empty() ? meeting.organiser : reading.request.issuer;
  reading.facts.unit = meeting.organiser;
  // An agency discusses the figures of the province that it belongs to.
  const auto& parents = reading.reference.catalogues.agency_parents;
  if (const auto found = parents.find(meeting.organiser); found != parents.end()) reading.facts.unit = found->second;
  DONGBO_TRY(reading.unit_name(reading.facts.issuer));
  DONGBO_TRY(reading.unit_name(reading.facts.unit));
  // What stands above the body that reports is on its letterhead.
  if (const auto above = parents.find(reading.facts.issuer); above != parents.end()) DONGBO_TRY(reading.unit_name(above->second));
  return {};
}

// The Vietnamese name, the English one where nobody published another, else the code.
const std::string& best_name(const query::Catalogues::Named& named, const std::string& code) {
  if (!named.name_vi.empty()) return named.name_vi;
  return named.name_en.empty() ? code : named.name_en;
}

Result<Facts> read_once(Answers& answers, const Reference& reference, const FactsRequest& request) {
  Facts facts;
  facts.with_names = request.with_names;
  PinnedAnswers pinned(answers);
  Reading reading{pinned, reference, request, facts};
  DONGBO_TRY(read_meeting(reading));
  DONGBO_TRY(read_attendance(reading));
  DONGBO_TRY(read_delegates(reading));
  DONGBO_TRY(read_indexes(reading));  // before those that name components
  DONGBO_TRY(read_proceedings(reading));
  DONGBO_TRY(read_outcome(reading));
  DONGBO_TRY(read_sources(reading));
  DONGBO_TRY(read_frozen(reading));
  return facts;
}

}  // namespace

// Name and level into facts.unit_names and facts.unit_levels; what the answers gave before stays when nobody knows better.
Result<void> Reading::look_up(const std::string& code) {
  looked_up.insert(code);
  auto& name = facts.unit_names[code];
  if (const auto agency = reference.catalogues.agencies.find(code); agency != reference.catalogues.agencies.end()) {
    facts.unit_levels[code] = "agency";
    name = agency->second.name_vi;
    return {};
  }
  if (name.empty()) name = code;
  DONGBO_ASSIGN(const auto answer, answers.get({"units", code}));
  for (const auto& unit : member(answer, "units")) {
    const auto& version = version_on(unit, facts.meeting.day);
    const auto found = line_text(version, "name");
    if (found.empty()) continue;
    name = found;
    facts.unit_levels[code] = text(version, "level");
    if (in_force(unit, facts.meeting.day)) break;
  }
  return {};
}

Result<std::string> Reading::unit_name(const std::string& code) {
  if (code.empty()) return std::string();
  if (!facts.unit_names.contains(code)) DONGBO_TRY(look_up(code));
  return facts.unit_names[code];
}

Result<std::string> Reading::body_name(const std::string& code) {
  if (code.empty()) return std::string();
  if (!looked_up.contains(code)) DONGBO_TRY(look_up(code));
  const auto& name = facts.unit_names[code];
  const auto level = facts.unit_levels.find(code);
  const bool place = level != facts.unit_levels.end() &&
                     (level->second == "province" || level->second == "district" || level->second == "commune");
  return place ? committee_of(name) : name;
}

std::string Reading::composition_name(const std::string& code) const {
  const auto found = reference.catalogues.compositions.find(code);
  if (found != reference.catalogues.compositions.end()) return found->second.name_vi;
  return code.empty() ? code : fmt::format("Thành phần khác ({})", code);
}

std::string Reading::component_name(const std::string& index, const std::string& component) const {
  if (component.empty()) return {};
  // The method is not said: that of the figures which the meeting discussed counts, else the first that has the code.
  for (const auto& figures : facts.indexes)
    if (figures.index == index)
      for (const auto& each : figures.components)
        if (each.component == component) return each.name;
  const std::string prefix = index + std::string(1, '\0');
  const auto& all = reference.catalogues.components;
  for (auto at = all.lower_bound(prefix); at != all.end() && at->first.starts_with(prefix); ++at)
    if (at->first.ends_with(std::string(1, '\0') + component)) return best_name(at->second, component);
  return component;
}

Result<Facts> read_facts(Answers& answers, const Reference& reference, const FactsRequest& request) {
  for (int attempt = 1;; ++attempt) {
    auto facts = read_once(answers, reference, request);
    if (facts || facts.error().error_class != ErrorClass::kTransient || attempt == kAttempts) return facts;
  }
}

Course Facts::course() const {
  if (meeting.state == "cancelled") return Course::kCancelled;
  const bool came = total.checked_in > 0 || total.headcount > 0;
  const bool heard = std::any_of(papers.begin(), papers.end(), [](const auto& paper) { return paper.state == "presented"; });
  const bool concluded = !conclusions.empty() || !commitments.empty();
  return meeting.opened_at || meeting.closed_at || came || heard || concluded ? Course::kHeld : Course::kAwaited;
}

std::string name_of(const Facts& facts, const std::string& unit) {
  const auto found = facts.unit_names.find(unit);
  return found == facts.unit_names.end() ? unit : found->second;
}

}  // namespace dongbo::report
