#pragma once
#include <string>
#include <string_view>

#include "hub/base/ids.h"
#include "hub/event/entry_view.h"

namespace dongbo::projection {

// When something was said, with an order that does not depend on arrival: event time, then identity. Events that come
// days late or in any order end in the same row.
struct Stamp {
  Millis time{INT64_MIN};
  std::string identity;  // 16 bytes; empty: nothing said yet

  static Stamp of(const event::EntryView& event) { return {event.time, std::string(event.identity.view())}; }
  bool said() const { return !identity.empty(); }
  auto operator<=>(const Stamp&) const = default;
  static void fields(auto& row, auto&& visit) {
    visit("time", row.time);
    visit("_identity", row.identity);
  }
};

// A value and when it was said: the latest by event time wins, whatever came first.
template <class T>
struct Latest {
  T value{};
  Stamp stamp;

  // True when `said` is now the value.
  bool set(T said, const Stamp& when) {
    if (stamp.said() && when < stamp) return false;
    value = std::move(said);
    stamp = when;
    return true;
  }
  static void fields(auto& row, auto&& visit) {
    visit("value", row.value);
    visit("stamp", row.stamp);
  }
};

}  // namespace dongbo::projection
