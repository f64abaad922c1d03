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

std::uint64_t original(std::uint64_t number) {
  return CheckIns::repeats(number) ? number - 5'001 : number;
}

std::uint64_t random_of(std::uint64_t seed, std::uint64_t number) {
  return mixed(original(number) + seed * 0x9e3779b97f4a7c15);
}

}  // namespace

std::uint64_t CheckIns::meeting_of(std::uint64_t number) const {
  return first_meeting + random_of(seed, number) % meetings;
}

std::uint64_t CheckIns::delegate_of(std::uint64_t number) const {
  return (random_of(seed, number) >> 16) % delegates;
}

std::string CheckIns::meeting_name(std::uint64_t meeting) const {
  return fmt::format("BENCH-{:03}", meeting);
}

std::uint64_t CheckIns::repeats_below(std::uint64_t end) {
  return end <= 5'009 ? 0 : (end - 5'000) / 10;
}

void CheckIns::write(std::string& out, std::uint64_t number) const {
  number = original(number);
  const auto random = random_of(seed, number);
  const auto meeting = first_meeting + random % meetings;
  const auto delegate = (random >> 16) % delegates;
  const auto person = mixed(meeting << 32 | delegate);
  const auto point = 502 + person % 18;
  const auto time = 1'685'400'000'000 + static_cast<std::int64_t>((random >> 32) % 14'400'000);
  out.clear();
  fmt::format_to(std::back_inserter(out),
                 R"({{"specversion":"1.0","id":"{:08x}-{:08x}","source":"/simulated/districts/{}/checkin",)"
                 R"("type":"vn.dongbo.attendance.checked_in.v1","subject":"meetings/BENCH-{:03}/delegates/{:05}","time":"{}",)"
                 R"("datacontenttype":"application/json","sequence":"{:012}","data":{{"meeting":"BENCH-{:03}","point":"dc-{}",)"
                 R"("unit":"{}","composition":"chu_tich_ubnd_xa","delegate":"{:05}","method":"qr"}}}})",
                 number, random & 0xffffffff, point, meeting, delegate, event::format_timestamp(Millis(time)), number, meeting,
                 point, 20335 + (person >> 8) % 241, delegate);
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
