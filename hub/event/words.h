#pragma once
#include <emmintrin.h>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace dongbo::event::words {

// Texts looked at eight or sixteen bytes at a time: attribute and member names are mostly shorter than one or two words, where a
// call of memcmp or memchr costs more than the comparison. x86-64 only, as all of the hub.

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

// Sixteen bytes that are looked at together, and tests of each of them: a byte of the answer is 0xff where it holds.
struct Sixteen {
  __m128i bytes;

  static Sixteen load(const char* from) { return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))}; }
  static Sixteen of(std::uint64_t first, std::uint64_t second) {
    return {_mm_set_epi64x(static_cast<long long>(second), static_cast<long long>(first))};
  }
  Sixteen below(std::uint8_t limit) const {  // limit > 0
    return {_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(static_cast<char>(limit - 1))), bytes)};
  }
  Sixteen equal(char byte) const { return {_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte))}; }
  Sixteen operator|(Sixteen other) const { return {_mm_or_si128(bytes, other.bytes)}; }
  bool none() const { return _mm_movemask_epi8(bytes) == 0; }
};

// Does `test`, a function from Sixteen to Sixteen, hold for any byte of the text? `take` gets the pieces that the text was
// looked at in, from left to right and over each other: a Sixteen and where in the text it stands; of texts shorter than that,
// words (the last with the letter x behind the text's end, which no test looks for).
template <class Test, class Take>
bool any(std::string_view text, Test test, Take take) {
  constexpr std::size_t kStep = sizeof(Sixteen);
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  if (size < 8) {
    constexpr std::uint64_t kFill = 0x7878787878787878;
    const std::uint64_t word = load_short(text) | (size == 0 ? kFill : kFill << (8 * size));
    take(word, 0);
    return !test(Sixteen::of(word, word)).none();
  }
  if (size < kStep) {
    const std::uint64_t first = load(bytes), last = load(bytes + size - 8);
    take(first, 0);
    take(last, size - 8);
    return !test(Sixteen::of(first, last)).none();
  }
  Sixteen found = Sixteen::of(0, 0);
  for (std::size_t at = 0; at + kStep <= size; at += kStep) {
    const auto piece = Sixteen::load(bytes + at);
    take(piece, at);
    found = found | test(piece);
  }
  const auto last = Sixteen::load(bytes + size - kStep);
  take(last, size - kStep);
  return !(found | test(last)).none();
}
template <class Test>
bool any(std::string_view text, Test test) {
  return any(text, test, [](auto, std::size_t) {});
}

}  // namespace dongbo::event::words
