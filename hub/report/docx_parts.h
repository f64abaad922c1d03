#pragma once
#include <string>

#include "hub/report/document.h"

// The small files of a DOCX beside styles and body. Pure functions.
namespace dongbo::report::docx {

enum class HeaderKind { kFirst, kPortrait, kLandscape };

std::string content_types_part();
std::string package_relations_part();
std::string document_relations_part(std::size_t pictures);
std::string settings_part();
std::string font_table_part();
// The page number in the middle, not on a first page; "SỐ LIỆU MÔ PHỎNG" on every page of made-up figures.
std::string header_part(const Document& document, HeaderKind kind);
std::string core_properties_part(const Document& document);
std::string application_properties_part();
// What the report was made of: position, versions, hash.
std::string custom_properties_part(const Document& document);

}  // namespace dongbo::report::docx
