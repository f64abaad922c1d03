#pragma once
#include <string>
#include <string_view>

// Texts on their way into HTML, XML and spreadsheets. Pure functions: any thread.
namespace dongbo::report {

// The text without what XML 1.0 cannot hold: control characters go (a tab or line break becomes a space), bytes that are
// not UTF-8 become U+FFFD. What comes from events may hold anything.
std::string clean_text(std::string_view text);

// clean_text with & < > " ' as references: for the inside of elements and of quoted attributes.
std::string escape_markup(std::string_view text);

// Standard base 64 with padding.
std::string base64(std::string_view bytes);

// The first `count` code points; the whole text when it is not longer. REQUIRES: UTF-8.
std::string first_letters(std::string_view text, std::size_t count);

// Number of code points. REQUIRES: UTF-8.
std::size_t count_letters(std::string_view text);

}  // namespace dongbo::report
