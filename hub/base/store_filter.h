#pragma once
#include <atomic>
#include <functional>
#include <string_view>
#include <thread>

#include "hub/base/key_filter.h"

namespace dongbo {

// In front of a store that is mostly asked for keys it does not have. What the store holds already is read on a thread of its
// own; until that has ended, or when it failed, every key may be there. Used on one thread.
class StoreFilter {
 public:
  // Hands on every key; stops when `take` says false. False: they could not all be read. Runs beside the store's writers; what
  // is written from now on comes by add().
  using ReadKeys = std::function<bool(const std::function<bool(std::string_view key)>& take)>;

  explicit StoreFilter(ReadKeys read);
  ~StoreFilter();  // ends the reading
  StoreFilter(const StoreFilter&) = delete;
  StoreFilter& operator=(const StoreFilter&) = delete;

  void add(std::string_view key) { added_.add(KeyFilter::hash_of(key)); }  // see KeyFilter
  void add_once(std::string_view key) { added_.add_once(KeyFilter::hash_of(key)); }
  bool may_have(std::string_view key) const {
    if (!knows_all_.load(std::memory_order_acquire)) return true;
    const auto hash = KeyFilter::hash_of(key);
    return added_.may_have(hash) || held_.may_have(hash);
  }

 private:
  KeyFilter added_;
  KeyFilter held_;  // the thread's until knows_all_
  std::atomic<bool> knows_all_{false};
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

}  // namespace dongbo
