#include "hub/service/http_text.h"

#include <gtest/gtest.h>

namespace dongbo::service {
namespace {

TEST(HttpText, PercentDecodesSegmentsButNotTheirSlashes) {
  const auto target = parse_target("/v1/indexes/PAR%20INDEX/a%2Fb/?x=1%2B1&y=a+b&x=2&z");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"v1", "indexes", "PAR INDEX", "a/b"}));
  EXPECT_EQ(target->parameters, (std::map<std::string, std::string>{{"x", "2"}, {"y", "a b"}, {"z", ""}}));
  EXPECT_EQ(target->path, "/v1/indexes/PAR%20INDEX/a%2Fb/");
}

TEST(HttpText, WrongEncodingIsRefused) {
  EXPECT_FALSE(parse_target("/v1/%zz"));
  EXPECT_FALSE(parse_target("/v1/%4"));
  EXPECT_FALSE(parse_target("/v1/%00"));
  EXPECT_FALSE(parse_target("/v1?x=%"));
  EXPECT_FALSE(parse_target("http://other/"));
  EXPECT_FALSE(parse_target("*"));
  EXPECT_FALSE(parse_target(""));
}

TEST(HttpText, MediaTypesAreCompared) {
  EXPECT_EQ(media_type("Application/JSON; charset=utf-8"), "application/json");
  EXPECT_TRUE(is_json("application/vnd.x+json"));
  EXPECT_FALSE(is_json("text/plain"));
}

TEST(HttpText, GzipIsUsedOnlyWhenAsked) {
  EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
  EXPECT_TRUE(accepts_gzip("br;q=1.0, gzip;q=0.8"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.000, br"));
  EXPECT_FALSE(accepts_gzip("x-gzip-not"));
}

TEST(HttpText, EtagsMatchWeaklyAndWhateverTheCompression) {
  EXPECT_TRUE(etag_matches("\"abc\"", "\"abc\""));
  EXPECT_TRUE(etag_matches("\"x\", W/\"abc-gzip\"", "\"abc\""));
  EXPECT_TRUE(etag_matches("*", "\"abc\""));
  EXPECT_FALSE(etag_matches("\"abcd\"", "\"abc\""));
  EXPECT_FALSE(etag_matches("abc", "\"abc\""));
  EXPECT_FALSE(etag_matches("", "\"abc\""));
}

}  // namespace
}  // namespace dongbo::service
