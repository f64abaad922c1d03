#pragma once
#include <string>
#include <string_view>

#include "hub/report/document.h"

namespace dongbo::report {

// The text without the marks that turn the direction of writing (U+200E, U+200F, U+061C, U+202A to U+202E, U+2066 to U+2069):
// in a name they would turn the figures printed beside it.
std::string without_direction_marks(std::string_view text);

// The same of every text that the document prints.
void drop_direction_marks(Document& document);

}  // namespace dongbo::report
