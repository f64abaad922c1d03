#include "hub/projection/further_scans.h"

#include "hub/projection/attendance.h"

namespace dongbo::projection {
namespace {

// Time, then tag, big-endian, so that their byte order is the scans' order; times before 1970 first.
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

RecordBag::Record record_of(const HeldScans::Moment& scan) {
  RecordBag::Record out;
  const auto time = __builtin_bswap64(static_cast<std::uint64_t>(scan.time.value()) ^ kSign);
  const auto tag = __builtin_bswap32(scan.tag);
  std::memcpy(out.data(), &time, 8);
  std::memcpy(out.data() + 8, &tag, 4);
  return out;
}

void add_record(HeldScans& held, const RecordBag::Record& record, bool out, const Seat& seat) {
  std::uint64_t time;
  std::uint32_t tag;
  std::memcpy(&time, record.data(), 8);
  std::memcpy(&tag, record.data() + 8, 4);
  held.add({Millis(static_cast<std::int64_t>(__builtin_bswap64(time) ^ kSign)), __builtin_bswap32(tag), out, seat});
}

}  // namespace

RowKey FurtherScans::key_of(std::string_view delegate, const Seat& seat, bool out) const {
  return key(meeting_, delegate, seat.joined(), out ? "out" : "in");
}

void FurtherScans::append(std::string_view delegate, const HeldScans::Moment& scan) {
  tables_[kAttendanceFurtherScans].append(key_of(delegate, scan.seat, scan.out), record_of(scan));
}

void FurtherScans::add(std::string_view delegate, HeldScans& held, const HeldScans::Moment& scan) {
  if (scan.out && !held.ever_out()) {  // from now on the last check-in of a seat decides too
    const auto seats = held.seats();
    for (const auto& of : seats) bring_in(delegate, held, of.seat, false);
  }
  held.add(scan);
  for (const auto& other : held.take_others()) append(delegate, other);
}

void FurtherScans::remove(std::string_view delegate, HeldScans& held, const HeldScans::Moment& scan) {
  if (held.has(scan)) {
    bring_in(delegate, held, scan.seat, scan.out);
    held.remove(scan);
  } else if (held.has_others(scan.seat, scan.out)) {
    tables_[kAttendanceFurtherScans].upsert(key_of(delegate, scan.seat, scan.out)).remove(record_of(scan));
  }
  while (held.has_others(scan.seat, scan.out)) {
    const auto* others = tables_[kAttendanceFurtherScans].find(key_of(delegate, scan.seat, scan.out));
    if (others != nullptr && !held.holds_all_with(others->size(), scan.seat, scan.out)) break;
    bring_in(delegate, held, scan.seat, scan.out);
  }
  for (const auto& other : held.take_others()) append(delegate, other);
}

bool FurtherScans::has(std::string_view delegate, const HeldScans& held, const HeldScans::Moment& scan) {
  if (held.has(scan)) return true;
  if (!held.has_others(scan.seat, scan.out)) return false;
  const auto* others = tables_[kAttendanceFurtherScans].find(key_of(delegate, scan.seat, scan.out));
  return others != nullptr && others->has(record_of(scan));
}

// The first and the last of the others may decide now.
void FurtherScans::bring_in(std::string_view delegate, HeldScans& held, const Seat& seat, bool out) {
  if (!held.has_others(seat, out)) return;
  auto& table = tables_[kAttendanceFurtherScans];
  const auto row_key = key_of(delegate, seat, out);
  auto& others = table.upsert(row_key);
  const auto take = [&](RecordBag::Record record) {
    others.remove(record);
    add_record(held, record, out, seat);
  };
  if (!others.empty()) take(others.first());
  if (!others.empty()) take(others.last());
  if (!others.empty()) return;
  table.erase(row_key);
  held.set_no_others(seat, out);
}

}  // namespace dongbo::projection
