#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/ids.h"

// How Vietnamese official papers write numbers, days and times (Nghị định 30/2020/NĐ-CP), and how they order and capitalise
// names. Pure functions; any thread. Text in and out is UTF-8; what cannot be understood is given back as it came.
namespace dongbo::report {

std::string number_text(std::int64_t number);        // 1234 -> "1.234"
std::string decimal_text(std::string_view decimal);  // "-13000000.50" -> "-13.000.000,50"; not a decimal: as it is
// A share of a whole in percent with one digit, rounded half up: (1, 3) -> "33,3%". Nothing when the whole is 0.
std::optional<std::string> percent_text(std::int64_t part, std::int64_t whole);
std::string percent_value(std::int64_t part, std::int64_t whole);  // "33.3"; REQUIRES whole > 0

// "2023-05-30" -> "ngày 30 tháng 5 năm 2023"; days below 10 and the months 1 and 2 have a leading zero.
std::string day_text(std::string_view day);
std::string short_day_text(std::string_view day);  // "30/5/2023", "05/02/2023"
// A moment in Vietnam's zone.
std::string day_of(Millis moment);                // "2023-05-30"
std::string clock_text(Millis moment);            // "07:41"
std::string time_text(Millis moment);             // "07 giờ 41 phút"
std::string moment_text(Millis moment);           // "07 giờ 41 phút, ngày 30 tháng 5 năm 2023"
std::string duration_text(std::int64_t minutes);  // "45 phút", "1 giờ 05 phút"

std::string roman(int number);  // 4 -> "IV"; REQUIRES 1..3999

std::string upper(std::string_view text);  // "Tổ chức" -> "TỔ CHỨC"
std::string lower(std::string_view text);
std::string lower_first(std::string_view text);  // "Tổ chức" -> "tổ chức": only the first letter, for words of our own
// "Tỉnh Quảng Nam" -> "Ủy ban nhân dân tỉnh Quảng Nam". A name that begins with no kind of unit stays as it is.
std::string committee_of(std::string_view unit_name);
// "Tỉnh Quảng Nam" -> "Quảng Nam".
std::string without_kind(std::string_view unit_name);
std::string composed(std::string_view text);  // NFC; bytes that are no UTF-8 become U+FFFD
// First letters in capitals, Đ kept: "Sở Nội vụ" -> "SNV", "Ủy ban nhân dân" -> "UBND".
std::string initials(std::string_view name);
// At most so many characters (not bytes), ended with "…" when cut; after a whole word where one ends in the second half.
std::string shortened(std::string_view text, std::size_t characters);
// "." when the text needs one to end a sentence, else "".
std::string_view full_stop(std::string_view text);
// A text as one line: controls and line ends become single spaces, ends are trimmed.
std::string one_line(std::string_view text);

// The order of codes, numbers in them by their value: nv-2 before nv-10, d1 before d1.1 before d2.
bool natural_less(std::string_view a, std::string_view b);

// Vietnamese order of names (a, à, ả, …; d before đ). Equal only when the texts are the same bytes. One thread each.
class Collation {
 public:
  Collation();
  ~Collation();
  Collation(Collation&&) noexcept;
  bool less(std::string_view a, std::string_view b) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dongbo::report
