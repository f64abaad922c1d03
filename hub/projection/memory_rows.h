#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/projection/record_bag.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// Rows in memory, by stored key: where a look at the past keeps what it folds. One thread.
class MemoryRows final : public RowStore {
 public:
  using Rows = std::map<std::string, std::string, std::less<>>;

  Result<std::optional<std::string>> get(std::string_view stored_key) const override {
    const auto found = rows_.find(stored_key);
    return found == rows_.end() ? std::optional<std::string>() : std::optional(found->second);
  }
  Result<bool> none_under(std::string_view stored_prefix) const override {
    const auto first = rows_.lower_bound(stored_prefix);
    return first == rows_.end() || !first->first.starts_with(stored_prefix);
  }
  void apply(const RowWrite& write) {
    if (write.merges) {
      const bool were_bags = RecordBag::merge_bytes(rows_[std::string(write.stored_key)], *write.value);
      DONGBO_ASSERT(were_bags);
    } else if (write.value) {
      rows_.insert_or_assign(std::string(write.stored_key), std::string(*write.value));
    } else if (const auto found = rows_.find(write.stored_key); found != rows_.end()) {
      rows_.erase(found);
    }
  }
  const Rows& all() const { return rows_; }

 private:
  Rows rows_;
};

}  // namespace dongbo::projection
