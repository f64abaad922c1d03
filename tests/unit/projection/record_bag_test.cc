#include "hub/projection/record_bag.h"

#include <gtest/gtest.h>

#include "hub/base/record_codec.h"
#include "tests/support/encoded.h"

namespace dongbo::projection {
namespace {

using testing::encoded;

RecordBag::Record record(unsigned char last) {
  RecordBag::Record out{};
  out.front() = 0x80;
  out.back() = last;
  return out;
}
RecordBag bag(std::initializer_list<unsigned char> records) {
  RecordBag out;
  for (const auto last : records) out.add(record(last));
  return out;
}

TEST(RecordBag, TheSameRecordsAreTheSameBytesInEveryOrder) {
  EXPECT_EQ(encoded(bag({3, 1, 2, 1})), encoded(bag({1, 1, 2, 3})));
  EXPECT_EQ(encoded(bag({3, 1})).size(), 24u);
}

TEST(RecordBag, ReadsBackWhatItWrote) {
  const auto back = decode_record<RecordBag>(encoded(bag({200, 1, 7})));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->first(), record(1));
  EXPECT_EQ(back->last(), record(200));
  EXPECT_TRUE(back->has(record(7)));
  EXPECT_FALSE(back->has(record(8)));
}

TEST(RecordBag, TakesOutOneOfSeveralAlike) {
  auto of = bag({1, 2, 2});
  EXPECT_TRUE(of.remove(record(2)));
  EXPECT_EQ(encoded(of), encoded(bag({1, 2})));
  EXPECT_FALSE(of.remove(record(3)));
  EXPECT_TRUE(of.remove(record(2)));
  EXPECT_TRUE(of.remove(record(1)));
  EXPECT_TRUE(of.empty());
}

TEST(RecordBag, MergingBytesIsMergingBagsWhicheverComesFirst) {
  for (const auto& [one, other] : {std::pair(bag({1, 2}), bag({3})), std::pair(bag({2, 9}), bag({1, 2, 5})),
                                   std::pair(bag({}), bag({4})), std::pair(bag({4}), bag({}))}) {
    auto together = one;
    together.merge(other);
    auto forth = encoded(one), back = encoded(other);
    EXPECT_TRUE(RecordBag::merge_bytes(forth, encoded(other)));
    EXPECT_TRUE(RecordBag::merge_bytes(back, encoded(one)));
    EXPECT_EQ(forth, encoded(together));
    EXPECT_EQ(back, encoded(together));
  }
}

TEST(RecordBag, BytesThatAreNoBagAreRefused) {
  EXPECT_FALSE(decode_record<RecordBag>("eleven byte").has_value());
  EXPECT_FALSE(decode_record<RecordBag>(encoded(bag({2})) + encoded(bag({1}))).has_value());
  auto into = encoded(bag({2}));
  EXPECT_FALSE(RecordBag::merge_bytes(into, "short"));
  EXPECT_FALSE(RecordBag::merge_bytes(into, encoded(bag({1})) + encoded(bag({0}))));
}

}  // namespace
}  // namespace dongbo::projection
