#include "hub/base/bytes.h"

#include <limits>

#include <gtest/gtest.h>

namespace dongbo {
namespace {

TEST(Bytes, NumbersAreReadAsTheyWereWritten) {
  for (const std::uint64_t value : {0ULL, 1ULL, 127ULL, 128ULL, 300ULL, 1ULL << 32, ~0ULL}) {
    std::string bytes;
    put_u32(bytes, static_cast<std::uint32_t>(value));
    put_u64(bytes, value);
    put_varint(bytes, value);
    ByteReader reader(bytes);
    EXPECT_EQ(reader.u32(), static_cast<std::uint32_t>(value));
    EXPECT_EQ(reader.u64(), value);
    EXPECT_EQ(reader.varint(), value);
    EXPECT_TRUE(reader.ok());
    EXPECT_TRUE(reader.at_end());
  }
}

TEST(Bytes, FixedNumbersAreLittleEndian) {
  std::string bytes;
  put_u32(bytes, 0x01020304);
  EXPECT_EQ(bytes, std::string("\x04\x03\x02\x01", 4));
}

TEST(Bytes, BigEndianNumbersSortAsNumbersDo) {
  EXPECT_LT(big_endian_u64(255), big_endian_u64(256));
  EXPECT_LT(big_endian_u64(1), big_endian_u64(1ULL << 63));
  EXPECT_EQ(read_big_endian_u64(big_endian_u64(0x0102030405060708)), 0x0102030405060708ULL);
}

TEST(Bytes, ZigzagGoesThereAndBack) {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t value : {kMin, kMin + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, kMax}) {
    EXPECT_EQ(unzigzag(zigzag(value)), value);
  }
  EXPECT_EQ(zigzag(-1), 1U);
}

TEST(Bytes, TextsMayHoldAnything) {
  std::string bytes;
  put_string(bytes, std::string_view("a\0b", 3));
  put_string(bytes, "");
  ByteReader reader(bytes);
  EXPECT_EQ(reader.string(), std::string_view("a\0b", 3));
  EXPECT_EQ(reader.string(), "");
  EXPECT_TRUE(reader.ok() && reader.at_end());
}

TEST(Bytes, ReadingPastTheEndFailsForGood) {
  std::string bytes;
  put_string(bytes, "twelve bytes");
  bytes.resize(5);
  ByteReader reader(bytes);
  EXPECT_EQ(reader.string(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_FALSE(reader.ok());
}

TEST(Bytes, AnEndlessVarintFails) {
  const std::string bytes(11, '\xff');
  ByteReader reader(bytes);
  EXPECT_EQ(reader.varint(), 0U);
  EXPECT_FALSE(reader.ok());
}

}  // namespace
}  // namespace dongbo
