#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace dongbo {

// Writing and reading of the byte formats in hub/journal/FORMAT.md and of projection rows: fixed little-endian
// numbers, big-endian numbers where bytes must sort as numbers do, LEB128 varints, length-prefixed strings.
inline void put_u32(std::string& out, std::uint32_t value) {
  char bytes[4];
  std::memcpy(bytes, &value, 4);  // the hub runs on little-endian machines only; cmake refuses others
  out.append(bytes, 4);
}

inline void put_u64(std::string& out, std::uint64_t value) {
  char bytes[8];
  std::memcpy(bytes, &value, 8);
  out.append(bytes, 8);
}

inline void put_big_endian_u64(std::string& out, std::uint64_t value) {
  put_u64(out, __builtin_bswap64(value));
}

inline std::string big_endian_u64(std::uint64_t value) {
  std::string out;
  put_big_endian_u64(out, value);
  return out;
}

// REQUIRES: bytes.size() >= 8.
inline std::uint64_t read_big_endian_u64(std::string_view bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes.data(), 8);
  return __builtin_bswap64(value);
}

inline void put_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

inline std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

inline void put_string(std::string& out, std::string_view value) {
  put_varint(out, value.size());
  out.append(value);
}

// Reads the formats above from bytes it does not own. A read past the end marks the reader as failed and gives zeros:
// check ok() once after a whole structure was read.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }
  std::size_t remaining() const { return bytes_.size(); }

  std::string_view raw(std::size_t size) {
    if (size > bytes_.size()) {
      fail();
      return {};
    }
    const auto out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(fixed<char>()); }
  std::uint32_t u32() { return fixed<std::uint32_t>(); }
  std::uint64_t u64() { return fixed<std::uint64_t>(); }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<std::uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }
  std::string_view string() { return raw(varint()); }
  // What was read makes no sense: as if the bytes had ended.
  void fail() {
    ok_ = false;
    bytes_ = {};
  }

 private:
  template <class T>
  T fixed() {
    T value{};
    const auto bytes = raw(sizeof(T));
    if (ok_) std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace dongbo
