#include "hub/service/line_splitter.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace dongbo::service {
namespace {

struct Seen {
  std::string text;
  std::uint64_t number;
  bool too_long;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> split(const std::vector<std::string>& pieces, std::size_t line_max = 100, bool ended = true) {
  LineSplitter splitter(line_max);
  std::vector<Seen> out;
  for (const auto& piece : pieces) {
    splitter.give(piece);
    while (const auto line = splitter.next()) out.push_back({std::string(line->text), line->number, line->too_long});
  }
  if (ended)
    if (const auto line = splitter.finish()) out.push_back({std::string(line->text), line->number, line->too_long});
  return out;
}

TEST(LineSplitter, GivesEachLineWithItsNumber) {
  EXPECT_EQ(split({"a\nb\nc\n"}), (std::vector<Seen>{{"a", 1, false}, {"b", 2, false}, {"c", 3, false}}));
}

TEST(LineSplitter, LastLineNeedsNoNewline) {
  EXPECT_EQ(split({"a\nb"}), (std::vector<Seen>{{"a", 1, false}, {"b", 2, false}}));
}

TEST(LineSplitter, AnUnfinishedLineIsNotGivenBeforeTheEnd) {
  EXPECT_EQ(split({"a\nb"}, 100, false), (std::vector<Seen>{{"a", 1, false}}));
}

TEST(LineSplitter, PutsLinesTogetherAcrossPieces) {
  EXPECT_EQ(split({"al", "ph", "a\nbe", "ta\n"}), (std::vector<Seen>{{"alpha", 1, false}, {"beta", 2, false}}));
}

TEST(LineSplitter, CountsButPassesOverEmptyLines) {
  EXPECT_EQ(split({"a\n\n \t\n\r\nb\r\n"}), (std::vector<Seen>{{"a", 1, false}, {"b", 5, false}}));
}

TEST(LineSplitter, TakesTheCarriageReturnOffAcrossPieces) {
  EXPECT_EQ(split({"a\r", "\nb"}), (std::vector<Seen>{{"a", 1, false}, {"b", 2, false}}));
}

TEST(LineSplitter, CutsOffALineThatIsTooLongAndGoesOn) {
  EXPECT_EQ(split({"12345\n123456\nok\n"}, 5), (std::vector<Seen>{{"12345", 1, false}, {"12345", 2, true}, {"ok", 3, false}}));
}

TEST(LineSplitter, ATooLongLineMaySpanManyPieces) {
  EXPECT_EQ(split({"123", "456", "789", "0\nok"}, 5), (std::vector<Seen>{{"12345", 1, true}, {"ok", 2, false}}));
  EXPECT_EQ(split({"123", "45", "\nok"}, 5), (std::vector<Seen>{{"12345", 1, false}, {"ok", 2, false}}));
}

TEST(LineSplitter, HowTheBodyIsCutIntoPiecesDoesNotMatter) {
  std::mt19937 random(7);
  std::string body;
  for (int i = 0; i < 300; ++i)
    body += std::string(random() % 12, static_cast<char>('a' + i % 26)) + (i % 5 == 0 ? "\r\n" : "\n");
  body += "end";
  const auto whole = split({body}, 8);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < body.size();) {
      const auto size = 1 + random() % 40;
      pieces.push_back(body.substr(at, size));
      at += size;
    }
    ASSERT_EQ(split(pieces, 8), whole);
  }
}

}  // namespace
}  // namespace dongbo::service
