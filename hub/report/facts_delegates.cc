#include <algorithm>
#include <set>

#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

// What registrations and invitations say of the delegates whom a report lists.
struct Said {
  std::string reason;
  std::string substitute;
  std::string substitute_name;
  std::string position;
};

Result<std::map<std::string, Said>> read_said(Reading& reading, const std::set<std::string>& listed) {
  std::map<std::string, Said> out;
  const bool names = reading.request.with_names;
  const auto take = [&](const Json& item) -> Said* {
    const auto delegate = text(item, "delegate");
    return listed.contains(delegate) ? &out[delegate] : nullptr;
  };
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "registrations"}, [&](const Json& item) {
    auto* said = take(item);
    if (said == nullptr) return;
    said->substitute = text(item, "substitute");
    if (!names) return;
    said->reason = line_text(item, "reason");
    said->substitute_name = line_text(item, "substitute_name");
    said->position = line_text(item, "position");
  }));
  if (!names) return out;
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "invitations"}, [&](const Json& item) {
    auto* said = take(item);
    if (said != nullptr && said->position.empty()) said->position = line_text(item, "position");
  }));
  return out;
}

bool is_absent(const std::string& state) {
  return state == "absent_with_leave" || state == "absent_without_leave" || state == "replaced";
}

bool to_be_looked_at(const std::vector<std::string>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](const std::string& flag) {
    return flag == "at_two_points" || flag == "not_invited" || flag == "withdrawn_but_present";
  });
}

void sort(std::vector<DelegateFacts>& delegates) {
  const Collation collation;
  const auto unit = [](const DelegateFacts& delegate) { return delegate.units.empty() ? std::string() : delegate.units.front(); };
  std::sort(delegates.begin(), delegates.end(), [&](const DelegateFacts& a, const DelegateFacts& b) {
    if (unit(a) != unit(b)) return collation.less(unit(a), unit(b));
    return natural_less(a.delegate, b.delegate);
  });
}

}  // namespace

Result<void> read_delegates(Reading& reading) {
  auto& facts = reading.facts;
  std::set<std::string> listed;
  std::map<std::string, std::vector<std::string>> unit_codes;
  DONGBO_TRY(reading.answers.items_of({"meetings", reading.meeting(), "delegates"}, [&](const Json& item) {
    DelegateFacts delegate;
    delegate.delegate = text(item, "delegate");
    delegate.state = text(item, "state");
    delegate.flags = texts(item, "flags");
    const bool checked_in = truth(item, "checked_in");
    const bool absent = is_absent(delegate.state);
    if (!absent && !(checked_in && to_be_looked_at(delegate.flags))) return;
    if (reading.request.with_names) delegate.name = line_text(item, "name");
    delegate.points = texts(item, "points");
    if (const auto scanned = texts(item, "scanned_points"); !scanned.empty()) delegate.points = scanned;
    for (const auto& code : texts(item, "compositions")) delegate.compositions.push_back(reading.composition_name(code));
    unit_codes[delegate.delegate] = texts(item, "units");
    delegate.substitute = text(item, "replaced_by");
    listed.insert(delegate.delegate);
    (absent ? facts.absent : facts.attention).push_back(std::move(delegate));
  }));
  DONGBO_ASSIGN(const auto said, read_said(reading, listed));
  for (auto* list : {&facts.absent, &facts.attention}) {
    for (auto& delegate : *list) {
      for (const auto& code : unit_codes[delegate.delegate]) {
        DONGBO_ASSIGN(auto name, reading.unit_name(code));
        delegate.units.push_back(std::move(name));
      }
      if (const auto found = said.find(delegate.delegate); found != said.end()) {
        delegate.reason = found->second.reason;
        delegate.position = found->second.position;
        delegate.substitute_name = found->second.substitute_name;
        if (delegate.substitute.empty()) delegate.substitute = found->second.substitute;
      }
    }
    sort(*list);
  }
  return {};
}

}  // namespace dongbo::report
