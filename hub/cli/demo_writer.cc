#include "hub/cli/demo_writer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace dongbo::cli {

std::size_t DemoWriter::add(const std::string& id, const std::string& source, const std::string& fact, const std::string& what,
                            Millis time, const Json& data) {
  DemoEvent event;
  event.id = id;
  event.source = "/simulated" + source;
  event.fact = fact;
  event.subject = std::string("meetings/") + kDemoMeeting + (what.empty() ? "" : "/" + what);
  event.time = event.sent = time;
  event.data = {{"meeting", kDemoMeeting}};
  event.data.update(data);
  event.data["simulated"] = true;
  events_.push_back(std::move(event));
  return events_.size() - 1;
}

std::vector<DemoEvent> DemoWriter::finish() && {
  std::map<std::string, std::vector<std::size_t>> counting;
  for (std::size_t i = 0; i < events_.size(); ++i)
    if (events_[i].source.ends_with("/checkin")) counting[events_[i].source].push_back(i);
  for (auto& [source, indexes] : counting) {
    std::stable_sort(indexes.begin(), indexes.end(), [this](auto a, auto b) { return events_[a].time < events_[b].time; });
    std::uint64_t sequence = 0;
    for (const auto index : indexes) {
      sequence += lost_.contains(index) ? 2 : 1;
      events_[index].sequence = fmt::format("{:010}", sequence);
    }
  }
  for (auto& again : again_) {
    again.event.sequence = events_[again.of].sequence;
    events_.push_back(std::move(again.event));
  }
  std::stable_sort(events_.begin(), events_.end(), [](const auto& a, const auto& b) { return a.sent < b.sent; });
  return std::move(events_);
}

}  // namespace dongbo::cli
