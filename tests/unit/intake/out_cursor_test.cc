#include "hub/intake/out_cursor.h"

#include <fstream>

#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

class OutCursorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pattern = (std::filesystem::temp_directory_path() / "dongbo-cursor-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& text) { std::ofstream(directory_ / "out.json") << text; }
  std::filesystem::path directory_;
};

TEST_F(OutCursorTest, BeginsAtTheBeginning) {
  EXPECT_EQ(OutCursor(directory_).load(), OutProgress());
}

TEST_F(OutCursorTest, ReadsBackWhatWasStoredLast) {
  const OutCursor cursor(directory_);
  ASSERT_TRUE(cursor.store({1, 2}).has_value());
  ASSERT_TRUE(cursor.store({18446744073709551615U, 7}).has_value());
  EXPECT_EQ(OutCursor(directory_).load(), (OutProgress{18446744073709551615U, 7}));
}

TEST_F(OutCursorTest, WhatCannotBeReadIsTheBeginning) {
  for (const auto* text : {"", "{", "[]", "{\"changes\":-1,\"quarantine\":\"x\"}", "null"}) {
    write(text);
    EXPECT_EQ(OutCursor(directory_).load(), OutProgress()) << text;
  }
  write("{\"changes\":5}");
  EXPECT_EQ(OutCursor(directory_).load(), (OutProgress{5, 0}));
}

TEST_F(OutCursorTest, ADirectoryThatIsGoneIsAnError) {
  EXPECT_FALSE(OutCursor(directory_ / "gone").store({1, 1}).has_value());
}

}  // namespace
}  // namespace dongbo::intake
