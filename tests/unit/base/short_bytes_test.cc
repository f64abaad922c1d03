#include "hub/base/short_bytes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dongbo {
namespace {

using Bytes = ShortBytes<12>;

TEST(ShortBytes, HoldsWhatItWasSetToHoweverLong) {
  EXPECT_EQ(Bytes().view(), "");
  for (const std::size_t size : {0u, 1u, 11u, 12u, 13u, 5'000u}) {
    const std::string text(size, 'x');
    Bytes bytes(text);
    const auto copy = bytes;
    EXPECT_EQ(bytes.view(), text);
    EXPECT_EQ(copy.view(), text);
    const auto moved = std::move(bytes);
    EXPECT_EQ(moved.view(), text);
  }
}

TEST(ShortBytes, TakesTheBytesOfAnotherWhereverEachOfThemLies) {
  const std::vector<std::string> texts = {"", "short", "much longer than what lies inside"};
  for (const auto& from : texts)
    for (const auto& to : texts) {
      Bytes bytes{std::string_view(from)};
      bytes = Bytes(to);
      EXPECT_EQ(bytes.view(), to);
      const Bytes other(from);
      bytes = other;
      EXPECT_EQ(bytes.view(), from);
      EXPECT_EQ(other.view(), from);
    }
}

TEST(ShortBytes, MovesInAVectorThatGrows) {
  std::vector<Bytes> all;
  for (std::size_t i = 0; i < 100; ++i) all.emplace_back(std::string(i, 'y'));
  all.erase(all.begin() + 20, all.begin() + 40);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].view().size(), i < 20 ? i : i + 20);
}

}  // namespace
}  // namespace dongbo
