#include <fmt/format.h>

#include <algorithm>

#include "hub/event/position.h"
#include "hub/report/facts_reader.h"

namespace dongbo::report {
namespace {

// Lists the journal's entries up to the pinned position.
Result<void> journal(Reading& reading, const event::Position& through, std::map<std::string, std::string> parameters,
                     const std::function<void(const event::Position&, const Json&)>& take) {
  parameters["page_size"] = "1000";
  parameters["through"] = through.text();
  std::size_t seen = 0;
  while (true) {
    DONGBO_ASSIGN(const auto answer, reading.answers.get_unpinned({"journal"}, parameters));
    for (const auto& item : member(answer, "items")) {
      if (++seen > kListItemsMax)
        return Error::fatal(
            "nhật ký có quá nhiều đính chính của hội nghị này cho một báo cáo / the journal has too many corrections of this "
            "meeting for one report");
      const auto position = event::Position::parse(text(item, "position"));
      if (position) take(*position, item);
    }
    const auto next = text(answer, "next_page_token");
    if (next.empty()) return {};
    parameters["page_token"] = next;
  }
}

// "attendance.corrected" of "vn.dongbo.attendance.corrected.v1".
std::string fact_of(const std::string& type) {
  constexpr std::string_view kPrefix = "vn.dongbo.";
  if (!type.starts_with(kPrefix)) return type;
  const auto version = type.rfind(".v");
  return type.substr(kPrefix.size(), version == std::string::npos ? std::string::npos : version - kPrefix.size());
}

Result<void> read_corrections(Reading& reading, const event::Position& through) {
  auto& facts = reading.facts;
  const auto take = [&](const event::Position& position, const Json& item) {
    const auto& event = member(item, "event");
    const auto at = moment(event, "time");
    CorrectionFacts correction{position.text(), at.value_or(Millis()), fact_of(text(event, "type")),
                               line_text(member(event, "data"), "reason")};
    ++facts.corrections_by_kind[correction.kind];
    if (facts.corrections.size() < kCorrectionsListed) facts.corrections.push_back(std::move(correction));
  };
  const std::string types = "vn.dongbo.attendance.corrected.,vn.dongbo.attendance.revoked.";
  return journal(reading, through, {{"meeting", reading.meeting()}, {"type", types}}, take);
}

// When the hub recorded the last event of the position: the latest of the shards' last entries.
Result<void> read_as_of(Reading& reading, const event::Position& through) {
  event::Position after;
  for (const auto& [shard, sequence] : through.entries()) after.set(shard, Sequence(sequence.value() - 1));
  std::optional<Millis> last;
  DONGBO_TRY(journal(reading, through, {{"after", after.text()}}, [&](const event::Position&, const Json& item) {
    const auto at = moment(item, "recorded_at");
    if (at && (!last || *at > *last)) last = *at;
  }));
  if (last) reading.facts.as_of = event::format_timestamp(*last);
  return {};
}

}  // namespace

Result<void> read_sources(Reading& reading) {
  auto& facts = reading.facts;
  DONGBO_TRY(reading.answers.items_of({"sources"}, [&](const Json& item) {
    const auto name = text(item, "source");
    const auto found =
        std::find_if(facts.sources.begin(), facts.sources.end(), [&](const SourceFacts& each) { return each.source == name; });
    if (found == facts.sources.end()) return;
    found->events = count(item, "events");
    found->late = count(item, "late");
    found->ahead = count(item, "ahead");
    found->simulated |= truth(item, "simulated");
    facts.simulated |= found->simulated;
  }));
  return {};
}

Result<void> read_frozen(Reading& reading) {
  auto& facts = reading.facts;
  facts.position = reading.answers.position();
  const auto through = event::Position::parse(facts.position);
  if (!through)
    return Error::fatal(fmt::format(
        "hub trả về '{0}', không phải vị trí / the hub answers with the position '{0}', which is none", facts.position));
  DONGBO_TRY(read_corrections(reading, *through));
  DONGBO_TRY(read_as_of(reading, *through));
  DONGBO_ASSIGN(const auto projections, reading.answers.get_unpinned({"projections"}));
  for (const auto& item : member(projections, "items"))
    if (const auto version = integer(item, "version"); version && *version >= 0)
      facts.projections[text(item, "projection")] = static_cast<std::uint32_t>(*version);
  return {};
}

}  // namespace dongbo::report
