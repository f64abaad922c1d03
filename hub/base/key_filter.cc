#include "hub/base/key_filter.h"

#include <xxhash.h>

#include <algorithm>

namespace dongbo {
namespace {

constexpr std::size_t kKeysOfABlock = 16;
constexpr std::size_t kFirstSegmentKeys = 1'024;
constexpr std::size_t kGrowth = 4;  // of a segment against the one before
constexpr std::size_t kSegmentKeysMax = 4u << 20;

}  // namespace

std::uint64_t KeyFilter::hash_of(std::string_view key) {
  return XXH3_64bits(key.data(), key.size());
}

std::array<std::uint32_t, 8> KeyFilter::bits_of(std::uint64_t hash) {
  constexpr std::array<std::uint32_t, 8> kSalts = {0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU,
                                                   0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};
  std::array<std::uint32_t, 8> out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = 1U << ((static_cast<std::uint32_t>(hash) * kSalts[i]) >> 27);
  return out;
}

std::size_t KeyFilter::place_of(std::uint64_t hash, const Segment& segment) {
  return static_cast<std::size_t>(((hash >> 32) * segment.blocks.size()) >> 32);
}

void KeyFilter::add(std::uint64_t hash) {
  if (keys_ >= keys_max_) return;
  if (segments_.empty() || segments_.back().keys_free == 0) {
    const auto keys = std::min(kSegmentKeysMax,
                               segments_.empty() ? kFirstSegmentKeys : segments_.back().blocks.size() * kKeysOfABlock * kGrowth);
    segments_.push_back({std::vector<Block>(keys / kKeysOfABlock), keys});
  }
  auto& segment = segments_.back();
  auto& block = segment.blocks[place_of(hash, segment)];
  const auto bits = bits_of(hash);
  for (std::size_t i = 0; i < bits.size(); ++i) block.words[i] |= bits[i];
  --segment.keys_free;
  ++keys_;
}

bool KeyFilter::may_have(std::uint64_t hash) const {
  if (keys_ >= keys_max_) return true;
  const auto bits = bits_of(hash);
  return std::any_of(segments_.rbegin(), segments_.rend(), [&](const Segment& segment) {  // most lie in the last
    const auto& block = segment.blocks[place_of(hash, segment)];
    std::uint32_t missing = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) missing |= bits[i] & ~block.words[i];
    return missing == 0;
  });
}

std::size_t KeyFilter::bytes() const {
  std::size_t out = 0;
  for (const auto& segment : segments_) out += segment.blocks.size() * sizeof(Block);
  return out;
}

}  // namespace dongbo
