#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/bytes.h"

namespace dongbo::projection {

// A row that grows without being read: records of 12 bytes, as many of each as were put in. What is appended (see
// Table::append) the store merges with what it holds when somebody reads the row, or when it compacts. Records lie in
// byte order, so the same ones give the same bytes in whatever order and in whatever batches they came.
class RecordBag {
 public:
  static constexpr std::size_t kRecordBytes = 12;
  using Record = std::array<unsigned char, kRecordBytes>;

  std::size_t size() const { return records_.size(); }
  bool empty() const { return records_.empty(); }
  const Record& first() const { return records_.front(); }  // REQUIRES: !empty()
  const Record& last() const { return records_.back(); }    // REQUIRES: !empty()
  bool has(const Record& record) const { return std::binary_search(records_.begin(), records_.end(), record); }
  void add(const Record& record) { records_.insert(std::upper_bound(records_.begin(), records_.end(), record), record); }
  bool remove(const Record& record);  // one such; false: there is none
  void merge(const RecordBag& more);

  void encode(std::string& out) const;
  void decode(ByteReader& in);
  // `into`, the bytes of a bag, becomes the bytes of both together; false: one of them is no bag.
  [[nodiscard]] static bool merge_bytes(std::string& into, std::string_view more);

 private:
  std::vector<Record> records_;  // sorted
};

}  // namespace dongbo::projection
