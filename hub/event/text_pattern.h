#pragma once
#include <bitset>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace re2 {
class RE2;
}

namespace dongbo::event {

// A `pattern` of a schema: does the text hold a match anywhere (JSON Schema does not anchor)? RE2 decides, so that no
// pattern and no text can make it slow; whole-text repetitions of one character class (^[…]+$), which most of our
// patterns are, are decided by a table instead. Immutable, any thread may ask.
//
// ECMAScript's \uXXXX is understood beside RE2's own syntax; what RE2 cannot do (look-around, back references) fails
// at compile. \s and \w mean ASCII, as in RE2.
class TextPattern {
 public:
  static Result<TextPattern> compile(std::string_view pattern);
  ~TextPattern();
  TextPattern(TextPattern&&) noexcept;
  TextPattern& operator=(TextPattern&&) noexcept;

  // REQUIRES: valid UTF-8.
  bool matches(std::string_view text) const;
  bool matches_by_re2(std::string_view text) const;  // the same answer the slow way: for tests
  bool by_table() const { return table_.has_value(); }
  const std::string& text() const { return text_; }

 private:
  // ^[class]{min,max}$; characters beyond ASCII are all in the class or all out of it.
  struct Table {
    std::bitset<128> ascii;
    bool others = false;
    std::size_t length_min = 1;
    std::size_t length_max = 1;
    bool no_control_only = false;  // everything but U+0000 to U+001F and U+007F
  };
  class TableReader;

  TextPattern();
  static bool matches_table(const Table& table, std::string_view text);

  std::string text_;
  std::optional<Table> table_;
  std::unique_ptr<re2::RE2> expression_;
};

// Characters (not bytes) of a UTF-8 text.
std::size_t count_characters(std::string_view text);
// Any of U+0000 to U+001F, U+007F?
bool has_control_character(std::string_view text);
// A URI-reference of RFC 3986: the right characters, percent-escapes that are two hexadecimal digits, and a scheme
// where a colon stands before the first slash.
bool is_uri_reference(std::string_view text);

}  // namespace dongbo::event
