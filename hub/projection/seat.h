#pragma once
#include <compare>
#include <string>
#include <string_view>

#include "hub/base/bytes.h"
#include "hub/base/short_bytes.h"

namespace dongbo::projection {

// Where a seat is: any of the three may be empty. Never changed; ordered by point, unit, composition. Its bytes mostly lie in
// the object itself: comparing two touches no other memory.
class Seat {
 public:
  Seat() : Seat("", "", "") {}
  // None holds a zero byte: the codec refuses it in every string of an event.
  Seat(std::string_view point, std::string_view unit, std::string_view composition);

  std::string_view point() const { return part(0); }
  std::string_view unit() const { return part(1); }
  std::string_view composition() const { return part(2); }
  // The three with a zero byte between them, as in a RowKey: sorts as they do.
  std::string_view joined() const { return joined_.view(); }

  bool operator==(const Seat& other) const { return joined() == other.joined(); }
  auto operator<=>(const Seat& other) const { return joined() <=> other.joined(); }

  void encode(std::string& out) const;  // three strings
  void decode(ByteReader& in);
  void append_json(std::string& out) const;  // {"point","unit","composition"}

 private:
  std::string_view part(int number) const;
  ShortBytes<40> joined_;
};

// One of the three, for what is done with each: &Seat::point.
using SeatPart = std::string_view (Seat::*)() const;

}  // namespace dongbo::projection
