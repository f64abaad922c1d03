#include "hub/projection/sources.h"

namespace dongbo::projection {
namespace {

// Not a FactProjection: it takes every type, and every event of the hub passes here, so it makes no stamps.
class Sources final : public Projection {
 public:
  std::string_view name() const override { return "sources"; }
  std::uint32_t version() const override { return 3; }
  bool takes(std::string_view /*type*/) const override { return true; }
  Tables tables(const RowStore& store) const override { return Tables::make(store, kSources, kMeetingSources); }
  Result<void> fold(const event::EntryView& event, Tables& tables) const override;
};

Result<void> Sources::fold(const event::EntryView& event, Tables& tables) const {
  const bool late = event.recorded_at.value() - event.time.value() > kLateAfterMillis;
  const bool ahead = event.is_ahead();
  const bool simulated = is_simulated(event);
  auto& row = tables[kSources].upsert(event.source);
  if (row.events++ == 0) row.source = event.source;
  keep_first(row.first_event_time, event.time);
  if (!ahead) keep_last(row.last_event_time, event.time);
  keep_last(row.last_seen, event.recorded_at);
  row.late += late ? 1 : 0;
  row.ahead += ahead ? 1 : 0;
  row.simulated |= simulated;
  if (!event.sequence_text.empty() && !row.seen.add(event.sequence_text)) ++row.sequence_unreadable;

  const auto meeting = event.data.text("meeting");
  if (meeting.empty()) return {};
  auto& of_meeting = tables[kMeetingSources].upsert(key(meeting, event.source));
  if (of_meeting.events++ == 0) {
    of_meeting.meeting = meeting;
    of_meeting.source = event.source;
  }
  if (!ahead) keep_last(of_meeting.last_event_time, event.time);
  keep_last(of_meeting.last_seen, event.recorded_at);
  of_meeting.late += late ? 1 : 0;
  of_meeting.simulated |= simulated;
  return {};
}

}  // namespace

std::unique_ptr<Projection> make_sources() {
  return std::make_unique<Sources>();
}

}  // namespace dongbo::projection
