#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

// Building XML as a tree. One tree, one thread. Texts are cleaned here (markup.h) and escaped when the tree is written.
namespace dongbo::report::xml {

using Attributes = std::initializer_list<std::pair<const char*, std::string_view>>;

void set(pugi::xml_node node, const char* name, std::string_view value);
pugi::xml_node add(pugi::xml_node parent, const char* name, Attributes attributes = {});
// <name>text</name>
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text, Attributes attributes = {});
// <name w:val="value"/>, as WordprocessingML likes it.
pugi::xml_node add_value(pugi::xml_node parent, const char* name, std::string_view value);

// The tree as UTF-8 with an XML declaration, without added white space.
std::string to_bytes(const pugi::xml_document& document);

}  // namespace dongbo::report::xml
