#include "tests/bench/support/check_ins.h"

#include <iterator>

#include <fmt/format.h>

#include "hub/event/timestamp.h"

namespace dongbo::bench {
namespace {

std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

std::uint64_t random_of(std::uint64_t seed, std::uint64_t serial) {
  return mixed(serial + seed * 0x9e3779b97f4a7c15);
}

// Where a delegate sits, always the same.
struct Seat {
  Seat(std::uint64_t meeting, std::uint64_t delegate) {
    const auto person = mixed(meeting << 32 | delegate);
    point = 502 + person % 18;
    unit = 20335 + (person >> 8) % 241;
  }
  std::uint64_t point, unit;
};

// At least `width` digits. By hand, for writing an event is part of what is measured: formatting it was 5 % of all.
template <unsigned kBase = 10>
void add_number(std::string& out, std::uint64_t number, unsigned width) {
  char digits[20];
  auto at = std::size(digits);
  for (; number > 0 || at + width > std::size(digits); number /= kBase) digits[--at] = "0123456789abcdef"[number % kBase];
  out.append(digits + at, std::size(digits) - at);
}

}  // namespace

// A repeat is the one 5,001 before it, or just before it.
std::uint64_t CheckIns::serial_of(std::uint64_t number) {
  if (repeats(number)) number -= number > 5'001 ? 5'001 : 1;
  return number - number / 10;
}

std::uint64_t CheckIns::meeting_of(std::uint64_t number) const {
  return first_meeting + serial_of(number) % meetings;
}

std::uint64_t CheckIns::delegate_of(std::uint64_t number) const {
  return (random_of(seed, serial_of(number)) >> 16) % delegates;
}

std::string CheckIns::meeting_name(std::uint64_t meeting) const {
  return fmt::format("BENCH-{:03}", meeting);
}

void CheckIns::write(std::string& out, std::uint64_t number) const {
  constexpr std::uint64_t kGates = 4;
  const auto serial = serial_of(number);
  const auto random = random_of(seed, serial);
  const auto meeting = first_meeting + serial % meetings;
  const auto in_meeting = serial / meetings;
  const auto delegate = (random >> 16) % delegates;
  const Seat seat(meeting, delegate);
  const auto time = 1'685'400'000'000 + static_cast<std::int64_t>((random >> 32) % 14'400'000);
  out.clear();
  out += R"({"specversion":"1.0","id":")";
  add_number<16>(out, serial, 8);
  out += '-';
  add_number<16>(out, random & 0xffffffff, 8);
  out += R"(","source":"/simulated/meetings/BENCH-)";
  add_number(out, meeting, 3);
  out += "/gates/";
  add_number(out, in_meeting % kGates, 1);
  out += R"(","type":"vn.dongbo.attendance.checked_in.v1","subject":"meetings/BENCH-)";
  add_number(out, meeting, 3);
  out += "/delegates/";
  add_number(out, delegate, 5);
  out += R"(","time":")";
  out += event::format_timestamp(Millis(time));
  out += R"(","datacontenttype":"application/json","sequence":")";
  add_number(out, in_meeting / kGates, 12);
  out += R"(","data":{"meeting":"BENCH-)";
  add_number(out, meeting, 3);
  out += R"(","point":"dc-)";
  add_number(out, seat.point, 3);
  out += R"(","unit":")";
  add_number(out, seat.unit, 5);
  out += R"(","composition":"chu_tich_ubnd_xa","delegate":")";
  add_number(out, delegate, 5);
  out += R"(","method":"qr"}})";
}

void CheckIns::write_invitation(std::string& out, std::uint64_t meeting, std::uint64_t delegate) const {
  const Seat seat(meeting, delegate);
  out.clear();
  fmt::format_to(std::back_inserter(out),
                 R"({{"specversion":"1.0","id":"{:03}-{:05}","source":"/simulated/invitations",)"
                 R"("type":"vn.dongbo.invitation.issued.v1","subject":"meetings/BENCH-{:03}/delegates/{:05}",)"
                 R"("time":"2023-05-20T08:00:00+07:00","datacontenttype":"application/json","data":{{"meeting":"BENCH-{:03}",)"
                 R"("invitation":"gm-{:05}","point":"dc-{}","unit":"{}","composition":"chu_tich_ubnd_xa","delegate":"{:05}"}}}})",
                 meeting, delegate, meeting, delegate, meeting, delegate, seat.point, seat.unit, delegate);
}

Expected::Expected(const CheckIns& check_ins, std::uint64_t events) : present(check_ins.meetings) {
  duplicates = CheckIns::repeats_below(events);
  accepted = events - duplicates;
  std::vector<bool> seen(check_ins.meetings * check_ins.delegates);
  for (std::uint64_t number = 0; number < events; ++number) {
    const auto meeting = check_ins.meeting_of(number) - check_ins.first_meeting;
    const auto person = meeting * check_ins.delegates + check_ins.delegate_of(number);
    if (!seen[person]) ++present[meeting], seen[person] = true;
  }
}

}  // namespace dongbo::bench
