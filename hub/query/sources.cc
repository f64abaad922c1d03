#include "hub/query/sources.h"

#include <map>

#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

using projection::kMeetingSources;
using projection::kSources;
using projection::SourceRow;

// Entries of the quarantine that are looked at to count what is held of each source.
constexpr std::size_t kQuarantineCountedMax = 20'000;

struct Counts {
  std::uint64_t duplicates = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t quarantined = 0;
};
Result<std::map<std::string, Counts>> count_by_source(const View& view) {
  std::map<std::string, Counts> out;
  for (const auto shard : view.all()) {
    const auto& one = view.shards().at(shard);
    for (const auto& [source, repeats] : one.repeats_by_source()) {
      out[source].duplicates += repeats.first;
      out[source].conflicts += repeats.second;
    }
    std::size_t counted = 0;
    DONGBO_TRY(one.journal().read_quarantine(QuarantineNumber(0), [&](const journal::NumberedQuarantineEntry& held) {
      if (held.entry.state == static_cast<std::uint8_t>(journal::QuarantineState::kHeld)) ++out[held.entry.source].quarantined;
      return ++counted < kQuarantineCountedMax;
    }));
  }
  return out;
}

void keep_latest(std::optional<Millis>& into, const std::optional<Millis>& other) {
  if (other && (!into || *other > *into)) into = other;
}

}  // namespace

void add_up(SourceRow& into, const SourceRow& other) {
  if (other.first_event_time && (!into.first_event_time || *other.first_event_time < *into.first_event_time)) {
    into.first_event_time = other.first_event_time;
  }
  keep_latest(into.last_event_time, other.last_event_time);
  keep_latest(into.last_seen, other.last_seen);
  into.events += other.events;
  into.late += other.late;
  into.ahead += other.ahead;
  into.sequence_unreadable += other.sequence_unreadable;
  into.simulated |= other.simulated;
  into.seen.merge(other.seen);
}

Result<SourceRow> source_over_all_shards(Context& context, const std::string& source) {
  SourceRow out;
  out.source = source;
  for (const auto shard : context.view.all()) {
    DONGBO_ASSIGN(const auto row, projection::row(context.view.at(shard), kSources, projection::key(source)));
    if (row) add_up(out, *row);
  }
  return out;
}

Result<std::string> freshness_of_meeting(Context& context) {
  ArrayText sources;
  bool missing = false;
  std::optional<Millis> latest;
  std::optional<Error> failure;
  DONGBO_TRY(projection::scan(context.view.at_meeting(context.meeting()), kMeetingSources, projection::prefix(context.meeting()),
                              "", [&](std::string_view, const projection::MeetingSourceRow& row) {
                                const auto whole = source_over_all_shards(context, row.source);
                                if (!whole) return failure = whole.error(), false;
                                const auto count = whole->seen.missing_count();
                                missing |= count > 0;
                                keep_latest(latest, row.last_event_time);
                                ObjectText one;
                                one.member("source", row.source).member("last_event_time", row.last_event_time);
                                one.member("last_seen", row.last_seen).member("missing", whole->seen.missing(kMissingListed));
                                sources.add(one.member("missing_count", count).text());
                                return true;
                              }));
  if (failure) return *failure;
  ObjectText out;
  out.member("position", context.view.position().text()).member("event_time", latest);
  out.member("provisional", missing || context.view.behind()).raw("sources", sources.text());
  return out.text();
}

Result<Reply> list_sources(Context& context) {
  const auto& parameters = context.parameters;
  std::vector<Listing> parts;
  for (const auto shard : context.view.all()) {
    DONGBO_ASSIGN(auto part, list_rows(context.view.at(shard), kSources, "", parameters.after(), parameters.page_size(),
                                       [](std::string_view, const SourceRow&) { return std::optional<std::string>(""); }));
    parts.push_back(std::move(part));
  }
  auto listing = merge(std::move(parts), parameters.page_size());
  DONGBO_ASSIGN(auto counts, count_by_source(context.view));
  for (auto& [source, item] : listing.items) {
    DONGBO_ASSIGN(const auto row, source_over_all_shards(context, source));
    ObjectText out;
    out.members_of(row, {"seen"}).member("missing", row.seen.missing(kMissingListed));
    const auto& count = counts[source];
    out.member("missing_count", row.seen.missing_count()).member("duplicates", count.duplicates);
    item = out.member("conflicts", count.conflicts).member("quarantined", count.quarantined).text();
  }
  return reply_list(context, listing);
}

}  // namespace dongbo::query
