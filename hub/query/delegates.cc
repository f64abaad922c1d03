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
Result<Flags> flags_of(Names& names, const PersonView& view) {
  Flags out;
  if (view.at_two_points) out.push_back("at_two_points");
  if (view.not_invited) out.push_back("not_invited");
  if (view.withdrawn_but_present) out.push_back("withdrawn_but_present");
  if (view.substitute) out.push_back("substitute");
  const auto add = [&out](const Flags& flags) {
    for (const auto flag : flags)
      if (std::find(out.begin(), out.end(), flag) == out.end()) out.push_back(flag);
  };
  for (const auto& point : view.points) {
    DONGBO_ASSIGN(const auto flags, names.flags(std::string(point), "", ""));
    add(flags);
  }
  for (const auto& unit : view.units) {
    DONGBO_ASSIGN(const auto flags, names.flags("", std::string(unit), ""));
    add(flags);
  }
  for (const auto& composition : view.compositions) {
    DONGBO_ASSIGN(const auto flags, names.flags("", "", std::string(composition)));
    add(flags);
  }
  return out;
}

std::string render(std::string_view delegate, const PersonRow& person, const PersonView& view, bool closed, const Flags& flags) {
  ObjectText out;
  out.member("delegate", delegate).member("name", person.name->value).member("invited", view.invited);
  out.member("registered", view.registered).member("state", state_of(view, closed)).member("checked_in", view.checked_in);
  out.member("present", view.present).member("checked_out", view.checked_out).member("first_in", view.first_in);
  out.member("last_out", view.last_out).member("points", view.points).member("scanned_points", view.scanned_points);
  out.member("compositions", view.compositions).member("units", view.units);
  // Somebody may stand for several: the first by name, and all of them.
  std::vector<std::string_view> stands_for;
  for (const auto& [replaced, seat] : *person.stands_for) stands_for.push_back(replaced);
  out.member("substitute_for", stands_for.empty() ? std::string_view() : stands_for.front()).member("stands_for", stands_for);
  const auto& said = person.registration->value;
  const bool delegated = static_cast<RegistrationState>(said.state) == RegistrationState::kDelegated;
  out.member("replaced_by", delegated ? said.substitute : std::string()).member("flags", flags);
  return out.text();
}

bool takes(const WhoFilter& filter, const PersonView& view) {
  const auto point = [&](std::string_view name) { return filter.takes_point(name); };
  const auto unit = [&](std::string_view name) { return filter.takes_unit(name); };
  const auto composition = [&](std::string_view name) { return filter.takes_composition(name); };
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
  DONGBO_ASSIGN(auto listing, list_rows(context.view.at_meeting(context.meeting()), projection::kAttendancePersons,
                                        projection::prefix(context.meeting()), parameters.after(), parameters.page_size(),
                                        [&](std::string_view key, const PersonRow& person) -> std::optional<std::string> {
                                          const auto view = projection::view_of(person);
                                          if (!takes(filter, view)) return std::nullopt;
                                          auto flags = flags_of(names, view);
                                          if (!flags) return failure = flags.error(), std::nullopt;
                                          if (!flag.empty() && flag != state_of(view, closed) &&
                                              std::find(flags->begin(), flags->end(), flag) == flags->end())
                                            return std::nullopt;
                                          return render(key.substr(key.rfind('\0') + 1), person, view, closed, *flags);
                                        }));
  if (failure) return *failure;
  return reply_list(context, listing);
}

}  // namespace dongbo::query
