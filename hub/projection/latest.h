#pragma once
#include <string>
#include <string_view>

#include "hub/base/ids.h"
#include "hub/base/record_codec.h"
#include "hub/event/entry_view.h"

namespace dongbo::projection {

// When something was said, with an order that does not depend on arrival: event time, then identity. Events that come
// days late or in any order end in the same row.
struct Stamp {
  Millis time{INT64_MIN};
  event::Digest identity;  // none: nothing said yet

  static Stamp of(const event::EntryView& event) { return {event.time, event.identity}; }
  bool said() const { return !identity.none(); }
  auto operator<=>(const Stamp&) const = default;
  // One byte, 0 or 1; when it is 1, time and identity.
  void encode(std::string& out) const {
    out.push_back(said() ? '\1' : '\0');
    if (!said()) return;
    record_codec::write(out, time);
    identity.encode(out);
  }
  void decode(ByteReader& in) {
    *this = {};
    if (in.u8() == 0) return;
    record_codec::read(in, time);
    identity.decode(in);
  }
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

  bool empty() const { return !stamp.said(); }
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
