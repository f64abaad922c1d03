#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/projection/state_store.h"
#include "hub/query/json_writer.h"

namespace dongbo::query {

// Rows one page looks at before it ends short (with a token): a filter that matches little must not hold a reader's
// thread for long.
inline constexpr std::size_t kRowsScannedMax = 20'000;

// A stretch of a list: items by key, ascending. `next` is the cursor to go on after; empty: that was the end.
struct Listing {
  std::vector<std::pair<std::string, std::string>> items;  // key, JSON text
  std::string next;

  std::string json() const {
    ArrayText out;
    for (const auto& [key, item] : items) out.add(item);
    return out.text();
  }
};

// Up to `size` rows under `row_prefix` after the key `after`; `render(key, row)` gives the item as JSON text or nullopt (filtered
// out).
template <class Row, class Render>
Result<Listing> list_rows(const projection::StateSnapshot& snapshot, const projection::TableSpec<Row>& spec,
                          std::string_view row_prefix, std::string_view after, std::size_t size, Render render) {
  Listing out;
  std::size_t scanned = 0;
  std::string last;
  DONGBO_TRY(projection::scan(snapshot, spec, row_prefix, after, [&](std::string_view key, Row row) {
    if (scanned++ == kRowsScannedMax || out.items.size() == size) {
      // There is at least one more row; it may be filtered out, then the next page is empty and the last.
      out.next = last;
      return false;
    }
    last.assign(key);
    std::optional<std::string> item = render(key, std::move(row));
    if (item) out.items.emplace_back(last, std::move(*item));
    return true;
  }));
  return out;
}

// Lists of several shards or tables as one, by key; of a key in several lists the first list's item is kept: what lies after the
// earliest cursor of a list that did not end is left for the next page, because that list may hold smaller keys.
Listing merge(std::vector<Listing> parts, std::size_t size);

}  // namespace dongbo::query
