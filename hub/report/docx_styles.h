#pragma once
#include <string>

namespace dongbo::report::docx {

inline constexpr const char* kWordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
inline constexpr const char* kFont = "Times New Roman";
inline constexpr double kTwipsPerMillimetre = 1440 / 25.4;

// word/styles.xml: the decree's sizes and kinds of letters as styles with Vietnamese names, so that people who go on writing
// pick them from the list. Holds nothing of the document.
std::string styles_part();

}  // namespace dongbo::report::docx
