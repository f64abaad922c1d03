#include "hub/event/json_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dongbo::event {
namespace {

TEST(JsonText, EscapesWhatJsonDemandsAndRepairsInvalidUtf8) {
  const auto json = [](std::string_view text) {
    std::string out;
    append_json(out, text);
    return out;
  };
  EXPECT_EQ(json("Điểm cầu"), "\"Điểm cầu\"");
  EXPECT_EQ(json("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\n\\u0001\"");
  EXPECT_EQ(json("a\xff"), "\"a\xef\xbf\xbd\"");
  EXPECT_EQ(json("\xe1\xbb"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  EXPECT_EQ(json("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");  // a surrogate
  EXPECT_EQ(json("\xf0\x9f\x87\xbb"), "\"\xf0\x9f\x87\xbb\"");
}

TEST(JsonText, ReadsBackAsItWas) {
  std::string every;
  for (int c = 1; c < 128; ++c) every.push_back(static_cast<char>(c));
  for (const auto& text : {std::string(), std::string("Điểm cầu \"Tam Kỳ\"\\\n\t"), every, std::string("a\0b", 3)}) {
    std::string out;
    append_json(out, text);
    EXPECT_EQ(nlohmann::json::parse(out), text);
    // Beside bytes that are not UTF-8 all others are written as ever.
    out.clear();
    append_json(out, text + "\xff");
    EXPECT_EQ(nlohmann::json::parse(out), text + "\xEF\xBF\xBD");
  }
}

}  // namespace
}  // namespace dongbo::event
