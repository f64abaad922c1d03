#include "hub/projection/held_scans.h"

#include <algorithm>

#include "hub/base/assert.h"
#include "hub/base/record_codec.h"
#include "hub/projection/row_json.h"

namespace dongbo::projection {

HeldScans::Tag HeldScans::tag_of(const event::Digest& identity) {
  Tag tag = 0;
  for (int i = 0; i < 4; ++i) tag = tag << 8 | identity.bytes[static_cast<std::size_t>(i)];
  return tag;
}

void HeldScans::add(Millis time, Tag tag, bool out, const Seat& seat) {
  DONGBO_ASSERT(scans_.size() < UINT16_MAX);
  const auto place = std::lower_bound(seats_.begin(), seats_.end(), seat);
  const auto number = static_cast<std::uint16_t>(place - seats_.begin());
  if (place == seats_.end() || *place != seat) {
    seats_.insert(place, seat);
    for (auto& scan : scans_)
      if (scan.seat >= number) ++scan.seat;
  }
  const Scan scan{time, tag, number, out};
  scans_.insert(std::upper_bound(scans_.begin(), scans_.end(), scan), scan);
  outs_ += out ? 1 : 0;
}

HeldScans::Scans::const_iterator HeldScans::find(Millis time, Tag tag, bool out, const Seat& seat) const {
  const auto place = std::lower_bound(seats_.begin(), seats_.end(), seat);
  if (place == seats_.end() || *place != seat) return scans_.end();
  const Scan wanted{time, tag, static_cast<std::uint16_t>(place - seats_.begin()), out};
  const auto found = std::lower_bound(scans_.begin(), scans_.end(), wanted);
  return found != scans_.end() && *found == wanted ? found : scans_.end();
}

void HeldScans::remove(Millis time, Tag tag, bool out, const Seat& seat) {
  const auto found = find(time, tag, out, seat);
  if (found == scans_.end()) return;
  const auto number = found->seat;
  scans_.erase(found);
  outs_ -= out ? 1 : 0;
  if (std::any_of(scans_.begin(), scans_.end(), [&](const Scan& scan) { return scan.seat == number; })) return;
  seats_.erase(seats_.begin() + number);
  for (auto& scan : scans_)
    if (scan.seat > number) --scan.seat;
}

bool HeldScans::only_in_since(Millis time, const Seat& seat) const {
  if (outs_ > 0) return false;
  const auto place = std::lower_bound(seats_.begin(), seats_.end(), seat);
  if (place == seats_.end() || *place != seat) return false;
  const auto first =
      std::find_if(scans_.begin(), scans_.end(), [&](const Scan& scan) { return scan.seat == place - seats_.begin(); });
  return first != scans_.end() && first->time <= time;
}

// Seats as a list; then the number of scans, and of each: the milliseconds since the one before (of the first: since
// 1970, zigzag), the tag in four bytes, and seat * 2 + out.
void HeldScans::encode(std::string& out) const {
  put_varint(out, seats_.size());
  for (const auto& seat : seats_) record_codec::write(out, seat);
  put_varint(out, scans_.size());
  Millis before(0);
  bool first = true;
  for (const auto& scan : scans_) {
    const auto passed = scan.time.value() - before.value();
    put_varint(out, std::exchange(first, false) ? zigzag(passed) : static_cast<std::uint64_t>(passed));
    put_u32(out, scan.tag);
    put_varint(out, static_cast<std::uint64_t>(scan.seat) * 2 + (scan.out ? 1 : 0));
    before = scan.time;
  }
}

void HeldScans::decode(ByteReader& in) {
  seats_.clear();
  const auto seats = in.varint();
  for (std::uint64_t i = 0; i < seats && in.ok(); ++i) record_codec::read(in, seats_.emplace_back());
  const auto size = in.varint();
  scans_.clear();
  outs_ = 0;
  if (size <= in.remaining()) scans_.reserve(size + 1);
  Millis before(0);
  for (std::uint64_t i = 0; i < size && in.ok(); ++i) {
    const auto passed = in.varint();
    Scan scan;
    scan.time = Millis(before.value() + (i == 0 ? unzigzag(passed) : static_cast<std::int64_t>(passed)));
    scan.tag = in.u32();
    const auto place = in.varint();
    scan.seat = static_cast<std::uint16_t>(place / 2);
    scan.out = place % 2 != 0;
    if (scan.seat >= seats_.size()) return in.fail();
    before = scan.time;
    outs_ += scan.out ? 1 : 0;
    scans_.push_back(scan);
  }
}

nlohmann::ordered_json HeldScans::to_json() const {
  auto out = nlohmann::ordered_json::array();
  for (const auto& scan : scans_)
    out.push_back({{"time", projection::to_json(scan.time)}, {"out", scan.out}, {"seat", projection::to_json(seat(scan))}});
  return out;
}

}  // namespace dongbo::projection
