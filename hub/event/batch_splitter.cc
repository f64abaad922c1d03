#include "hub/event/batch_splitter.h"

#include <cstring>
#include <string>

#include "hub/base/in_both.h"
#include "hub/event/byte_order_mark.h"

namespace dongbo::event {
namespace {

// Walks over the text; every method says where it stopped.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  std::size_t at() const { return at_; }

  void skip_space() {
    while (!at_end() && std::strchr(" \t\r\n", text_[at_]) != nullptr && text_[at_] != '\0') ++at_;
  }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // One value: up to the comma or bracket that ends it. Empty: none is there, or the text ends inside it.
  std::string_view take_value() {
    const std::size_t start = at_;
    std::size_t depth = 0;
    while (!at_end()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_string()) return {};
        continue;
      }
      if (depth == 0 && (c == ',' || c == ']' || c == '}')) break;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
    if (at_end()) return {};
    std::string_view value = text_.substr(start, at_ - start);
    const auto last = value.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : value.substr(0, last + 1);
  }

 private:
  bool skip_string() {
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return true;
      }
      if (text_[at_] == '\\' && ++at_ == text_.size()) return false;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Fault broken(const Splitter& splitter) {
  return {"", in_both("không phải mảng JSON các sự kiện, hỏng ở byte " + std::to_string(splitter.at()),
                      "not a JSON array of events: it breaks at byte " + std::to_string(splitter.at()))};
}

}  // namespace

std::variant<std::vector<std::string_view>, Fault> split_batch(std::string_view json, std::size_t items_max) {
  Splitter splitter(without_byte_order_mark(json));
  std::vector<std::string_view> items;
  splitter.skip_space();
  if (!splitter.take('['))
    return Fault{"", "một lô là mảng sự kiện, bắt đầu bằng [ / a batch is an array of events: it begins with ["};
  splitter.skip_space();
  bool more = !splitter.take(']');
  while (more) {
    splitter.skip_space();
    const auto item = splitter.take_value();
    if (item.empty()) return broken(splitter);
    items.push_back(item);
    if (items.size() > items_max) return items;
    more = splitter.take(',');
    if (!more && !splitter.take(']')) return broken(splitter);
  }
  splitter.skip_space();
  if (!splitter.at_end()) return broken(splitter);
  return items;
}

}  // namespace dongbo::event
