#include "hub/cli/demo_event.h"

#include <chrono>

#include "hub/event/timestamp.h"

namespace dongbo::cli {

std::string DemoEvent::json() const {
  nlohmann::ordered_json out;
  out["specversion"] = "1.0";
  out["id"] = id;
  out["source"] = source;
  out["type"] = "vn.dongbo." + fact + ".v1";
  out["subject"] = subject;
  out["time"] = event::format_timestamp(time);
  out["datacontenttype"] = "application/json";
  if (has_recorded) out["recordedtime"] = event::format_timestamp(recorded);
  if (!sequence.empty()) out["sequence"] = sequence;
  out["data"] = data;
  return out.dump();
}

Millis vietnam(int year, unsigned month, unsigned day, int hour, int minute, int second) {
  using namespace std::chrono;
  const auto date = sys_days(std::chrono::year(year) / month / day);
  const auto moment = date + hours(hour - 7) + minutes(minute) + seconds(second);
  return Millis(duration_cast<milliseconds>(moment.time_since_epoch()).count());
}

}  // namespace dongbo::cli
