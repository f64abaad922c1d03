#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/event/entry_view.h"
#include "hub/event/position.h"
#include "hub/journal/journal.h"

namespace dongbo::audit {

// Which events a replay takes; what is empty does not limit.
struct ReplayFilter {
  std::string type;     // the whole type, or its beginning: "vn.dongbo.attendance."
  std::string source;   // the source, or one above it: "/districts/502" takes "/districts/502/checkin"
  std::string subject;  // likewise
  std::string meeting;
  std::optional<Millis> from;   // event time, this moment included
  std::optional<Millis> until;  // event time, this moment excluded
  event::Position after;
  std::optional<event::Position> through;  // a shard that it does not name gives nothing; like `after`, not beyond the head

  bool looks_inside() const { return !type.empty() || !source.empty() || !subject.empty() || !meeting.empty() || from || until; }
  bool takes(const event::EntryView& event) const;
};

struct Replayed {
  ShardId shard;
  Sequence sequence;
  Millis recorded_at;
  std::string_view entry;  // valid during the call
};

struct ReplayFigures {
  std::uint64_t read = 0;
  std::uint64_t taken = 0;
  std::uint64_t damaged = 0;  // entries that could not be read
};

// Reads the journals of a data directory, also beside a running hub, and gives their events in an order that is the same
// every time: each shard's in its own, and across shards whichever was recorded first (of equal ones the lower shard).
// One thread.
class Replay {
 public:
  static Result<std::unique_ptr<Replay>> open(const std::filesystem::path& data, ReplayFilter filter);
  ~Replay();

  std::uint64_t total() const;  // entries within the positions asked for
  std::uint32_t shards() const { return static_cast<std::uint32_t>(cursors_.size()); }

  // Until the end or until `take` returns false. `damaged` is told of stretches that cannot be read; they are left out.
  Result<ReplayFigures> run(const std::function<bool(const Replayed&)>& take,
                            const std::function<void(ShardId, Sequence, Sequence, const std::string&)>& damaged,
                            const std::function<void(std::uint64_t read)>& progress);

 private:
  class Cursor;
  explicit Replay(ReplayFilter filter);
  ReplayFilter filter_;
  std::vector<std::unique_ptr<Cursor>> cursors_;
  event::EntryReader reader_;
};

}  // namespace dongbo::audit
