#include "hub/report/working_days.h"

#include <chrono>
#include <fstream>

#include <fmt/format.h>

#include "hub/base/assert.h"
#include "hub/report/json_reader.h"

namespace dongbo::report {
namespace {

using std::chrono::sys_days;

sys_days parse(std::string_view day) {
  DONGBO_ASSERT(event::is_date(day));
  const auto number = [&](std::size_t at, std::size_t size) { return std::stoi(std::string(day.substr(at, size))); };
  return sys_days(std::chrono::year(number(0, 4)) / std::chrono::month(static_cast<unsigned>(number(5, 2))) /
                  std::chrono::day(static_cast<unsigned>(number(8, 2))));
}

std::string text_of(sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace

Result<WorkingDays> WorkingDays::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error::fatal(
        fmt::format("không mở được bảng ngày nghỉ {0} / the table of holidays {0} cannot be opened", file.string()));
  const auto json = Json::parse(in, nullptr, false);
  if (!member(json, "years").is_array())
    return Error::fatal(fmt::format(
        "bảng ngày nghỉ {0} không có danh sách \"years\" / the table of holidays {0} has no list \"years\"", file.string()));
  WorkingDays out;
  for (const auto& year : member(json, "years")) {
    const auto number = integer(year, "year");
    if (!number)
      return Error::fatal(
          fmt::format("bảng ngày nghỉ {0}: một mục của \"years\" không có \"year\" / the table of holidays {0}: an item of "
                      "\"years\" has no \"year\"",
                      file.string()));
    out.years_.insert(static_cast<int>(*number));
    for (const auto& [list, into] : {std::pair("off", &out.off_), std::pair("worked", &out.worked_)}) {
      for (const auto& day : texts(year, list)) {
        if (!event::is_date(day) || day.substr(0, 4) != std::to_string(*number))
          return Error::fatal(fmt::format(
              "bảng ngày nghỉ {0}: \"{1}\" không phải ngày của năm {2} / the table of holidays {0}: \"{1}\" is no day of {2}",
              file.string(), day, *number));
        into->insert(day);
      }
    }
  }
  return out;
}

bool WorkingDays::is_working_day(std::string_view day) const {
  const auto weekday = std::chrono::weekday(parse(day)).c_encoding();
  const bool weekend = weekday == 0 || weekday == 6;
  return weekend ? worked_.contains(day) : !off_.contains(day);
}

Deadline WorkingDays::after(std::string_view day, int count) const {
  DONGBO_ASSERT(count >= 0 && count <= 1000);
  auto at = parse(day);
  Deadline out{std::string(day), knows(std::stoi(std::string(day.substr(0, 4))))};
  while (count > 0) {
    at += std::chrono::days(1);
    out.day = text_of(at);
    out.certain = out.certain && knows(static_cast<int>(std::chrono::year_month_day(at).year()));
    if (is_working_day(out.day)) --count;
  }
  return out;
}

}  // namespace dongbo::report
