#pragma once
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "hub/base/clock.h"
#include "hub/event/codec.h"
#include "hub/event/position.h"
#include "hub/shard/shard_set.h"

namespace dongbo::intake {

// What became of one event that came through a door, in the words of the outside contract.
struct Receipt {
  enum class Outcome { kAccepted, kDuplicate, kConflict, kInvalid, kFailed };
  Outcome outcome = Outcome::kFailed;
  std::string id;
  std::string source;
  std::string position;              // "1:42" of the accepted event, of the first one for duplicates and conflicts
  std::string quarantine;            // "1:q7" when it is kept there
  std::vector<event::Fault> faults;  // kInvalid
  event::RefusalKind refusal = event::RefusalKind::kInvalid;
  std::string why;  // kFailed, for people; empty: there was no room
};

// One item as a door decoded it; `raw` is kept only when a refused item goes to quarantine.
struct Item {
  event::Decoded decoded;
  std::int64_t ordinal = -1;  // line in a file, -1 else
  std::string raw;
};

struct Delivery {
  std::vector<Item> items;
  bool keep_refused = false;  // a file: refused items go to quarantine (shard 0) with `origin`
  journal::Origin origin;     // door "http" or "file"
  // Called once, from a shard's owner thread or from inside accept(): one receipt an item, in order.
  std::function<void(std::vector<Receipt>)> done;
};

// The way in for whatever is not Kafka itself: routes decoded events to their home shards, waits for all of them, gives
// receipts in order. Embedded hubs journal straight into the shards; with Kafka (kafka_door.h) an implementation
// publishes to the topic and answers when the hub's own consumer has journaled the record, so the topic stays the whole
// truth. Any thread.
class Intake {
 public:
  virtual ~Intake() = default;
  // False: back-pressure (some shard's queue is full or its trail too far behind); nothing of it was taken, `done` will
  // not be called; try again in a moment.
  virtual bool accept(Delivery& delivery) = 0;
};

// Embedded: into the shards of this process. All shards of a delivery must have room; the check and the pushes are not
// one step, so on a race the parts that were refused come back as kFailed receipts (sending again is harmless).
std::unique_ptr<Intake> make_embedded_intake(shard::ShardSet& shards, const Clock& clock);

}  // namespace dongbo::intake
