#include "hub/journal/block.h"

#include <gtest/gtest.h>

namespace dongbo::journal {
namespace {

Block three() {
  const std::vector<BlockEntry> entries = {{R"({"a":1})", event::digest_of("i1"), event::digest_of("c1"), Millis(1000)},
                                           {R"({"b":2})", event::digest_of("i2"), event::digest_of("c2"), Millis(1100)},
                                           {std::string_view(R"({"c":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})"),
                                            event::digest_of("i3"), event::digest_of("c3"), Millis(1002)}};
  const std::vector<SourcePosition> positions = {{"dongbo.events", 2, Offset(77)}};
  return Block::of(Sequence(41), entries, positions);
}

TEST(Block, ReadsBackWhatWasWritten) {
  const auto written = three();
  const auto block = Block::decode(written.encode());
  ASSERT_TRUE(block.has_value()) << block.error().message;
  EXPECT_EQ(block->encode(), written.encode());
  EXPECT_EQ(block->first(), Sequence(41));
  EXPECT_EQ(block->last(), Sequence(43));
  EXPECT_EQ(block->records()[1].entry, R"({"b":2})");
  EXPECT_EQ(block->records()[1].recorded_at, Millis(1100));
  EXPECT_EQ(block->records()[2].identity, event::digest_of("i3"));
  EXPECT_EQ(block->records()[2].content, event::digest_of("c3"));
  ASSERT_EQ(block->positions().size(), 1u);
  EXPECT_EQ(block->positions()[0].next, Offset(77));
}

TEST(Block, EveryFlippedBitIsNoticed) {
  const auto good = three().encode();
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    EXPECT_FALSE(Block::decode(bad).has_value()) << "byte " << at;
  }
}

TEST(Block, EveryTruncationIsNoticed) {
  const auto good = three().encode();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(Block::decode(std::string_view(good).substr(0, size)).has_value());
}

TEST(Block, KeepsItsBytesWhenItMoves) {
  auto block = Block::decode(three().encode());
  ASSERT_TRUE(block.has_value());
  const Block moved = std::move(*block);
  EXPECT_EQ(moved.records()[0].entry, R"({"a":1})");
  const Block made = three();
  EXPECT_EQ(made.records()[1].entry, R"({"b":2})");
}

}  // namespace
}  // namespace dongbo::journal
