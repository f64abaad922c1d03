#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace dongbo {

// A number that is one coordinate and no other: ShardId, Sequence and Offset do not convert into each other, so two
// swapped arguments do not compile.
template <class Tag, class Number>
class NamedNumber {
 public:
  using number_type = Number;
  constexpr NamedNumber() = default;
  constexpr explicit NamedNumber(Number value) : value_(value) {}
  constexpr Number value() const { return value_; }
  constexpr NamedNumber next() const { return NamedNumber(value_ + 1); }
  constexpr auto operator<=>(const NamedNumber&) const = default;

 private:
  Number value_ = 0;
};

using ShardId = NamedNumber<struct ShardIdTag, std::uint32_t>;
// Place of an event in a shard's journal. The first event has sequence 1; 0 means "before everything".
using Sequence = NamedNumber<struct SequenceTag, std::uint64_t>;
// Kafka's offset of a record in a partition.
using Offset = NamedNumber<struct OffsetTag, std::int64_t>;
// Number of an entry in a shard's quarantine, from 1.
using QuarantineNumber = NamedNumber<struct QuarantineNumberTag, std::uint64_t>;

// A moment in milliseconds since 1970-01-01T00:00:00Z; may be negative (year 1) and reaches year 9999.
using Millis = NamedNumber<struct MillisTag, std::int64_t>;

}  // namespace dongbo

template <class Tag, class Number>
struct std::hash<dongbo::NamedNumber<Tag, Number>> {
  std::size_t operator()(const dongbo::NamedNumber<Tag, Number>& number) const noexcept {
    return std::hash<Number>()(number.value());
  }
};
