#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/ids.h"

namespace dongbo::event {

// RFC 3339 date-time with a zone ("Z" or ±hh:mm), years 0001 to 9999, fraction to any length (cut to milliseconds),
// second 60 taken only at 23:59:60 UTC of 30 June or 31 December (a leap second; counted as the next second's start).
// nullopt: not such a text; impossible days (29 February of a common year) are refused.
std::optional<Millis> parse_timestamp(std::string_view text);

// "2023-05-30T07:41:09.000+07:00" without a zero fraction: "2023-05-30T07:41:09+07:00". Vietnam's zone, always.
std::string format_timestamp(Millis moment);

// "2023-05-30T07:41+07:00": the minute a moment falls into, Vietnam's zone.
std::string format_minute(Millis moment);

// "2023-05-30": a real calendar day?
bool is_date(std::string_view text);

}  // namespace dongbo::event
