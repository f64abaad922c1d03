#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dongbo {

// Which keys may have been added: it never denies one that was, and takes about one in a hundred of the others for one
// that was. 16 bits a key, in segments that are made as keys come. Beyond kKeysMax (128 MiB) every key may be there.
// A split block Bloom filter (Putze, Sanders, Singler 2007; the form of Apache Parquet): a key sets eight bits of one
// block of 32 bytes, so asking costs one look into memory a segment. Used on one thread.
class KeyFilter {
 public:
  static constexpr std::size_t kKeysMax = 64u << 20;

  explicit KeyFilter(std::size_t keys_max = kKeysMax) : keys_max_(keys_max) {}

  static std::uint64_t hash_of(std::string_view key);
  void add(std::uint64_t hash);  // takes room for a key, also for one that is there
  void add_once(std::uint64_t hash) {
    if (!may_have(hash)) add(hash);
  }
  bool may_have(std::uint64_t hash) const;
  std::size_t bytes() const;

 private:
  struct alignas(32) Block {
    std::array<std::uint32_t, 8> words{};
  };
  struct Segment {
    std::vector<Block> blocks;
    std::size_t keys_free;
  };
  static std::array<std::uint32_t, 8> bits_of(std::uint64_t hash);
  static std::size_t place_of(std::uint64_t hash, const Segment& segment);

  const std::size_t keys_max_;
  std::vector<Segment> segments_;  // the last one takes keys
  std::size_t keys_ = 0;
};

}  // namespace dongbo
