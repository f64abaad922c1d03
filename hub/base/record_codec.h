#pragma once
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/base/ids.h"

namespace dongbo {

// Structures that are stored. A structure lists its members once:
//
//   struct PointRow {
//     std::string name;
//     std::int64_t present = 0;
//     static void fields(auto& row, auto&& visit) {
//       visit("name", row.name);
//       visit("present", row.present);
//     }
//   };
//
// and that list encodes it, decodes it and (projection/row_json.h) renders it. The bytes hold the members in that order
// without names: changing the list is a new version of whatever stores it. Equal structures give equal bytes.
template <class T>
concept Record = requires(T& record) {
  T::fields(record, [](std::string_view, auto&) {});
};

// A type with bytes of its own, tighter than a list of members would be.
template <class T>
concept SelfCoded = requires(const T& value, T& into, std::string& out, ByteReader& in) {
  value.encode(out);
  into.decode(in);
};

namespace record_codec {

inline void write(std::string& out, const std::string& value) {
  put_string(out, value);
}
inline void write(std::string& out, bool value) {
  out.push_back(value ? '\1' : '\0');
}
template <std::signed_integral T>
void write(std::string& out, T value) {
  put_varint(out, zigzag(value));
}
template <std::unsigned_integral T>
requires(!std::same_as<T, bool>) void write(std::string& out, T value) {
  put_varint(out, value);
}
template <class Tag, class Number>
void write(std::string& out, const NamedNumber<Tag, Number>& value) {
  write(out, value.value());
}
template <SelfCoded T>
void write(std::string& out, const T& value) {
  value.encode(out);
}
template <Record T>
requires(!SelfCoded<T>) void write(std::string& out, const T& value);
template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& values);
template <class K, class V>
void write(std::string& out, const std::map<K, V>& values);

template <Record T>
requires(!SelfCoded<T>) void write(std::string& out, const T& value) {
  T::fields(value, [&out](std::string_view, const auto& member) { write(out, member); });
}
template <class T>
void write(std::string& out, const std::optional<T>& value) {
  out.push_back(value ? '\1' : '\0');
  if (value) write(out, *value);
}
template <class T>
void write(std::string& out, const std::vector<T>& values) {
  put_varint(out, values.size());
  for (const auto& value : values) write(out, value);
}
template <class K, class V>
void write(std::string& out, const std::map<K, V>& values) {
  put_varint(out, values.size());
  for (const auto& [key, value] : values) {
    write(out, key);
    write(out, value);
  }
}

inline void read(ByteReader& in, std::string& value) {
  value = in.string();
}
inline void read(ByteReader& in, bool& value) {
  value = in.u8() != 0;
}
template <std::signed_integral T>
void read(ByteReader& in, T& value) {
  value = static_cast<T>(unzigzag(in.varint()));
}
template <std::unsigned_integral T>
requires(!std::same_as<T, bool>) void read(ByteReader& in, T& value) {
  value = static_cast<T>(in.varint());
}
template <class Tag, class Number>
void read(ByteReader& in, NamedNumber<Tag, Number>& value) {
  Number number{};
  read(in, number);
  value = NamedNumber<Tag, Number>(number);
}
template <SelfCoded T>
void read(ByteReader& in, T& value) {
  value.decode(in);
}
template <Record T>
requires(!SelfCoded<T>) void read(ByteReader& in, T& value);
template <class T>
void read(ByteReader& in, std::optional<T>& value);
template <class T>
void read(ByteReader& in, std::vector<T>& values);
template <class K, class V>
void read(ByteReader& in, std::map<K, V>& values);

template <Record T>
requires(!SelfCoded<T>) void read(ByteReader& in, T& value) {
  T::fields(value, [&in](std::string_view, auto& member) { read(in, member); });
}
template <class T>
void read(ByteReader& in, std::optional<T>& value) {
  value.reset();
  if (in.u8() != 0) read(in, value.emplace());
}
template <class T>
void read(ByteReader& in, std::vector<T>& values) {
  values.clear();
  const auto size = in.varint();
  for (std::uint64_t i = 0; i < size && in.ok(); ++i) read(in, values.emplace_back());
}
template <class K, class V>
void read(ByteReader& in, std::map<K, V>& values) {
  values.clear();
  const auto size = in.varint();
  for (std::uint64_t i = 0; i < size && in.ok(); ++i) {
    K key{};
    read(in, key);
    read(in, values[std::move(key)]);
  }
}

}  // namespace record_codec

template <Record T>
std::string encode_record(const T& record) {
  std::string out;
  record_codec::write(out, record);
  return out;
}

// nullopt: the bytes are not exactly one such record.
template <class T>
std::optional<T> decode_record(std::string_view bytes) {
  T record{};
  ByteReader in(bytes);
  record_codec::read(in, record);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return record;
}

}  // namespace dongbo
