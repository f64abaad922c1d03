#include "hub/cli/demo_player.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace dongbo::cli {

DemoPlayer::DemoPlayer(HttpClient& client, std::function<bool()> stopped)
    : stopped_(std::move(stopped)), uploader_(client, {"", std::chrono::seconds(60), stopped_, {}}) {}

Result<void> DemoPlayer::rush(std::span<const DemoEvent> events) {
  while (!events.empty()) {
    if (stopped_ && stopped_()) return {};
    const auto count = std::min(kChunkEvents, events.size());
    std::string lines;
    for (const auto& event : events.first(count)) lines += event.json() + "\n";
    DONGBO_TRY(uploader_.send(lines, 1));
    events = events.subspan(count);
  }
  return {};
}

Result<bool> DemoPlayer::play(std::span<const DemoEvent> events, Millis from, Millis until, double speed,
                              const std::function<void(Millis)>& tick) {
  using std::chrono::steady_clock;
  const auto start = steady_clock::now();
  for (;;) {
    const std::chrono::duration<double, std::milli> watched = steady_clock::now() - start;
    const Millis now(from.value() + static_cast<std::int64_t>(watched.count() * speed));
    const auto due = std::find_if(events.begin(), events.end(), [now](const auto& event) { return event.sent > now; });
    const auto count = static_cast<std::size_t>(due - events.begin());
    DONGBO_TRY(rush(events.first(count)));
    events = events.subspan(count);
    if (stopped_ && stopped_()) return false;
    tick(std::min(now, until));
    if (now >= until && events.empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
  }
}

}  // namespace dongbo::cli
