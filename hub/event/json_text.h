#pragma once
#include <string>
#include <string_view>

namespace dongbo::event {

// Appends `text` as a JSON string with its quotes. What is not UTF-8 (an id that could not be read) becomes U+FFFD, so that what
// is written is always JSON. Fast for plain text: answers of many thousand members and receipts of bulk uploads are written with
// it.
void append_json(std::string& out, std::string_view text);

}  // namespace dongbo::event
