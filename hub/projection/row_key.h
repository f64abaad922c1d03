#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>

namespace dongbo::projection {

// A row's key: its parts joined by a zero byte, so rows of one meeting lie together and sort by their parts. Parts never
// hold a zero byte: the codec refuses it in every string of an event. Short ones need no memory of their own: several are
// made for every event.
class RowKey {
 public:
  RowKey(std::initializer_list<std::string_view> parts) {
    for (const auto& part : parts) {
      if (&part != parts.begin()) bytes_.push_back('\0');
      bytes_.insert(bytes_.end(), part.begin(), part.end());
    }
  }
  explicit RowKey(std::string_view joined) : bytes_(joined.begin(), joined.end()) {}
  std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
  operator std::string_view() const { return view(); }

 private:
  boost::container::small_vector<char, 48> bytes_;
};
template <class... Parts>
RowKey key(const Parts&... parts) {
  return {std::string_view(parts)...};
}

// The prefix of all keys that start with these parts and have more.
template <class... Parts>
std::string prefix(const Parts&... parts) {
  auto out = std::string(key(parts...));
  out.push_back('\0');
  return out;
}

std::vector<std::string_view> key_parts(std::string_view key);

}  // namespace dongbo::projection
