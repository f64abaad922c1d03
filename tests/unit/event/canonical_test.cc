#include "hub/event/canonical.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "hub/event/json_parser.h"
#include "tests/unit/event/english.h"

namespace dongbo::event {
namespace {

// The canonical spelling of a JSON text; "!pointer detail" when there is none.
std::string canonical(std::string_view json) {
  JsonParser parser;
  simdjson::dom::element root;
  if (const auto error = parser.parse(json, root); error != simdjson::SUCCESS) return simdjson::error_message(error);
  CanonicalWriter writer;
  std::string out;
  if (!writer.append(out, root)) return "!" + writer.trouble().pointer + " " + english_of(writer.trouble().detail);
  return out;
}

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(Canonical, SortsMembersOnEveryLevelAndDropsWhiteSpace) {
  EXPECT_EQ(canonical(R"( { "b" : [ { "z":1 , "a" : 2 } ] , "a" : {} , "" : null } )"),
            R"({"":null,"a":{},"b":[{"a":2,"z":1}]})");
}

TEST(Canonical, SortsManyMembers) {
  std::string json = "{";
  for (int i = 99; i >= 0; --i) json += (i < 99 ? ",\"" : "\"") + std::to_string(100 + i) + "\":0";
  std::string expected = "{";
  for (int i = 0; i < 100; ++i) expected += (i > 0 ? ",\"" : "\"") + std::to_string(100 + i) + "\":0";
  EXPECT_EQ(canonical(json + "}"), expected + "}");
}

// Texts are looked at in pieces: an escape may stand anywhere in one of any length.
TEST(Canonical, EscapesAtEveryPlaceOfTextsOfEveryLength) {
  for (std::size_t size = 1; size < 70; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (const auto& [written, escaped] :
           {std::pair("\\\"", "\\\""), std::pair("\\u001F", "\\u001f"), std::pair("\\u007f", "\x7f")}) {
        const std::string before(at, '~'), after(size - at - 1, '!');
        EXPECT_EQ(canonical('"' + before + written + after + '"'), '"' + before + escaped + after + '"');
      }
}

TEST(Canonical, SpellsEqualNumbersAlike) {
  for (const std::string_view same : {"1000", "1e3", "1E+3", "1000.0", "10.00e2", "100000e-2"})
    EXPECT_EQ(canonical(same), "1000") << same;
  for (const std::string_view zero : {"0", "-0", "0.0", "-0.0", "0e9"}) EXPECT_EQ(canonical(zero), "0") << zero;
  EXPECT_EQ(canonical("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(canonical("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(canonical("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(canonical("9007199254740993"), "9007199254740993");
}

// What ECMAScript writes for the same numbers (RFC 8785, appendix B), as far as they are not whole.
TEST(Canonical, WritesFractionsAsEcmaScriptDoes) {
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(-42.2377), "-42.2377");
  EXPECT_EQ(number(0.000001), "0.000001");
  EXPECT_EQ(number(1e-7), "1e-7");
  EXPECT_EQ(number(1.5e-9), "1.5e-9");
  EXPECT_EQ(number(5e-324), "5e-324");
  EXPECT_EQ(number(333333333.3333333), "333333333.3333333");
  EXPECT_EQ(number(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(number(1e23), "1e+23");
  EXPECT_EQ(number(1e18), "1000000000000000000");
  EXPECT_EQ(number(18446744073709549568.0), "18446744073709549568");
  EXPECT_EQ(number(18446744073709551616.0), "1.8446744073709552e+19");
}

TEST(Canonical, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(canonical("\"\\u0110\\u1ed3ng b\\u1ed9 \\/ \\ud83d\\ude00\""), "\"Đồng bộ / 😀\"");
  EXPECT_EQ(canonical(R"("\u0022\u005c\b\t\n\f\r\u0001\u001f\u007f")"), "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\"");
}

TEST(Canonical, FindsEscapesAtEveryPlaceOfALongText) {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'x');
    text[at] = '"';
    TextBuffer out;
    EXPECT_TRUE(append_text(out, text));
    std::string expected(40, 'x');
    expected.replace(at, 1, "\\\"");
    EXPECT_EQ(out.view(), "\"" + expected + "\"");
  }
}

TEST(Canonical, RefusesDuplicateMembersWithTheirPlace) {
  EXPECT_EQ(canonical(R"({"a":[0,{"x/y":{"b":1,"c":2,"\u0062":1}}]})"), "!/a/1/x~1y/b the member stands more than once");
}

TEST(Canonical, RefusesZeroCharacters) {
  EXPECT_EQ(canonical(R"({"a":"x\u0000"})"), "!/a a text may not hold the character U+0000");
  EXPECT_EQ(canonical(R"({"a\u0000":1})").substr(0, 3), "!/a");
}

TEST(Canonical, GoesOnAfterARefusal) {
  JsonParser parser;
  CanonicalWriter writer;
  simdjson::dom::element root;
  std::string out;
  ASSERT_EQ(parser.parse(R"({"a":{"b":1,"b":2}})", root), simdjson::SUCCESS);
  EXPECT_FALSE(writer.append(out, root));
  out.clear();
  ASSERT_EQ(parser.parse(R"({"b":1,"a":2})", root), simdjson::SUCCESS);
  EXPECT_TRUE(writer.append(out, root));
  EXPECT_EQ(out, R"({"a":2,"b":1})");
}

}  // namespace
}  // namespace dongbo::event
