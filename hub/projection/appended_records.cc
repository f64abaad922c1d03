#include "hub/projection/appended_records.h"

#include <algorithm>

#include "hub/projection/key_order.h"

namespace dongbo::projection {

void AppendedRecords::add(std::string_view row_key, const RecordBag::Record& record, Sequence sequence) {
  auto* const key = static_cast<char*>(keys_.allocate(row_key.size(), 1));
  std::copy(row_key.begin(), row_key.end(), key);
  items_.push_back({key, static_cast<std::uint32_t>(row_key.size()), record, sequence});
  bytes_ += row_key.size() + sizeof(Item);
}

void AppendedRecords::take(const std::function<void(std::string_view, RecordBag, Sequence)>& take_row) {
  sort_by_key(items_, [](const Item& item) { return item.key_view(); });
  for (auto item = items_.begin(); item != items_.end();) {
    const auto key = item->key_view();
    RecordBag records;
    Sequence last;
    for (; item != items_.end() && item->key_view() == key; ++item) {
      records.add(item->record);
      last = std::max(last, item->sequence);
    }
    take_row(key, std::move(records), last);
  }
  clear();
}

void AppendedRecords::clear() {
  std::vector<Item>().swap(items_);
  keys_.release();
  bytes_ = 0;
}

}  // namespace dongbo::projection
