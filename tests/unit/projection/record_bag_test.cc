#include "hub/projection/record_bag.h"

#include <gtest/gtest.h>

#include "hub/base/record_codec.h"

namespace dongbo::projection {
namespace {

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
std::string bytes(const RecordBag& of) {
  std::string out;
  of.encode(out);
  return out;
}

TEST(RecordBag, TheSameRecordsAreTheSameBytesInEveryOrder) {
  EXPECT_EQ(bytes(bag({3, 1, 2, 1})), bytes(bag({1, 1, 2, 3})));
  EXPECT_EQ(bytes(bag({3, 1})).size(), 24u);
}

TEST(RecordBag, ReadsBackWhatItWrote) {
  const auto back = decode_record<RecordBag>(bytes(bag({200, 1, 7})));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->first(), record(1));
  EXPECT_EQ(back->last(), record(200));
  EXPECT_TRUE(back->has(record(7)));
  EXPECT_FALSE(back->has(record(8)));
}

TEST(RecordBag, TakesOutOneOfSeveralAlike) {
  auto of = bag({1, 2, 2});
  EXPECT_TRUE(of.remove(record(2)));
  EXPECT_EQ(bytes(of), bytes(bag({1, 2})));
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
    auto forth = bytes(one), back = bytes(other);
    EXPECT_TRUE(RecordBag::merge_bytes(forth, bytes(other)));
    EXPECT_TRUE(RecordBag::merge_bytes(back, bytes(one)));
    EXPECT_EQ(forth, bytes(together));
    EXPECT_EQ(back, bytes(together));
  }
}

TEST(RecordBag, BytesThatAreNoBagAreRefused) {
  EXPECT_FALSE(decode_record<RecordBag>("eleven byte").has_value());
  EXPECT_FALSE(decode_record<RecordBag>(bytes(bag({2})) + bytes(bag({1}))).has_value());
  auto into = bytes(bag({2}));
  EXPECT_FALSE(RecordBag::merge_bytes(into, "short"));
}

}  // namespace
}  // namespace dongbo::projection
