#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "hub/cli/demo_event.h"
#include "hub/cli/uploader.h"

namespace dongbo::cli {

// Sends the demo's events to a hub as a publisher would: over HTTP, in the order in which they are sent. One thread.
class DemoPlayer {
 public:
  // `stopped` is asked while waiting; when it says true, play() ends early.
  DemoPlayer(HttpClient& client, std::function<bool()> stopped);

  // As fast as the hub takes them.
  Result<void> rush(std::span<const DemoEvent> events);
  // `speed` seconds of conference in one second, beginning at `from`; ends at `until` of the conference's clock, also
  // when nothing happens any more. `tick` is told the clock, several times a second. False: stopped.
  Result<bool> play(std::span<const DemoEvent> events, Millis from, Millis until, double speed,
                    const std::function<void(Millis)>& tick);

  const UploadTotals& totals() const { return uploader_.totals(); }

 private:
  static constexpr std::size_t kChunkEvents = 500;
  std::function<bool()> stopped_;
  Uploader uploader_;
};

}  // namespace dongbo::cli
