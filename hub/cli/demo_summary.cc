#include "hub/cli/demo_summary.h"

#include <map>

#include <fmt/format.h>

#include "hub/cli/console.h"

namespace dongbo::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kColumns[] = {"invited",           "registered",        "checked_in",           "present",
                                    "checked_out",       "absent_with_leave", "absent_without_leave", "substitutes",
                                    "invited_headcount", "headcount"};

Result<Json> ask(HttpClient& client, const std::string& path) {
  return object_of(client.get(path), client.base() + path);
}

std::vector<std::string> cells(const std::string& name, const Json& figures) {
  std::vector<std::string> out{name};
  for (const char* column : kColumns) out.push_back(grouped(figures.value(column, std::uint64_t{0})));
  return out;
}

}  // namespace

Result<Json> ask_attendance(HttpClient& client, const std::string& meeting, const std::string& position) {
  auto path = "/v1/meetings/" + percent_encoded(meeting) + "/attendance";
  if (!position.empty()) path += "?wait_ms=10000&min_position=" + percent_encoded(position);
  return ask(client, path);
}

Result<std::string> attendance_table(HttpClient& client, const std::string& meeting, const Json& attendance) {
  const auto base = "/v1/meetings/" + percent_encoded(meeting);
  DONGBO_ASSIGN(const auto about, ask(client, base));
  DONGBO_ASSIGN(const auto points, ask(client, base + "/points?page_size=1000"));
  std::map<std::string, std::string> names;
  for (const auto& point : points.value("items", Json::array())) names[point.value("point", "")] = point.value("name", "");

  TextTable table(
      {"Điểm cầu / point", "mời", "đăng ký", "đã đến", "còn họp", "đã ra", "vắng phép", "vắng", "dự thay", "mời (số)", "đếm"});
  for (const auto& point : attendance.value("points", Json::array())) {
    const auto code = point.value("point", "");
    const auto name = names.contains(code) && !names[code].empty() ? names[code] : code;
    table.row(cells(name, point));
  }
  table.rule();
  const auto total = attendance.value("total", Json::object());
  table.row(cells("Toàn hội nghị / total", total));

  const auto freshness = attendance.value("freshness", Json::object());
  return fmt::format(
      "{}\n{} · {} · SỐ LIỆU ĐẠI BIỂU LÀ MÔ PHỎNG / the delegates are simulated\n\n{}\n"
      "Hai điểm cầu / at two points: {} · không được mời / not invited: {} · vị trí / position {} · đến / as of {}\n"
      "mời invited · đăng ký registered · đã đến checked in · còn họp present · đã ra checked out · vắng phép absent with leave "
      "· "
      "vắng absent without leave · dự thay substitutes · mời (số), đếm: theo số lượng / by headcount\n",
      about.value("title", meeting), about.value("day", ""), about.value("state", ""), table.text(),
      total.value("at_two_points", std::uint64_t{0}), total.value("not_invited", std::uint64_t{0}),
      freshness.value("position", ""), freshness.value("event_time", ""));
}

}  // namespace dongbo::cli
