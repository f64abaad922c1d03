#include "hub/projection/facts.h"

namespace dongbo::projection {

std::string_view fact_name(std::string_view type) {
  constexpr std::string_view kBefore = "vn.dongbo.";
  constexpr std::string_view kAfter = ".v1";
  if (!type.starts_with(kBefore) || !type.ends_with(kAfter) || type.size() <= kBefore.size() + kAfter.size()) return {};
  return type.substr(kBefore.size(), type.size() - kBefore.size() - kAfter.size());
}

bool is_simulated(const event::EntryView& event) {
  return event.source.starts_with("/simulated/") || event.data.boolean("simulated").value_or(false);
}

namespace {
std::vector<std::string> read_texts(const event::DataView& data, std::string_view member) {
  const auto texts = data.texts(member);
  return {texts.begin(), texts.end()};
}
}  // namespace

std::vector<std::string> Fact::texts(std::string_view member) const {
  return read_texts(data, member);
}

void Fill::texts(unsigned member, std::string_view name, std::vector<std::string>& into) const {
  if (takes(member, name)) into = read_texts(data_, name);
}

bool Said::claim(unsigned member, const Stamp& when) {
  DONGBO_ASSERT(member < 64);
  const auto bit = std::uint64_t{1} << member;
  const auto holder = std::find_if(entries_.begin(), entries_.end(), [bit](const Entry& e) { return (e.members & bit) != 0; });
  if (holder != entries_.end()) {
    if (when < holder->stamp) return false;
    holder->members &= ~bit;
    if (holder->members == 0 && holder->stamp != when) entries_.erase(holder);
  }
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), when,
                                   [](const Entry& e, const Stamp& stamp) { return e.stamp < stamp; });
  if (at != entries_.end() && at->stamp == when) {
    at->members |= bit;
  } else {
    entries_.insert(at, Entry{when, bit});
  }
  return true;
}

}  // namespace dongbo::projection
