#pragma once
#include <string>
#include <string_view>

namespace dongbo::service {

// Appends `text` as a JSON string with its quotes. What is not valid UTF-8 (an id that could not be read) becomes U+FFFD,
// so an answer is always valid JSON. Fast for plain ASCII: receipts of bulk uploads are written with it.
void append_json_text(std::string& out, std::string_view text);

}  // namespace dongbo::service
