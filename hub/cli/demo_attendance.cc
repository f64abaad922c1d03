#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "hub/cli/demo_script.h"
#include "hub/cli/demo_writer.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kOffice = "/provinces/49/van-phong-ubnd";
const std::string kOfflinePoint = "dc-504";  // Tây Giang

struct Arrival {
  std::size_t event;
  std::string delegate;
  std::string point;
  std::string unit;
  std::string composition;
  Millis time;
  bool late = false;
};

class Attendance {
 public:
  Attendance(DemoWriter& writer, const DemoCast& cast, const std::vector<DemoPerson>& people)
      : writer_(writer), random_(writer.random()), cast_(cast), people_(people) {}

  void run() {
    for (const auto& person : people_)
      if (!person.comes.empty()) arrive(person);
    strangers();
    scanned_twice();
    at_two_points();
    trouble_on_the_way();
    corrections();
    headcounts();
    leaving();
  }

 private:
  static std::string source_of(const std::string& point) {
    const auto unit = point.substr(3);
    return unit == "49" ? "/provinces/49/checkin" : "/districts/" + unit + "/checkin";
  }

  // Most come between half past seven and eight; a few before, a few after the opening.
  Millis arrival_time(bool late) {
    if (late) return later(on_the_day(8, 15), seconds(random_.between(10, 55 * 60)));
    const auto curve = (random_.unit() + random_.unit() + random_.unit()) / 3;
    return later(on_the_day(7, 0), seconds(static_cast<int>(curve * 75 * 60)));
  }

  std::size_t scan(const std::string& fact, const std::string& point, const std::string& delegate, Millis time, Json data) {
    Json full{{"point", point}, {"delegate", delegate}};
    full.update(data);
    const bool offline = point == kOfflinePoint && time < on_the_day(9, 38);
    const auto draw = random_.unit();
    full["method"] = draw < 0.88 ? "qr" : draw < 0.95 ? "card" : "list";
    full["origin"] = offline ? "offline" : "scanner";
    full["device"] = fmt::format("may-{}-{}", point.substr(3), 1 + random_.below(2));
    const auto id = random_.hex(8) + "-" + random_.hex(4);
    const auto index = writer_.add(id, source_of(point), fact, "delegates/" + delegate, time, full);
    auto& event = writer_.at(index);
    event.has_recorded = true;
    event.recorded = later(time, seconds(random_.between(0, 3)));
    // Offline the device keeps its scans and sends them when the line is back.
    event.sent = offline ? later(on_the_day(9, 38, 30), std::chrono::milliseconds(700 * offline_sent_++))
                         : later(event.recorded, seconds(1));
    return index;
  }

  void arrive(const DemoPerson& person) {
    const bool late = random_.chance(0.04);
    auto time = arrival_time(late);
    for (const auto index : person.posts) {  // one who holds two posts shows both cards
      const auto& post = cast_.posts[index];
      Json data{{"unit", post.unit}, {"composition", post.composition}, {"invitation", post.invitation}};
      if (person.comes != person.delegate) data["substitute_for"] = person.delegate;
      const auto event = scan("attendance.checked_in", post.point, person.comes, time, data);
      arrivals_.push_back({event, person.comes, post.point, post.unit, post.composition, time, late});
      time = later(time, seconds(6));
    }
  }

  // Two who were not invited.
  void strangers() {
    int number = 0;
    for (const char* unit : {"503", "49"}) {
      const auto guest = fmt::format("khach-{:02}", ++number);
      const auto time = later(on_the_day(7, 52), minutes(7 * number));
      scan("attendance.checked_in", point_of(unit), guest, time,
           {{"unit", unit}, {"composition", "khach_moi_khac"}, {"name", "Khách mô phỏng " + guest.substr(6)}});
    }
  }

  std::optional<std::size_t> arrival_at(const std::string& point, std::size_t nth, bool late = false) const {
    for (std::size_t i = 0; i < arrivals_.size(); ++i)
      if (arrivals_[i].point == point && arrivals_[i].late == late && nth-- == 0) return i;
    return std::nullopt;
  }

  void scanned_twice() {
    for (const char* point : {"dc-502", "dc-506", "dc-509", "dc-513", "dc-517"})
      if (const auto found = arrival_at(point, 4)) {
        const auto arrival = arrivals_[*found];
        scan("attendance.checked_in", point, arrival.delegate, later(arrival.time, seconds(9)),
             {{"unit", arrival.unit}, {"composition", arrival.composition}});
      }
  }

  void at_two_points() {
    const std::pair<const char*, const char*> pairs[] = {{"dc-49", "dc-502"}, {"dc-507", "dc-508"}, {"dc-513", "dc-518"}};
    for (const auto& [here, there] : pairs)
      if (const auto found = arrival_at(here, 7)) {
        const auto arrival = arrivals_[*found];
        scan("attendance.checked_in", there, arrival.delegate, later(arrival.time, minutes(12)),
             {{"unit", arrival.unit}, {"composition", arrival.composition}});
      }
  }

  // Answers that got lost, a device that was set up twice, a record that never comes and one that comes late.
  void trouble_on_the_way() {
    for (const char* point : {"dc-503", "dc-506", "dc-508", "dc-510", "dc-514", "dc-515"})
      if (const auto found = arrival_at(point, 2))
        writer_.send_again(arrivals_[*found].event, later(writer_.at(arrivals_[*found].event).sent, seconds(20)));
    if (const auto found = arrival_at("dc-512", 3))
      writer_.contradict(arrivals_[*found].event, later(writer_.at(arrivals_[*found].event).sent, seconds(95)), "method",
                         "manual");
    if (const auto found = arrival_at("dc-517", 9)) writer_.lose_before(arrivals_[*found].event);
    if (const auto found = arrival_at("dc-513", 11))
      writer_.at(arrivals_[*found].event).sent = later(arrivals_[*found].time, minutes(31));
  }

  void correct(const Arrival& arrival, const std::string& id, Millis when, const char* reason, Json replacement) {
    const auto& wrong = writer_.at(arrival.event);
    writer_.add(id, kOffice, "attendance.corrected", "delegates/" + arrival.delegate, when,
                {{"corrects", {{"source", wrong.source}, {"id", wrong.id}}},
                 {"reason", reason},
                 {"replacement", std::move(replacement)}});
  }

  void corrections() {
    if (const auto found = arrival_at("dc-507", 3)) {  // scanned at a neighbour's desk
      const auto arrival = arrivals_[*found];
      correct(arrival, "sua-01", on_the_day(8, 40), "mô phỏng: quét nhầm điểm cầu",
              {{"point", "dc-503"},
               {"unit", arrival.unit},
               {"composition", arrival.composition},
               {"delegate", arrival.delegate},
               {"time", "2023-05-30T07:58:00+07:00"}});
    }
    // Told by telephone while the point is offline: the correction is here before what it corrects.
    if (const auto found = arrival_at(kOfflinePoint, 5)) {
      const auto arrival = arrivals_[*found];
      correct(arrival, "sua-02", on_the_day(9, 10), "mô phỏng: sai giờ vào, báo qua điện thoại",
              {{"point", arrival.point},
               {"unit", arrival.unit},
               {"composition", arrival.composition},
               {"delegate", arrival.delegate},
               {"time", "2023-05-30T08:02:00+07:00"}});
    }
    if (const auto found = arrival_at("dc-509", 8)) {  // the card was used by somebody else
      const auto arrival = arrivals_[*found];
      const auto& wrong = writer_.at(arrival.event);
      writer_.add("huy-01", kOffice, "attendance.revoked", "delegates/" + arrival.delegate, on_the_day(8, 55),
                  {{"corrects", {{"source", wrong.source}, {"id", wrong.id}}}, {"reason", "mô phỏng: thẻ đại biểu dùng nhầm"}});
      revoked_ = *found;
    }
  }

  void headcounts() {
    const auto count = [&](const CountedGroup& group, Millis time, std::int64_t people) {
      const auto id = "dem-" + random_.hex(8);
      const auto index = writer_.add(id, source_of(group.point), "attendance.counted", "points/" + group.point, time,
                                     {{"point", group.point},
                                      {"unit", group.unit},
                                      {"composition", group.composition},
                                      {"headcount", people},
                                      {"method", "manual"}});
      if (group.point == kOfflinePoint && time < on_the_day(9, 38)) {
        auto& event = writer_.at(index);
        event.data["origin"] = "offline";
        event.has_recorded = true;
        event.recorded = time;
        event.sent = later(on_the_day(9, 38, 30), std::chrono::milliseconds(700 * offline_sent_++));
      }
    };
    for (const auto& group : cast_.groups) {
      const auto people = std::max<std::int64_t>(0, group.headcount - (random_.chance(0.35) ? random_.between(1, 2) : 0));
      count(group, later(on_the_day(8, 12), seconds(random_.between(0, 12 * 60))), people);
      if (random_.chance(0.15))
        count(group, later(on_the_day(9, 45), seconds(random_.between(0, 600))),
              std::max<std::int64_t>(0, people - random_.between(0, 2)));
    }
  }

  void leaving() {
    int back = 0;
    std::map<std::string, bool> gone;
    for (std::size_t i = 0; i < arrivals_.size(); ++i) {
      const auto arrival = arrivals_[i];
      if (arrival.point == kOfflinePoint || i == revoked_ || gone.contains(arrival.delegate) || !random_.chance(0.025)) continue;
      const auto time = later(on_the_day(9, 50), seconds(random_.between(0, 75 * 60)));
      gone[arrival.delegate] = true;
      scan("attendance.checked_out", arrival.point, arrival.delegate, time,
           {{"unit", arrival.unit}, {"reason", "mô phỏng: về sớm"}});
      if (back < 3) {
        ++back;
        gone[arrival.delegate] = false;
        scan("attendance.checked_in", arrival.point, arrival.delegate, later(time, minutes(14)),
             {{"unit", arrival.unit}, {"composition", arrival.composition}});
      }
    }
    // At the end six points scan people out; the others do not.
    std::map<std::string, bool> out;
    for (const auto& arrival : arrivals_) {
      const auto& point = arrival.point;
      const bool scans = point == "dc-49" || point == "dc-502" || point == "dc-503" || point == "dc-507" || point == "dc-509" ||
                         point == "dc-517";
      if (!scans || out[arrival.delegate] || gone[arrival.delegate] || !random_.chance(0.94)) continue;
      out[arrival.delegate] = true;
      scan("attendance.checked_out", point, arrival.delegate, later(on_the_day(11, 30, 20), seconds(random_.between(0, 8 * 60))),
           {{"unit", arrival.unit}});
    }
  }

  DemoWriter& writer_;
  DemoRandom& random_;
  const DemoCast& cast_;
  const std::vector<DemoPerson>& people_;
  std::vector<Arrival> arrivals_;
  std::size_t revoked_ = static_cast<std::size_t>(-1);
  int offline_sent_ = 0;
};

}  // namespace

void write_attendance(DemoWriter& writer, const DemoCast& cast, const std::vector<DemoPerson>& people) {
  Attendance(writer, cast, people).run();
}

}  // namespace dongbo::cli
