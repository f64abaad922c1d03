#pragma once
#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/base/ids.h"
#include "hub/event/identity.h"
#include "hub/projection/seat.h"

namespace dongbo::projection {

// The check-ins and check-outs of one person that stand, in order of (time, tag, seat, out), beside the few seats they
// name. Of a seat all check-ins, when they are at most four; of more only those that decide his figures, and the others
// lie elsewhere (further_scans.h), so that a row does not grow with every scan: the first one decides and, when he was
// ever scanned out, the last. Check-outs alike; of them the last decides. The same scans give the same bytes in whatever
// order they came.
class HeldScans {
 public:
  // The first four bytes of an identity order scans of the same moment. It need not tell two events apart: scans that
  // are alike in everything here count alike, whichever of them is taken out.
  using Tag = std::uint32_t;
  static Tag tag_of(const event::Digest& identity);

  struct Moment {
    Millis time;
    Tag tag = 0;
    bool out = false;
    Seat seat;
  };
  // One that is held: its seat is a number, see seat().
  struct Scan {
    Millis time;
    Tag tag = 0;
    std::uint16_t seat = 0;
    bool out = false;
    auto operator<=>(const Scan&) const = default;
  };

  auto begin() const { return scans_.begin(); }
  auto end() const { return scans_.end(); }
  std::size_t size() const { return scans_.size(); }
  bool empty() const { return scans_.empty(); }
  // A seat, and whether of its scans there are others elsewhere.
  struct HeldSeat {
    Seat seat;
    std::uint8_t others = 0;  // 1: further check-ins, 2: further check-outs
  };
  const auto& seats() const { return seats_; }  // sorted; each is named by a scan here
  bool names(const Seat& seat) const { return number_of(seat).has_value(); }
  const Seat& seat(const Scan& scan) const { return seats_[scan.seat].seat; }

  // REQUIRES: size() < 65,536.
  void add(const Moment& scan);
  void remove(const Moment& scan);  // one such scan, if there is one
  bool has(const Moment& scan) const { return find(scan) != scans_.end(); }
  bool ever_out() const;
  // Is it a check-in that decides nothing: one with its seat was before it, and there is no check-out at all?
  bool repeats(const Moment& scan) const;

  // Which lie elsewhere is the caller's to keep; here is only whether there are any.
  bool has_others(const Seat& seat, bool out) const;
  void set_no_others(const Seat& seat, bool out);  // REQUIRES: names(seat)
  // Now that a scan has come or gone: takes out those that shall lie elsewhere.
  std::vector<Moment> take_others();
  // Would all of the seat be held here if there were no more than `elsewhere` others?
  bool holds_all_with(std::size_t elsewhere, const Seat& seat, bool out) const;

  void encode(std::string& out) const;
  void decode(ByteReader& in);
  void append_json(std::string& out) const;  // [{"time","out","seat"}]

 private:
  // Mostly few: they lie in the row, so that looking at them touches no other memory.
  using Seats = boost::container::small_vector<HeldSeat, 1>;
  using Scans = boost::container::small_vector<Scan, 2>;
  Scans::const_iterator find(const Moment& scan) const;
  Seats::const_iterator place_of(const Seat& seat) const;
  std::optional<std::uint16_t> number_of(const Seat& seat) const;
  std::size_t count(std::uint16_t seat, bool out) const;
  bool decides(Scans::const_iterator scan) const;
  void drop_if_unnamed(std::uint16_t seat);

  Seats seats_;
  Scans scans_;
};

}  // namespace dongbo::projection
