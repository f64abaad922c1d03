#pragma once
#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "hub/base/bytes.h"
#include "hub/base/ids.h"
#include "hub/event/identity.h"
#include "hub/projection/seat.h"

namespace dongbo::projection {

// The check-ins and check-outs of one person that stand, in order of (time, tag, seat, out): plain numbers beside the
// few seats they name, about ten bytes each when stored, for a row may hold a thousand. The same scans give the same
// bytes in whatever order they came.
class HeldScans {
 public:
  // The first four bytes of an identity order scans of the same moment. It need not tell two events apart: scans that
  // are alike in everything here count alike, whichever of them is taken out.
  using Tag = std::uint32_t;
  static Tag tag_of(const event::Digest& identity);

  struct Scan {
    Millis time;
    Tag tag = 0;
    std::uint16_t seat = 0;  // see seat()
    bool out = false;
    auto operator<=>(const Scan&) const = default;
  };

  auto begin() const { return scans_.begin(); }
  auto end() const { return scans_.end(); }
  std::size_t size() const { return scans_.size(); }
  bool empty() const { return scans_.empty(); }
  const auto& seats() const { return seats_; }  // sorted; each is named by a scan
  const Seat& seat(const Scan& scan) const { return seats_[scan.seat]; }

  // REQUIRES: size() < 65,536.
  void add(Millis time, Tag tag, bool out, const Seat& seat);
  void remove(Millis time, Tag tag, bool out, const Seat& seat);  // one such scan, if there is one
  bool has(Millis time, Tag tag, bool out, const Seat& seat) const { return find(time, tag, out, seat) != scans_.end(); }
  // Was the person scanned in with this seat by `time`, and never scanned out anywhere?
  bool only_in_since(Millis time, const Seat& seat) const;

  void encode(std::string& out) const;
  void decode(ByteReader& in);
  nlohmann::ordered_json to_json() const;  // [{"time","out","seat"}]

 private:
  // Mostly few: they lie in the row, so that looking at them touches no other memory.
  using Seats = boost::container::small_vector<Seat, 1>;
  using Scans = boost::container::small_vector<Scan, 4>;
  Scans::const_iterator find(Millis time, Tag tag, bool out, const Seat& seat) const;

  Seats seats_;
  Scans scans_;
  std::uint32_t outs_ = 0;  // of scans_
};

}  // namespace dongbo::projection
