#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hub/event/codec.h"
#include "hub/event/schema_set.h"
#include "hub/shard/shard_set.h"
#include "tests/support/temp_directory.h"

namespace dongbo::testing {

inline const event::SchemaSet& real_schemas() {
  static const auto set = event::SchemaSet::load(std::filesystem::path(DONGBO_SOURCE_DIR) / "schemas" / "events");
  DONGBO_ASSERT(set.has_value());
  return *set;
}

inline std::string check_in(const std::string& id, const std::string& meeting, const std::string& delegate,
                            const std::string& time = "2023-05-30T07:41:09+07:00",
                            const std::string& source = "/simulated/test") {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"{}","type":"vn.dongbo.attendance.checked_in.v1","subject":"meetings/{}/delegates/{}","time":"{}","data":{{"meeting":"{}","point":"p1","unit":"502","composition":"chu_tich_ubnd_xa","delegate":"{}"}}}})",
      id, source, meeting, delegate, time, meeting, delegate);
}

inline shard::Admission admit(const std::string& json, Millis recorded_at = Millis(1685400000000)) {
  static thread_local event::Codec codec(real_schemas());
  auto decoded = codec.decode(json);
  auto* prepared = std::get_if<event::PreparedEvent>(&decoded);
  if (prepared == nullptr) throw std::runtime_error("not an event: " + std::get<event::Refusal>(decoded).faults.at(0).detail);
  return {std::move(*prepared), recorded_at, -1};
}

// Submits and waits: the outcomes of these events in one submission.
inline std::vector<shard::Outcome> submit(shard::Shard& shard, const std::vector<std::string>& events,
                                          std::vector<journal::SourcePosition> positions = {}) {
  std::promise<std::vector<shard::Outcome>> promise;
  shard::Submission submission;
  for (const auto& each : events) submission.items.push_back(admit(each));
  submission.positions = std::move(positions);
  submission.origin.door = "http";
  submission.done = [&promise](std::vector<shard::Outcome> outcomes) { promise.set_value(std::move(outcomes)); };
  if (!shard.submit(submission)) throw std::runtime_error("the shard took no submission");
  return promise.get_future().get();
}

// Waits until everything journaled is readable.
inline void wait_folded(const shard::Shard& shard) {
  while (shard.folded() < shard.head()) std::this_thread::yield();
}

}  // namespace dongbo::testing
