#include "hub/base/store_filter.h"

#include "hub/base/this_thread.h"

namespace dongbo {

StoreFilter::StoreFilter(ReadKeys read) {
  thread_ = std::thread([this, read = std::move(read)] {
    lower_this_thread(Niceness::kCanWait);
    name_this_thread("filter");
    const bool all = read([&](std::string_view key) {
      held_.add(KeyFilter::hash_of(key));
      return !ends_.load(std::memory_order_relaxed);
    });
    if (all && !ends_.load()) knows_all_.store(true, std::memory_order_release);
  });
}

StoreFilter::~StoreFilter() {
  ends_ = true;
  thread_.join();
}

}  // namespace dongbo
