#include "hub/service/upload.h"

#include <boost/asio/this_coro.hpp>

namespace dongbo::service {

Task<> pause_for(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void Upload::add(event::Decoded decoded, std::uint64_t index, std::string_view text) {
  intake::Item item{std::move(decoded), static_cast<std::int64_t>(index + first_line_), std::string()};
  if (keep_refused_ && std::holds_alternative<event::Refusal>(item.decoded)) item.raw = text;
  items_.push_back(std::move(item));
  indexes_.push_back(index);
  bytes_ += text.size();
}

Task<bool> Upload::hand_on() {
  if (items_.empty()) co_return true;
  while (on_their_way_.size() >= kChunksOnTheirWay)
    co_await arrived_.wait_until(std::chrono::steady_clock::now() + std::chrono::hours(1));
  const auto number = first_number_ + on_their_way_.size();
  const auto next_index = indexes_.back() + 1;
  const auto count = indexes_.size();
  on_their_way_.push_back({std::move(indexes_), std::nullopt});
  intake::Delivery delivery;
  delivery.items = std::move(items_);
  delivery.keep_refused = keep_refused_;
  delivery.origin = origin_;
  delivery.done = [self = shared_from_this(), number](std::vector<intake::Receipt> receipts) {
    asio::post(self->executor_,
               [self, number, receipts = std::move(receipts)]() mutable { self->take(number, std::move(receipts)); });
  };
  items_.clear();
  items_.reserve(count);
  indexes_.clear();
  indexes_.reserve(count);
  bytes_ = 0;
  Patience patience;
  while (!intake_.accept(delivery)) {
    metrics_.back_pressure.fetch_add(1, std::memory_order_relaxed);
    const auto pause = patience.next();
    if (!pause) {
      on_their_way_.pop_back();  // nothing can have arrived for it, and nothing was pushed behind it
      co_return false;
    }
    co_await pause_for(*pause);
  }
  handed_on_ = next_index;
  co_return true;
}

void Upload::take(std::uint64_t number, std::vector<intake::Receipt> receipts) {
  on_their_way_[number - first_number_].receipts = std::move(receipts);
  while (!on_their_way_.empty() && on_their_way_.front().receipts) {
    const auto& chunk = on_their_way_.front();
    for (std::size_t i = 0; i < chunk.receipts->size(); ++i) {
      const auto& receipt = (*chunk.receipts)[i];
      summary_.add(chunk.indexes[i], receipt);
      metrics_.outcomes[static_cast<std::size_t>(receipt.outcome)].fetch_add(1, std::memory_order_relaxed);
    }
    on_their_way_.pop_front();
    ++first_number_;
  }
  arrived_.notify();
}

Task<> Upload::finish() {
  while (!on_their_way_.empty()) co_await arrived_.wait_until(std::chrono::steady_clock::now() + std::chrono::hours(1));
}

}  // namespace dongbo::service
