#pragma once
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "hub/cli/demo_event.h"
#include "hub/cli/demo_random.h"

namespace dongbo::cli {

// Writes the simulated events of the meeting: each says that it is simulated, in its data and by its source. Places of
// events in events() stay the same until finish().
class DemoWriter {
 public:
  using Json = nlohmann::ordered_json;

  explicit DemoWriter(std::uint64_t seed) : random_(seed) {}

  // `what` is the tail of the subject: "delegates/0007". Sent at once when it happened.
  std::size_t add(const std::string& id, const std::string& source, const std::string& fact, const std::string& what, Millis time,
                  const Json& data);
  // Sends event `index` again at `sent`, as a publisher does that got no answer.
  void send_again(std::size_t index, Millis sent) {
    auto copy = events_[index];
    copy.sent = sent;
    again_.push_back({index, std::move(copy)});
  }
  // The same identity with other content, as from a device that was set up twice.
  void contradict(std::size_t index, Millis sent, const std::string& member, const std::string& value) {
    auto copy = events_[index];
    copy.sent = sent;
    copy.data[member] = value;
    again_.push_back({index, std::move(copy)});
  }
  // The source of event `index` loses one number before it: a gap that stays.
  void lose_before(std::size_t index) { lost_.insert(index); }

  DemoEvent& at(std::size_t index) { return events_[index]; }
  DemoRandom& random() { return random_; }

  // Numbers the sources that count, each in the order in which things happened, and sorts by when they are sent.
  std::vector<DemoEvent> finish() &&;

 private:
  struct Again {
    std::size_t of;
    DemoEvent event;
  };
  DemoRandom random_;
  std::vector<DemoEvent> events_;
  std::vector<Again> again_;
  std::set<std::size_t> lost_;
};

inline Millis later(Millis moment, std::chrono::milliseconds by) {
  return Millis(moment.value() + by.count());
}

}  // namespace dongbo::cli
