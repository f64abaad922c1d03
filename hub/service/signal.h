#pragma once
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "hub/service/exchange.h"

namespace dongbo::service {

// Lets one coroutine wait until something of its own thread tells it to look again, or a time has come. A notice that
// comes while nobody waits is kept for the next wait. One thread.
class Signal {
 public:
  explicit Signal(const asio::any_io_executor& executor) : timer_(executor) {}

  Task<> wait_until(std::chrono::steady_clock::time_point deadline) {
    if (!notified_) {
      timer_.expires_at(deadline);
      boost::system::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    notified_ = false;
  }
  void notify() {
    notified_ = true;
    timer_.cancel();
  }

 private:
  asio::steady_timer timer_;
  bool notified_ = false;
};

// Starts work elsewhere and waits for its answer on this coroutine's thread. `start` is given a function that must be
// called exactly once, by any thread, while the IoThreads live.
template <class T>
Task<T> answer_from_elsewhere(std::function<void(std::function<void(T)>)> start) {
  struct Waiting {
    explicit Waiting(const asio::any_io_executor& executor) : arrived(executor) {}
    Signal arrived;
    std::optional<T> value;
  };
  const auto executor = co_await asio::this_coro::executor;
  const auto waiting = std::make_shared<Waiting>(executor);
  start([waiting, executor](T value) {
    asio::post(executor, [waiting, value = std::move(value)]() mutable {
      waiting->value = std::move(value);
      waiting->arrived.notify();
    });
  });
  while (!waiting->value) co_await waiting->arrived.wait_until(std::chrono::steady_clock::now() + std::chrono::hours(1));
  co_return std::move(*waiting->value);
}

}  // namespace dongbo::service
