#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/facts.h"
#include "hub/projection/projection.h"
#include "hub/projection/sequence_intervals.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// An event counts as late when the hub journaled it more than this after it happened.
inline constexpr std::int64_t kLateAfterMillis = 10 * 60 * 1000;

// What a shard holds of one source, from events of every type. A source may write to several shards (each meeting has its
// own): query/ adds the rows of all shards up, and a number is missing only when no shard saw it.
// `last_seen`, `late` and `ahead` tell of the arrival, not of the facts: a replay into another hub gives others.
struct SourceRow {
  std::string source;
  std::optional<Millis> first_event_time;
  std::optional<Millis> last_event_time;  // of events that are not ahead: one wrong clock would be the freshest for ever
  std::optional<Millis> last_seen;        // when the hub journaled the last one
  std::int64_t events = 0;
  std::int64_t late = 0;
  std::int64_t ahead = 0;                // said to have happened after they were journaled (EntryView::is_ahead)
  std::int64_t sequence_unreadable = 0;  // has a `sequence` that is not a number of 1 to 18 digits
  bool simulated = false;
  SequenceIntervals seen;
  static void fields(auto& row, auto&& visit) {
    visit("source", row.source);
    visit("first_event_time", row.first_event_time);
    visit("last_event_time", row.last_event_time);
    visit("last_seen", row.last_seen);
    visit("events", row.events);
    visit("late", row.late);
    visit("ahead", row.ahead);
    visit("sequence_unreadable", row.sequence_unreadable);
    visit("simulated", row.simulated);
    visit("seen", row.seen);
  }
};
// Not announced: it changes with every event, and who wants those reads them.
inline const auto kSources = TableSpec<SourceRow>{"sources", "sources", 0, {"source"}, false}.rewritten_often();

// The same for one meeting, so that its answers can say how far each source has come. Events outside a meeting have none.
struct MeetingSourceRow {
  std::string meeting;
  std::string source;
  std::optional<Millis> last_event_time;  // of events that are not ahead
  std::optional<Millis> last_seen;
  std::int64_t events = 0;
  std::int64_t late = 0;
  bool simulated = false;
  static void fields(auto& row, auto&& visit) {
    visit("meeting", row.meeting);
    visit("source", row.source);
    visit("last_event_time", row.last_event_time);
    visit("last_seen", row.last_seen);
    visit("events", row.events);
    visit("late", row.late);
    visit("simulated", row.simulated);
  }
};
inline const auto kMeetingSources =
    TableSpec<MeetingSourceRow>{"sources", "meeting_sources", 1, {"meeting", "source"}, false}.rewritten_often();

std::unique_ptr<Projection> make_sources();

}  // namespace dongbo::projection
