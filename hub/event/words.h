#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dongbo::event::words {

// Texts looked at eight bytes at a time: attribute and member names are mostly shorter than one or two words, where a
// call of memcmp or memchr costs more than the comparison. Little-endian machines only, as all of the hub.
constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

inline std::uint64_t load(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, 8);
  return word;
}

// The first bytes of a text of less than eight, the rest zero; reads nothing beyond the text.
inline std::uint64_t load_short(std::string_view text) {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  if (size >= 4) {
    std::uint32_t first;
    std::uint32_t last;
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + size - 4, 4);
    return first | static_cast<std::uint64_t>(last) << (8 * (size - 4));
  }
  if (size == 0) return 0;
  const auto at = [bytes](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i); };
  return at(0) | at(size / 2) | at(size - 1);
}

// The same, the rest filled up with the letter x, which no test looks for.
inline std::uint64_t load_short_filled(std::string_view text) {
  return load_short(text) | (text.empty() ? kOnes * 'x' : (kOnes * 'x') << (8 * text.size()));
}

// A number that sorts as the text's first eight bytes do.
inline std::uint64_t prefix(std::string_view text) {
  return __builtin_bswap64(text.size() >= 8 ? load(text.data()) : load_short(text));
}

// Texts with their prefixes, in the order of their bytes.
inline bool less(std::uint64_t prefix_a, std::string_view a, std::uint64_t prefix_b, std::string_view b) {
  return prefix_a != prefix_b ? prefix_a < prefix_b : a < b;
}
inline bool equal(std::uint64_t prefix_a, std::string_view a, std::uint64_t prefix_b, std::string_view b) {
  if (prefix_a != prefix_b || a.size() != b.size()) return false;
  return a.size() <= 8 || std::memcmp(a.data() + 8, b.data() + 8, a.size() - 8) == 0;
}

// Non-zero when any byte of the word is below `limit` (at most 128), or equal to `byte`. Which bit is set says nothing.
constexpr std::uint64_t any_below(std::uint64_t word, std::uint8_t limit) {
  return (word - kOnes * limit) & ~word & kHighs;
}
constexpr std::uint64_t any_equal(std::uint64_t word, std::uint8_t byte) {
  return any_below(word ^ (kOnes * byte), 1);
}

// Does `test` say non-zero of any word of the text?
template <class Test>
bool any(std::string_view text, Test test) {
  if (text.size() < 8) return test(load_short_filled(text)) != 0;
  std::uint64_t found = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) found |= test(load(text.data() + at));
  return (found | test(load(text.data() + text.size() - 8))) != 0;
}

}  // namespace dongbo::event::words
