#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "hub/event/text_buffer.h"

namespace dongbo::event {

// The canonical spelling of JSON values: members sorted by their UTF-8 bytes, no white space, the fewest escapes
// (\" \\ \b \t \n \f \r, other control characters as \u00xx), numbers of equal value spelt alike. The same as RFC 8785
// but for three things: whole numbers keep all digits of a 64-bit integer, whole numbers beyond that are written with
// an exponent, and members sort by UTF-8 (not UTF-16).
//
// False: the text holds the character U+0000, which no entry may hold; what was appended is then a part of it.
bool append_text(TextBuffer& out, std::string_view value);
void append_number(TextBuffer& out, std::int64_t value);
void append_number(TextBuffer& out, std::uint64_t value);
void append_number(TextBuffer& out, double value);  // REQUIRES: finite
void append_number(std::string& out, std::int64_t value);
void append_number(std::string& out, std::uint64_t value);
void append_number(std::string& out, double value);  // REQUIRES: finite

// Writes whole values. Keeps its scratch memory between calls: one a thread.
class CanonicalWriter {
 public:
  // What cannot be written, and where: a JSON Pointer relative to the value.
  struct Trouble {
    std::string pointer;
    std::string detail;
  };

  // Appends `value` to `out`. False, with trouble() set, on the first duplicate member or zero character; `out` then
  // holds a part of the value.
  bool append(TextBuffer& out, const simdjson::dom::element& value);
  bool append(std::string& out, const simdjson::dom::element& value);
  const Trouble& trouble() const { return trouble_; }

 private:
  struct Member {
    std::uint64_t prefix;  // of the name, see words.h
    std::string_view name;
    simdjson::dom::element value;
  };

  bool append_object(TextBuffer& out, const simdjson::dom::object& object);
  bool append_array(TextBuffer& out, const simdjson::dom::array& array);
  bool fail(std::string_view detail);
  void came_from(std::string_view token);

  TextBuffer text_;              // for callers that want a std::string
  std::vector<Member> members_;  // a stack: the members of the objects that are being written
  Trouble trouble_;
};

// `token` as a reference token of a JSON Pointer, with the slash before it.
std::string pointer_token(std::string_view token);

}  // namespace dongbo::event
