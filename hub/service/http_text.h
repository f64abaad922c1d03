#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dongbo::service {

// The small texts of HTTP, read and written without a library. Pure.

// nullopt: a '%' that is not followed by two hexadecimal digits, or a decoded zero byte.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

// A request target in parts: the path as sent, its decoded segments (empty ones are kept out) and the parameters.
struct Target {
  std::string_view path;
  std::vector<std::string> segments;
  std::map<std::string, std::string> parameters;  // of equal names the last counts
};
// nullopt: not an origin-form target, or wrongly percent-encoded.
std::optional<Target> parse_target(std::string_view target);

// "application/json; charset=utf-8" -> "application/json", in small letters.
std::string media_type(std::string_view content_type);
bool is_json(std::string_view media_type);  // application/json, text/json or anything+json

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trimmed(std::string_view text);

// Does Accept-Encoding ask for gzip (and not with q=0)?
bool accepts_gzip(std::string_view accept_encoding);

// Does If-None-Match name `etag` (quoted)? Weak prefixes and the "-gzip" that marks a compressed answer do not matter.
bool etag_matches(std::string_view if_none_match, std::string_view etag);

std::string gzip_text(std::string_view text);

}  // namespace dongbo::service
