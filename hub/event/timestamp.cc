#include "hub/event/timestamp.h"

#include <algorithm>
#include <cstdint>

namespace dongbo::event {
namespace {

constexpr std::int64_t kMillisPerMinute = 60'000;
constexpr std::int64_t kMillisPerDay = 86'400'000;
constexpr std::int64_t kVietnamMinutes = 7 * 60;
constexpr std::int64_t kWidestZoneMinutes = 23 * 60 + 59;

struct Day {
  std::int64_t year;
  int month;
  int day;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant's algorithm: years begin in March).
constexpr std::int64_t days_from_civil(Day date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

constexpr Day civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_index = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * month_index + 2) / 5 + 1);
  const int month = static_cast<int>(month_index < 10 ? month_index + 3 : month_index - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

// The first and the last moment that parse_timestamp can give.
constexpr std::int64_t kFirst = days_from_civil({1, 1, 1}) * kMillisPerDay - kWidestZoneMinutes * kMillisPerMinute;
constexpr std::int64_t kLast = (days_from_civil({9999, 12, 31}) + 1) * kMillisPerDay - 1 + kWidestZoneMinutes * kMillisPerMinute;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// `count` digits at `text`, or -1.
int digits(const char* text, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_of_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap_year(year) ? 29 : kDays[month - 1];
}

// "2023-05-30" at the start of a text of at least 10 bytes.
std::optional<Day> read_date(const char* text) {
  const int year = digits(text, 4);
  const int month = digits(text + 5, 2);
  const int day = digits(text + 8, 2);
  if (text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > days_of_month(year, month)) return std::nullopt;
  return Day{year, month, day};
}

// "Z" or "+07:00": minutes east of Greenwich.
std::optional<int> read_zone(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = digits(text.data() + 1, 2);
  const int minutes = digits(text.data() + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// Is `millis` the first moment of 1 July or 1 January, UTC: what follows a leap second?
bool after_leap_second(std::int64_t millis) {
  if (millis % kMillisPerDay != 0) return false;
  const Day day = civil_from_days(millis / kMillisPerDay);
  return day.day == 1 && (day.month == 1 || day.month == 7);
}

void put_digits(char* at, std::int64_t value, int count) {
  for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

struct Local {
  std::int64_t millis_of_day;
  Day day;
  std::int64_t zone_minutes;
};

Local in_zone(std::int64_t millis, std::int64_t zone_minutes) {
  const std::int64_t local = millis + zone_minutes * kMillisPerMinute;
  std::int64_t days = local / kMillisPerDay;
  if (local % kMillisPerDay < 0) --days;
  return {local - days * kMillisPerDay, civil_from_days(days), zone_minutes};
}

// Vietnam's zone, save at the two ends of the calendar, where the year there would not have four digits: then the zone
// in which it has, so that every moment parse_timestamp gives can be written and read again.
Local local_of(Millis moment) {
  const std::int64_t millis = std::clamp(moment.value(), kFirst, kLast);
  const Local vietnam = in_zone(millis, kVietnamMinutes);
  if (vietnam.day.year < 1) return in_zone(millis, kWidestZoneMinutes);
  if (vietnam.day.year > 9999) return in_zone(millis, -kWidestZoneMinutes);
  return vietnam;
}

// "2023-05-30T07:41"
std::string minute_text(const Local& local) {
  std::string out = "0000-00-00T00:00";
  put_digits(out.data(), local.day.year, 4);
  put_digits(out.data() + 5, local.day.month, 2);
  put_digits(out.data() + 8, local.day.day, 2);
  const std::int64_t minutes = local.millis_of_day / kMillisPerMinute;
  put_digits(out.data() + 11, minutes / 60, 2);
  put_digits(out.data() + 14, minutes % 60, 2);
  return out;
}

void append_zone(std::string& out, std::int64_t zone_minutes) {
  char zone[] = "+00:00";
  if (zone_minutes < 0) zone[0] = '-';
  const std::int64_t minutes = zone_minutes < 0 ? -zone_minutes : zone_minutes;
  put_digits(zone + 1, minutes / 60, 2);
  put_digits(zone + 4, minutes % 60, 2);
  out.append(zone, 6);
}

}  // namespace

std::optional<Millis> parse_timestamp(std::string_view text) {
  if (text.size() < 20) return std::nullopt;  // 2023-05-30T07:41:09Z
  const char* at = text.data();
  const auto day = read_date(at);
  const int hour = digits(at + 11, 2);
  const int minute = digits(at + 14, 2);
  const int second = digits(at + 17, 2);
  if (!day || (at[10] != 'T' && at[10] != 't') || at[13] != ':' || at[16] != ':') return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;

  std::string_view rest = text.substr(19);
  int fraction = 0;
  if (rest.front() == '.') {
    std::size_t length = 1;
    while (length < rest.size() && is_digit(rest[length])) ++length;
    if (length == 1) return std::nullopt;
    for (std::size_t i = 1; i <= 3; ++i) fraction = fraction * 10 + (i < length ? rest[i] - '0' : 0);
    rest.remove_prefix(length);
  }
  const auto zone = read_zone(rest);
  if (!zone) return std::nullopt;

  const std::int64_t seconds = (days_from_civil(*day) * 24 + hour) * 3600 + minute * 60 + second;
  const std::int64_t millis = seconds * 1000 - *zone * kMillisPerMinute;
  if (second == 60) {
    if (!after_leap_second(millis)) return std::nullopt;
    return Millis(millis);
  }
  return Millis(millis + fraction);
}

std::string format_timestamp(Millis moment) {
  const Local local = local_of(moment);
  std::string out = minute_text(local);
  char rest[] = ":00.000";
  const std::int64_t millis = local.millis_of_day % kMillisPerMinute;
  put_digits(rest + 1, millis / 1000, 2);
  put_digits(rest + 4, millis % 1000, 3);
  out.append(rest, millis % 1000 == 0 ? 3 : 7);
  append_zone(out, local.zone_minutes);
  return out;
}

std::string format_minute(Millis moment) {
  const Local local = local_of(moment);
  std::string out = minute_text(local);
  append_zone(out, local.zone_minutes);
  return out;
}

bool is_date(std::string_view text) {
  return text.size() == 10 && read_date(text.data()).has_value();
}

}  // namespace dongbo::event
