#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "hub/base/bytes.h"

namespace dongbo::event {

// 16 bytes: the first half of a SHA-256. Two that differ mean two different things; two that are equal are taken as the
// same (a collision would need 2^64 tries on purpose).
struct Digest {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const Digest&) const = default;
  // As their bytes, eight at a time: sorting many is part of every run of identities.
  std::strong_ordering operator<=>(const Digest& other) const {
    const auto first = number_at(0), others = other.number_at(0);
    return first != others ? first <=> others : number_at(8) <=> other.number_at(8);
  }
  // All zero: no digest was taken yet.
  bool none() const { return *this == Digest{}; }
  void encode(std::string& out) const { out.append(view()); }
  void decode(ByteReader& in) {
    const auto raw = in.raw(bytes.size());
    *this = raw.empty() ? Digest{} : from(raw);
  }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  static Digest from(std::string_view sixteen_bytes) {
    Digest digest;
    std::memcpy(digest.bytes.data(), sixteen_bytes.data(), digest.bytes.size());
    return digest;
  }

 private:
  std::uint64_t number_at(std::size_t place) const {
    std::uint64_t number;
    std::memcpy(&number, bytes.data() + place, sizeof number);
    return __builtin_bswap64(number);
  }
};

// Who an event is: Digest of source, a zero byte, id. Neither may hold a zero byte (the codec refuses it).
Digest identity_of(std::string_view source, std::string_view id);

// Digest of any bytes.
Digest digest_of(std::string_view bytes);

struct DigestHash {
  std::size_t operator()(const Digest& digest) const noexcept {
    std::size_t out;
    std::memcpy(&out, digest.bytes.data(), sizeof out);  // already uniform
    return out;
  }
};

}  // namespace dongbo::event
