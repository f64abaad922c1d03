#include "hub/intake/out_cursor.h"

#include <fstream>

#include "tests/unit/intake/intake_fixture.h"

namespace dongbo::intake {
namespace {

class OutCursorTest : public ::testing::Test {
 protected:
  void write(const std::string& text) { std::ofstream(directory_ / "out.json") << text; }
  const testing::TempDirectory temporary_;
  const std::filesystem::path& directory_ = temporary_.path();
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
