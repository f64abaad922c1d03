#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <vector>

#include "hub/event/position.h"
#include "hub/service/io_threads.h"
#include "hub/service/signal.h"

namespace dongbo::service {

// Carries "folded further" from the shards' trail threads to whoever waits for it on an IoThread: at most one notice a
// thread is on its way at a time, and none where nobody waits. Owned by the Service; outlives the shards' threads.
class FoldNotifier {
 public:
  // `folded` tells how far the shards are now; called on any thread.
  FoldNotifier(IoThreads& threads, std::function<event::Position()> folded);

  // Any thread.
  void folded();
  // Whoever waits gives up; nobody waits from here on. Any thread.
  void stop();

  // The rest: on the IoThread `lane`.
  // True once everything up to `wanted` can be read; false when `deadline` came first.
  Task<bool> reached(std::size_t lane, event::Position wanted, std::chrono::steady_clock::time_point deadline);
  // `hook` is called after each notice while the lane is watched; set it before anything runs.
  void on_notice(std::size_t lane, std::function<void()> hook);
  void watch(std::size_t lane, int sessions) { lanes_[lane]->watched.fetch_add(sessions); }

 private:
  struct Waiter {
    event::Position wanted;
    Signal signal;
    bool reached = false;
  };
  struct Lane {
    std::atomic<bool> posted{false};
    std::atomic<int> watched{0};
    std::list<Waiter*> waiters;
    std::function<void()> hook;
  };
  void notice(Lane& lane);

  IoThreads& threads_;
  const std::function<event::Position()> now_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::atomic<bool> stopping_{false};
};

}  // namespace dongbo::service
