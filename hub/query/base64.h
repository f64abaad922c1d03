#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dongbo::query {

// RFC 4648: the standard alphabet with padding for raw bytes in answers, the URL-safe one without padding for page tokens.
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);
// nullopt: not what base64url() gives, to the character.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace dongbo::query
