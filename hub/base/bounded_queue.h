#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace dongbo {

// A queue between threads with a bound on the summed weight of what waits in it. When full, try_push refuses: the
// door answers 503 or pauses its partition; nothing is dropped. After close() pushes are refused and pops drain what
// is left. Any thread may call any method.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t weight_max) : weight_max_(weight_max) {}

  // One item is taken whatever its weight when the queue is empty, so that nothing is too heavy for ever.
  bool try_push(T& item, std::size_t weight) {
    std::unique_lock lock(mutex_);
    if (closed_ || (weight_ > 0 && weight_ + weight > weight_max_)) return false;
    weight_ += weight;
    items_.emplace_back(std::move(item), weight);
    lock.unlock();
    ready_.notify_one();
    return true;
  }

  // Waits until something is there, then takes items up to `weight_max` in order (at least one). Empty: closed and
  // drained.
  std::vector<T> pop_batch(std::size_t weight_max) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return take(weight_max);
  }

  // As pop_batch, but waits at most `timeout`; empty also when it ran out.
  std::vector<T> pop_batch_for(std::size_t weight_max, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, timeout, [&] { return closed_ || !items_.empty(); });
    return take(weight_max);
  }

  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    ready_.notify_all();
  }

  bool closed() const {
    std::lock_guard lock(mutex_);
    return closed_;
  }

  std::size_t weight() const {
    std::lock_guard lock(mutex_);
    return weight_;
  }

 private:
  std::vector<T> take(std::size_t weight_max) {
    std::vector<T> out;
    std::size_t taken = 0;
    while (!items_.empty() && (out.empty() || taken + items_.front().second <= weight_max)) {
      taken += items_.front().second;
      weight_ -= items_.front().second;
      out.push_back(std::move(items_.front().first));
      items_.pop_front();
    }
    return out;
  }

  const std::size_t weight_max_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::size_t weight_ = 0;
  bool closed_ = false;
};

}  // namespace dongbo
