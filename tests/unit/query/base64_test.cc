#include "hub/query/base64.h"

#include <gtest/gtest.h>

namespace dongbo::query {
namespace {

TEST(Base64, StandardMatchesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::string_view("\xff\xfe\x00\xfb", 4)), "//4A+w==");
}

TEST(Base64, UrlSafeReadsBackWhateverLength) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    const auto text = base64url(bytes);
    EXPECT_EQ(text.find_first_of("+/="), std::string::npos);
    EXPECT_EQ(decode_base64url(text), bytes);
    bytes.push_back(static_cast<char>(i * 37));
  }
}

TEST(Base64, WhatIsNotExactlyItsOwnTextIsRefused) {
  EXPECT_FALSE(decode_base64url("Zg=="));
  EXPECT_FALSE(decode_base64url("Z"));
  EXPECT_FALSE(decode_base64url("Zh"));  // bits beyond the last byte
  EXPECT_FALSE(decode_base64url("Zm9v\n"));
  EXPECT_FALSE(decode_base64url("Zm+v"));
}

}  // namespace
}  // namespace dongbo::query
