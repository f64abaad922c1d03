#include <fmt/format.h>

#include "hub/cli/demo_script.h"
#include "hub/cli/demo_writer.h"

namespace dongbo::cli {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct State {
  const char* line = "connected";
  const char* sound = "ok";
  const char* picture = "ok";
  const char* power = "ok";
};

// Reports of one technician, numbered.
class Technician {
 public:
  Technician(DemoWriter& writer, std::string source, std::string point)
      : writer_(writer), source_(std::move(source)), point_(std::move(point)) {}
  void report(Millis time, const State& state, const char* note = nullptr) {
    nlohmann::ordered_json data{
        {"point", point_}, {"line", state.line}, {"sound", state.sound}, {"picture", state.picture}, {"power", state.power}};
    if (note != nullptr) data["note"] = note;
    writer_.add(fmt::format("kt-{}-{:02}", point_, ++number_), source_, "readiness.reported", "points/" + point_, time, data);
  }

 private:
  DemoWriter& writer_;
  const std::string source_;
  const std::string point_;
  int number_ = 0;
};

// From an hour before the opening: connecting, then checked, then watched every half hour.
void ordinary(DemoWriter& writer, Technician& technician, bool offline_later) {
  auto& random = writer.random();
  const auto start = later(on_the_day(7, 0), seconds(random.between(0, 240)));
  technician.report(start, {"disconnected", "unknown", "unknown", "ok"});
  technician.report(later(start, seconds(random.between(90, 300))), {"connecting", "unknown", "unknown", "ok"});
  const auto connected = later(start, seconds(random.between(360, 900)));
  technician.report(connected, {"connected", random.chance(0.3) ? "degraded" : "ok", "ok", "ok"});
  if (offline_later) return;
  for (const int minute : {40, 55, 90, 120, 150, 180, 210, 240})
    technician.report(later(on_the_day(7, 0), minutes(minute) + seconds(random.between(0, 150))), {});
}

}  // namespace

void write_readiness(DemoWriter& writer, const DemoCast& cast) {
  Technician province(writer, "/provinces/49/so-thong-tin-va-truyen-thong", point_of("49"));
  ordinary(writer, province, false);
  for (const auto& code : cast.districts) {
    Technician technician(writer, "/districts/" + code + "/ky-thuat", point_of(code));
    ordinary(writer, technician, code == "504");
    if (code == "504") {  // Tây Giang: the line is gone from before the opening until late in the morning
      Technician centre(writer, "/provinces/49/so-thong-tin-va-truyen-thong", point_of(code));
      centre.report(on_the_day(7, 19, 30), {"disconnected", "unknown", "unknown", "unknown"},
                    "sự cố đường truyền mô phỏng, báo qua điện thoại");
      technician.report(on_the_day(9, 36), {"connecting", "unknown", "unknown", "ok"});
      technician.report(on_the_day(9, 38, 20), {});
      technician.report(on_the_day(10, 30), {});
      technician.report(on_the_day(11, 0), {});
    } else if (code == "516") {
      technician.report(on_the_day(8, 36), {"connected", "degraded", "ok", "ok"});
      technician.report(on_the_day(8, 51), {});
    } else if (code == "511") {
      technician.report(on_the_day(9, 4, 10), {"disconnected", "unknown", "unknown", "ok"});
      technician.report(on_the_day(9, 9), {"connecting", "unknown", "unknown", "ok"});
      technician.report(on_the_day(9, 13, 30), {});
    } else if (code == "505") {
      technician.report(on_the_day(10, 12), {"disconnected", "failed", "failed", "failed"}, "mất điện mô phỏng");
      technician.report(on_the_day(10, 21), {});
    }
  }
}

}  // namespace dongbo::cli
