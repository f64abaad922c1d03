#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace dongbo::event {

// Bytes that grow at the end, as std::string, but whose room can be claimed without being cleared first: the writer of
// entries puts many short pieces and knows before each how long it can get. Owned by one thread.
class TextBuffer {
 public:
  std::string_view view() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  // Room for `count` more bytes; write there, then tell with finish() where you stopped.
  char* claim(std::size_t count) {
    if (count > capacity_ - size_) grow(count);
    return data_.get() + size_;
  }
  void finish(const char* end) { size_ = static_cast<std::size_t>(end - data_.get()); }

  void push_back(char c) {
    char* const to = claim(1);
    *to = c;
    finish(to + 1);
  }
  void append(std::string_view bytes) {
    char* const to = claim(bytes.size());
    std::copy(bytes.begin(), bytes.end(), to);
    finish(to + bytes.size());
  }

 private:
  void grow(std::size_t count) {
    const std::size_t capacity = std::max({capacity_ * 2, size_ + count, std::size_t{1024}});
    std::unique_ptr<char[]> data(new char[capacity]);
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace dongbo::event
