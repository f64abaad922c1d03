#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "hub/base/ids.h"

namespace dongbo::cli {

// One CloudEvent as a publisher would send it; `fact` is the type without its frame: "attendance.checked_in".
struct DemoEvent {
  std::string id;
  std::string source;
  std::string fact;
  std::string subject;
  Millis time;  // it happened
  Millis sent;  // its publisher sends it: later than `time` when the line was down
  bool has_recorded = false;
  Millis recorded;       // the device wrote it
  std::string sequence;  // the source's own count, may be empty
  nlohmann::ordered_json data;

  std::string json() const;
};

inline constexpr const char* kDemoMeeting = "QNA-2023-05-30";

// A moment of Vietnam's clock: vietnam(2023, 5, 30, 7, 41, 9).
Millis vietnam(int year, unsigned month, unsigned day, int hour = 0, int minute = 0, int second = 0);

}  // namespace dongbo::cli
