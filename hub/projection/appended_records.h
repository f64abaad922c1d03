#pragma once
#include <functional>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "hub/base/ids.h"
#include "hub/projection/record_bag.h"

namespace dongbo::projection {

// Records that were appended to rows nobody has asked for since, in the order they came. One costs no look into memory, however
// many rows there are. It has no limit of its own: who commits looks at bytes(). Used on one thread.
class AppendedRecords {
 public:
  void add(std::string_view row_key, const RecordBag::Record& record, Sequence sequence);
  bool empty() const { return items_.empty(); }
  std::size_t bytes() const { return bytes_; }
  // Hands on, in key order, what each row got and when the last of it came; then forgets them.
  void take(const std::function<void(std::string_view row_key, RecordBag records, Sequence last)>& take_row);
  void clear();

 private:
  struct Item {
    const char* key;
    std::uint32_t key_size;
    RecordBag::Record record;
    Sequence sequence;
    std::string_view key_view() const { return {key, key_size}; }
  };
  std::pmr::monotonic_buffer_resource keys_;
  std::vector<Item> items_;
  std::size_t bytes_ = 0;
};

}  // namespace dongbo::projection
