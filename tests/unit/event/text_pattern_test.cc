#include "hub/event/text_pattern.h"

#include <gtest/gtest.h>

namespace dongbo::event {
namespace {

TextPattern pattern(std::string_view text) {
  auto compiled = TextPattern::compile(text);
  EXPECT_TRUE(compiled) << text;
  return std::move(compiled).value();
}

TEST(TextPattern, MatchesAnywhereUnlessAnchored) {
  EXPECT_TRUE(pattern("b+").matches("abbc"));
  EXPECT_FALSE(pattern("^b+").matches("abbc"));
  EXPECT_TRUE(pattern("").matches(""));
}

TEST(TextPattern, OneClassIsDecidedByATableAndAgreesWithRe2) {
  const std::string_view patterns[] = {R"(^[^\x00-\x1f\x7f]+$)",
                                       "^[0-9]+$",
                                       "^[A-Za-z0-9._:-]*$",
                                       "^[A-Z]{3}$",
                                       "^[0-9a-f]{2,4}$",
                                       R"(^[\d\-\/]{1,}$)",
                                       R"(^[^\u0000-\u001f]+$)",
                                       "^[a]$",
                                       "^[^a]$",
                                       "^[^a]{2}$",
                                       R"(^[\]\\]+$)",
                                       "^[-a]+$",
                                       "^[a-]+$",
                                       "^[+*.]+$",
                                       "^[0-9]{0,2}$"};
  const std::string_view texts[] = {"",     "a", "0",   "09",  "abc",   "ABC",       "0a", "f00d", "Đ",  "ĐĐ",   "a\n",
                                    "\x7f", "-", "]\\", "+.*", "1-2/3", "a.b:c-d_e", "😀",  "😀a",   "\n", "00000"};
  for (const auto one : patterns) {
    const TextPattern compiled = pattern(one);
    EXPECT_TRUE(compiled.by_table()) << one;
    for (const auto text : texts) EXPECT_EQ(compiled.matches(text), compiled.matches_by_re2(text)) << one << " on " << text;
  }
}

TEST(TextPattern, LeavesEverythingElseToRe2) {
  for (const std::string_view one : {R"(^-?[0-9]{1,15}(\.[0-9]{1,15})?$)", "[0-9]+", "^[0-9]+", "[0-9]$", "^[Đđ]+$",
                                     "^[[:alpha:]]+$", "^[a-z]+|b$", "^[a]+[b]$", R"(^[\w]+$)", R"(^[\pL]+$)", "^(a|b)$"}) {
    EXPECT_FALSE(pattern(one).by_table()) << one;
  }
  EXPECT_TRUE(pattern("^[Đđ]+$").matches("Đđ"));
}

TEST(TextPattern, RefusesWhatRe2Cannot) {
  for (const std::string_view one : {"(?=a)b", "(a)\\1", "[a", "(", "a{2000}"}) EXPECT_FALSE(TextPattern::compile(one)) << one;
}

TEST(TextPattern, NoTextMakesItSlow) {
  const TextPattern evil = pattern("^(a+)+$");
  EXPECT_FALSE(evil.matches(std::string(100'000, 'a') + "b"));
}

TEST(TextPattern, CountsCharactersNotBytes) {
  EXPECT_EQ(count_characters("Đồng bộ 😀"), 9U);
  EXPECT_EQ(count_characters(""), 0U);
}

TEST(UriReference, TakesUrisAndRelativeReferences) {
  for (const std::string_view good : {"", "/provinces/49/so-noi-vu", "https://example.vn/a?b=c#d", "urn:dongbo:x",
                                      "mailto:a@b.vn", "#x", "a/b:c", "%C4%90", "//host/path", "?q", "http://[::1]/"}) {
    EXPECT_TRUE(is_uri_reference(good)) << good;
  }
}

TEST(UriReference, RefusesOtherTexts) {
  for (const std::string_view bad :
       {"a b", "Đồng", "%", "%4", "%zz", "a#b#c", "1a:b", "a_b:c", ":x", "<x>", "a\\b", "a^b", "\n"}) {
    EXPECT_FALSE(is_uri_reference(bad)) << bad;
  }
}

}  // namespace
}  // namespace dongbo::event
