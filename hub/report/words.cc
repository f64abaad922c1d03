#include "hub/report/words.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "hub/base/assert.h"
#include "hub/event/timestamp.h"

namespace dongbo::report {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string with_dots(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out.push_back('.');
    out.push_back(digits[i]);
  }
  return out;
}

std::string text_of(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

const icu::Locale& vietnamese() {
  static const icu::Locale locale("vi", "VN");
  return locale;
}

constexpr std::int64_t kZoneMillis = 7 * 3600 * 1000;

struct Local {
  std::chrono::year_month_day day;
  int hour = 0;
  int minute = 0;
};
Local local(Millis moment) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(moment.value() + kZoneMillis)};
  const auto day = floor<days>(time);
  const auto minutes_in_day = duration_cast<minutes>(time - day).count();
  return {year_month_day(day), static_cast<int>(minutes_in_day / 60), static_cast<int>(minutes_in_day % 60)};
}

// Tenths of a percent, rounded half up.
std::int64_t tenths(std::int64_t part, std::int64_t whole) {
  return (part * 2000 + whole) / (2 * whole);
}

}  // namespace

std::string number_text(std::int64_t number) {
  const auto digits = std::to_string(number);
  return number < 0 ? "-" + with_dots(std::string_view(digits).substr(1)) : with_dots(digits);
}

std::string decimal_text(std::string_view decimal) {
  const bool negative = decimal.starts_with('-');
  const auto unsigned_part = decimal.substr(negative ? 1 : 0);
  const auto point = unsigned_part.find('.');
  const auto whole = unsigned_part.substr(0, point);
  const auto fraction = point == std::string_view::npos ? std::string_view() : unsigned_part.substr(point + 1);
  const bool good = !whole.empty() && std::all_of(whole.begin(), whole.end(), is_digit) &&
                    (point == std::string_view::npos || !fraction.empty()) &&
                    std::all_of(fraction.begin(), fraction.end(), is_digit);
  if (!good) return std::string(decimal);
  std::string out = (negative ? "-" : "") + with_dots(whole);
  if (!fraction.empty()) out.append(",").append(fraction);
  return out;
}

std::optional<std::string> percent_text(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return decimal_text(percent_value(part, whole)) + "%";
}

std::string percent_value(std::int64_t part, std::int64_t whole) {
  DONGBO_ASSERT(whole > 0);
  const auto value = tenths(part, whole);
  return fmt::format("{}.{}", value / 10, value % 10);
}

std::string day_text(std::string_view day) {
  if (!event::is_date(day)) return std::string(day);
  const auto month = std::stoi(std::string(day.substr(5, 2)));
  return fmt::format("ngày {} tháng {} năm {}", day.substr(8, 2),
                     month <= 2 ? fmt::format("{:02}", month) : std::to_string(month), day.substr(0, 4));
}

std::string short_day_text(std::string_view day) {
  if (!event::is_date(day)) return std::string(day);
  const auto month = std::stoi(std::string(day.substr(5, 2)));
  return fmt::format("{}/{}/{}", day.substr(8, 2), month <= 2 ? fmt::format("{:02}", month) : std::to_string(month),
                     day.substr(0, 4));
}

std::string day_of(Millis moment) {
  const auto at = local(moment);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(at.day.year()), static_cast<unsigned>(at.day.month()),
                     static_cast<unsigned>(at.day.day()));
}

std::string clock_text(Millis moment) {
  const auto at = local(moment);
  return fmt::format("{:02}:{:02}", at.hour, at.minute);
}

std::string time_text(Millis moment) {
  const auto at = local(moment);
  return fmt::format("{:02} giờ {:02} phút", at.hour, at.minute);
}

std::string moment_text(Millis moment) {
  return time_text(moment) + ", " + day_text(day_of(moment));
}

std::string duration_text(std::int64_t minutes) {
  if (minutes < 60) return fmt::format("{} phút", minutes);
  return fmt::format("{} giờ {:02} phút", minutes / 60, minutes % 60);
}

std::string roman(int number) {
  DONGBO_ASSERT(number >= 1 && number <= 3999);
  constexpr std::pair<int, const char*> kParts[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                                                    {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                                                    {5, "V"},    {4, "IV"},   {1, "I"}};
  std::string out;
  for (const auto& [value, letters] : kParts)
    for (; number >= value; number -= value) out += letters;
  return out;
}

std::string upper(std::string_view text) {
  return text_of(unicode(text).toUpper(vietnamese()));
}
std::string lower(std::string_view text) {
  return text_of(unicode(text).toLower(vietnamese()));
}

std::string lower_first(std::string_view text) {
  const auto whole = unicode(composed(text));
  if (whole.isEmpty()) return {};
  const auto first = whole.moveIndex32(0, 1);
  icu::UnicodeString head(whole, 0, first);
  return text_of(head.toLower(vietnamese()) + icu::UnicodeString(whole, first));
}

namespace {
// The kind of unit that a name begins with, with its blank; "": none.
std::string_view kind_of_unit(std::string_view name) {
  for (const std::string_view kind :
       {"Tỉnh ", "Thành phố ", "Huyện ", "Thị xã ", "Thị trấn ", "Phường ", "Xã ", "Quận ", "Đặc khu "})
    if (name.starts_with(kind)) return kind;
  return {};
}
}  // namespace

std::string committee_of(std::string_view unit_name) {
  return "Ủy ban nhân dân " + (kind_of_unit(unit_name).empty() ? std::string(unit_name) : lower_first(unit_name));
}

std::string without_kind(std::string_view unit_name) {
  return std::string(unit_name.substr(kind_of_unit(unit_name).size()));
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
  DONGBO_ASSERT(U_SUCCESS(status));
  const auto out = normalizer->normalize(unicode(text), status);
  return U_SUCCESS(status) ? text_of(out) : std::string(text);
}

std::string initials(std::string_view name) {
  const auto whole = unicode(composed(name));
  icu::UnicodeString out;
  bool inside = false;
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const auto c = whole.char32At(i);
    const bool letter = u_isalnum(c);
    if (letter && !inside) out.append(c);
    inside = letter;
  }
  // Symbols are written without tone marks: "Ủy ban" gives U.
  UErrorCode status = U_ZERO_ERROR;
  const auto* apart = icu::Normalizer2::getNFDInstance(status);
  DONGBO_ASSERT(U_SUCCESS(status));
  const auto split = apart->normalize(out.toUpper(vietnamese()), status);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < split.length(); i = split.moveIndex32(i, 1))
    if (u_isalnum(split.char32At(i))) plain.append(split.char32At(i));
  return text_of(plain);
}

std::string shortened(std::string_view text, std::size_t characters) {
  const auto whole = unicode(text);
  if (static_cast<std::size_t>(whole.countChar32()) <= characters) return std::string(text);
  auto end = whole.moveIndex32(0, static_cast<std::int32_t>(characters) - 1);
  const auto blank = whole.lastIndexOf(u' ', 0, end + 1);
  if (blank > end / 2) end = blank;
  return text_of(icu::UnicodeString(whole, 0, end).trim()) + "…";
}

std::string_view full_stop(std::string_view text) {
  for (const std::string_view mark : {".", "!", "?", ";", ":", "…", ".\"", ".”"})
    if (text.ends_with(mark)) return "";
  return ".";
}

std::string one_line(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : composed(text)) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    if (blank) {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    out.push_back(c);
  }
  return out;
}

namespace {
// The digits at the beginning, without leading zeros.
std::string_view take_number(std::string_view& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  auto number = text.substr(0, end);
  text.remove_prefix(end);
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}
}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  auto x = a, y = b;
  while (!x.empty() && !y.empty()) {
    if (is_digit(x.front()) && is_digit(y.front())) {
      const auto one = take_number(x), other = take_number(y);
      if (one != other) return std::pair(one.size(), one) < std::pair(other.size(), other);
    } else if (x.front() != y.front()) {
      return x.front() < y.front();
    } else {
      x.remove_prefix(1);
      y.remove_prefix(1);
    }
  }
  return x.empty() != y.empty() ? x.empty() : a < b;
}

struct Collation::Impl {
  std::unique_ptr<icu::Collator> collator;
};

Collation::Collation() : impl_(std::make_unique<Impl>()) {
  UErrorCode status = U_ZERO_ERROR;
  impl_->collator.reset(icu::Collator::createInstance(vietnamese(), status));
  DONGBO_ASSERT(U_SUCCESS(status));
}
Collation::~Collation() = default;
Collation::Collation(Collation&&) noexcept = default;

bool Collation::less(std::string_view a, std::string_view b) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto order = impl_->collator->compareUTF8(icu::StringPiece(a.data(), static_cast<std::int32_t>(a.size())),
                                                  icu::StringPiece(b.data(), static_cast<std::int32_t>(b.size())), status);
  if (U_SUCCESS(status) && order != UCOL_EQUAL) return order == UCOL_LESS;
  return a < b;
}

}  // namespace dongbo::report
