#include "hub/projection/held_scans.h"

#include <algorithm>

#include "hub/base/assert.h"
#include "hub/base/record_codec.h"
#include "hub/projection/row_json.h"

namespace dongbo::projection {
namespace {

constexpr std::size_t kAllHeldMax = 4;  // of a seat, check-ins and check-outs each

std::uint8_t others_bit(bool out) {
  return out ? 2 : 1;
}

}  // namespace

HeldScans::Tag HeldScans::tag_of(const event::Digest& identity) {
  Tag tag = 0;
  for (int i = 0; i < 4; ++i) tag = tag << 8 | identity.bytes[static_cast<std::size_t>(i)];
  return tag;
}

HeldScans::Seats::const_iterator HeldScans::place_of(const Seat& seat) const {
  return std::lower_bound(seats_.begin(), seats_.end(), seat, [](const HeldSeat& held, const Seat& s) { return held.seat < s; });
}

std::optional<std::uint16_t> HeldScans::number_of(const Seat& seat) const {
  const auto place = place_of(seat);
  if (place == seats_.end() || place->seat != seat) return std::nullopt;
  return static_cast<std::uint16_t>(place - seats_.begin());
}

void HeldScans::add(const Moment& added) {
  DONGBO_ASSERT(scans_.size() < UINT16_MAX);
  const auto place = place_of(added.seat);
  const auto number = static_cast<std::uint16_t>(place - seats_.begin());
  if (place == seats_.end() || place->seat != added.seat) {
    seats_.insert(place, {added.seat, 0});
    for (auto& scan : scans_)
      if (scan.seat >= number) ++scan.seat;
  }
  const Scan scan{added.time, added.tag, number, added.out};
  scans_.insert(std::upper_bound(scans_.begin(), scans_.end(), scan), scan);
}

HeldScans::Scans::const_iterator HeldScans::find(const Moment& scan) const {
  const auto number = number_of(scan.seat);
  if (!number) return scans_.end();
  const Scan wanted{scan.time, scan.tag, *number, scan.out};
  const auto found = std::lower_bound(scans_.begin(), scans_.end(), wanted);
  return found != scans_.end() && *found == wanted ? found : scans_.end();
}

void HeldScans::remove(const Moment& scan) {
  const auto found = find(scan);
  if (found == scans_.end()) return;
  const auto number = found->seat;
  scans_.erase(found);
  drop_if_unnamed(number);
}

void HeldScans::drop_if_unnamed(std::uint16_t number) {
  if (seats_[number].others != 0) return;
  if (std::any_of(scans_.begin(), scans_.end(), [&](const Scan& scan) { return scan.seat == number; })) return;
  seats_.erase(seats_.begin() + number);
  for (auto& scan : scans_)
    if (scan.seat > number) --scan.seat;
}

bool HeldScans::ever_out() const {
  return std::any_of(scans_.begin(), scans_.end(), [](const Scan& scan) { return scan.out; });
}

bool HeldScans::repeats(const Moment& again) const {
  if (again.out || ever_out()) return false;
  const auto number = number_of(again.seat);
  const auto first = std::find_if(scans_.begin(), scans_.end(), [&](const Scan& scan) { return scan.seat == number; });
  return first != scans_.end() && std::tie(first->time, first->tag) <= std::tie(again.time, again.tag);
}

bool HeldScans::has_others(const Seat& seat, bool out) const {
  const auto number = number_of(seat);
  return number && (seats_[*number].others & others_bit(out)) != 0;
}

void HeldScans::set_no_others(const Seat& seat, bool out) {
  const auto number = number_of(seat);
  DONGBO_ASSERT(number.has_value());
  auto& others = seats_[*number].others;
  others = static_cast<std::uint8_t>(others & ~others_bit(out));
  drop_if_unnamed(*number);
}

std::size_t HeldScans::count(std::uint16_t seat, bool out) const {
  return static_cast<std::size_t>(
      std::count_if(scans_.begin(), scans_.end(), [&](const Scan& scan) { return scan.seat == seat && scan.out == out; }));
}

bool HeldScans::holds_all_with(std::size_t elsewhere, const Seat& seat, bool out) const {
  const auto number = number_of(seat);
  return elsewhere + (number ? count(*number, out) : 0) <= kAllHeldMax;
}

bool HeldScans::decides(Scans::const_iterator scan) const {
  const auto alike = [&](const Scan& other) { return other.seat == scan->seat && other.out == scan->out; };
  const bool is_first = std::none_of(scans_.begin(), scan, alike);
  const bool is_last = std::none_of(std::next(scan), scans_.end(), alike);
  return scan->out ? is_last : is_first || (is_last && ever_out());
}

std::vector<HeldScans::Moment> HeldScans::take_others() {
  std::vector<Moment> taken;
  for (auto scan = scans_.end(); scan != scans_.begin();) {
    --scan;
    const auto bit = others_bit(scan->out);
    const bool all_stay = (seats_[scan->seat].others & bit) == 0 && count(scan->seat, scan->out) <= kAllHeldMax;
    if (all_stay || decides(scan)) continue;  // what decides still does when one that does not is gone
    seats_[scan->seat].others |= bit;
    taken.push_back({scan->time, scan->tag, scan->out, seat(*scan)});
    scan = scans_.erase(scan);
  }
  return taken;
}

// Seats as a list, each with one byte of whether it has others; then the number of scans, and of each: the milliseconds since the
// one before (of the first: since 1970, zigzag), the tag in four bytes, and seat * 2 + out.
void HeldScans::encode(std::string& out) const {
  put_varint(out, seats_.size());
  for (const auto& held : seats_) {
    record_codec::write(out, held.seat);
    out.push_back(static_cast<char>(held.others));
  }
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
  for (std::uint64_t i = 0; i < seats && in.ok(); ++i) {
    auto& held = seats_.emplace_back();
    record_codec::read(in, held.seat);
    held.others = in.u8();
  }
  const auto size = in.varint();
  scans_.clear();
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
    scans_.push_back(scan);
  }
}

void HeldScans::append_json(std::string& out) const {
  out.push_back('[');
  for (const auto& scan : scans_) {
    if (out.back() != '[') out.push_back(',');
    projection::append_json(out.append("{\"time\":"), scan.time);
    projection::append_json(out.append(",\"out\":"), scan.out);
    projection::append_json(out.append(",\"seat\":"), seat(scan));
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace dongbo::projection
