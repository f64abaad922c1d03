#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace dongbo {

// Bytes that are set once: up to kInside of them lie in the object, more on the heap. For what is held by the million.
template <std::size_t kInside>
requires(kInside >= sizeof(char*)) class ShortBytes {
 public:
  ShortBytes() = default;
  explicit ShortBytes(std::string_view bytes) : size_(static_cast<std::uint32_t>(bytes.size())) {
    std::copy(bytes.begin(), bytes.end(), is_inside() ? inside_ : allocate());
  }
  ShortBytes(const ShortBytes& other) : ShortBytes(other.view()) {}
  ShortBytes(ShortBytes&& other) noexcept : size_(std::exchange(other.size_, 0)) { std::memcpy(inside_, other.inside_, kInside); }
  ShortBytes& operator=(ShortBytes other) noexcept {
    std::swap(size_, other.size_);
    std::swap(inside_, other.inside_);
    return *this;
  }
  ~ShortBytes() {
    if (!is_inside()) delete[] outside();
  }

  std::string_view view() const { return {is_inside() ? inside_ : outside(), size_}; }

 private:
  bool is_inside() const { return size_ <= kInside; }
  char* outside() const {
    char* at;
    std::memcpy(&at, inside_, sizeof at);
    return at;
  }
  char* allocate() {
    auto* const at = new char[size_];
    std::memcpy(inside_, &at, sizeof at);
    return at;
  }

  std::uint32_t size_ = 0;
  char inside_[kInside] = {};  // or the pointer, in whatever alignment
};

}  // namespace dongbo
