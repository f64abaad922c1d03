#include <algorithm>

#include "hub/projection/attendance.h"
#include "hub/query/meeting.h"
#include "hub/query/names.h"
#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

using projection::PersonRow;
using projection::PersonView;
using projection::RegistrationState;

// One word for where a person stands; coming outweighs what was said before.
std::string_view state_of(const PersonView& view, bool closed) {
  if (view.present) return "present";
  if (view.checked_in) return "left";
  if (view.absent_with_leave) return "absent_with_leave";
  if (view.replaced) return "replaced";
  if (view.awaited) return closed ? "absent_without_leave" : "expected";
  return "none";
}

// What an organiser must look at: of the person, then of the codes he goes by.
Result<Json> flags_of(Names& names, const PersonView& view) {
  Json out = Json::array();
  if (view.at_two_points) out.push_back("at_two_points");
  if (view.not_invited) out.push_back("not_invited");
  if (view.withdrawn_but_present) out.push_back("withdrawn_but_present");
  if (view.substitute) out.push_back("substitute");
  const auto add = [&out](const Json& flags) {
    for (const auto& flag : flags)
      if (std::find(out.begin(), out.end(), flag) == out.end()) out.push_back(flag);
  };
  for (const auto& point : view.points) {
    DONGBO_ASSIGN(const auto flags, names.flags(point, "", ""));
    add(flags);
  }
  for (const auto& unit : view.units) {
    DONGBO_ASSIGN(const auto flags, names.flags("", unit, ""));
    add(flags);
  }
  for (const auto& composition : view.compositions) {
    DONGBO_ASSIGN(const auto flags, names.flags("", "", composition));
    add(flags);
  }
  return out;
}

Json render(const std::string& delegate, const PersonRow& person, const PersonView& view, bool closed) {
  Json out{{"delegate", delegate}, {"name", person.name.value}, {"invited", view.invited}, {"registered", view.registered}};
  out["state"] = state_of(view, closed);
  out["checked_in"] = view.checked_in;
  out["present"] = view.present;
  out["checked_out"] = view.checked_out;
  out["first_in"] = projection::to_json(view.first_in);
  out["last_out"] = projection::to_json(view.last_out);
  out["points"] = view.points;
  out["scanned_points"] = view.scanned_points;
  out["compositions"] = view.compositions;
  out["units"] = view.units;
  // Somebody may stand for several; the first by name, and all of them.
  auto& stands_for = out["stands_for"] = Json::array();
  for (const auto& [replaced, seat] : person.stands_for) stands_for.push_back(replaced);
  out["substitute_for"] = person.stands_for.empty() ? std::string() : person.stands_for.begin()->first;
  const auto& said = person.registration.value;
  out["replaced_by"] =
      static_cast<RegistrationState>(said.state) == RegistrationState::kDelegated ? said.substitute : std::string();
  return out;
}

bool takes(const WhoFilter& filter, const PersonView& view) {
  const auto point = [&](const std::string& name) { return filter.takes_point(name); };
  const auto unit = [&](const std::string& name) { return filter.takes_unit(name); };
  const auto composition = [&](const std::string& name) { return filter.takes_composition(name); };
  return (!filter.names_point() || std::any_of(view.points.begin(), view.points.end(), point)) &&
         (!filter.names_unit() || std::any_of(view.units.begin(), view.units.end(), unit)) &&
         (!filter.names_composition() || std::any_of(view.compositions.begin(), view.compositions.end(), composition));
}

}  // namespace

Result<Reply> list_delegates(Context& context) {
  const auto& parameters = context.parameters;
  const auto& flag = parameters.text("flag");
  DONGBO_ASSIGN(const bool known, meeting_is_known(context));
  if (!known) return unknown_meeting(context);
  DONGBO_ASSIGN(const bool closed, meeting_is_closed(context));
  DONGBO_ASSIGN(const auto filter, WhoFilter::of(context));
  Names names(context);
  std::optional<Error> failure;
  DONGBO_ASSIGN(auto listing, list_rows(context.view.at_home(context.meeting()), projection::kAttendancePersons,
                                        projection::prefix(context.meeting()), parameters.after(), parameters.page_size(),
                                        [&](std::string_view key, const PersonRow& person) -> std::optional<Json> {
                                          const auto view = projection::view_of(person);
                                          if (!takes(filter, view)) return std::nullopt;
                                          auto flags = flags_of(names, view);
                                          if (!flags) return failure = flags.error(), std::nullopt;
                                          if (!flag.empty() && std::find(flags->begin(), flags->end(), flag) == flags->end())
                                            return std::nullopt;
                                          auto out = render(std::string(key.substr(key.rfind('\0') + 1)), person, view, closed);
                                          out["flags"] = std::move(*flags);
                                          return out;
                                        }));
  if (failure) return *failure;
  return reply_list(context, std::move(listing));
}

}  // namespace dongbo::query
