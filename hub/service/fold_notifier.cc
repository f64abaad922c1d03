#include "hub/service/fold_notifier.h"

namespace dongbo::service {

FoldNotifier::FoldNotifier(IoThreads& threads, std::function<event::Position()> folded)
    : threads_(threads), now_(std::move(folded)) {
  for (std::size_t i = 0; i < threads.size(); ++i) lanes_.push_back(std::make_unique<Lane>());
}

void FoldNotifier::folded() {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    auto& lane = *lanes_[i];
    if (lane.watched.load() == 0 || lane.posted.exchange(true)) continue;
    asio::post(threads_.at(i), [this, &lane] { notice(lane); });
  }
}

void FoldNotifier::stop() {
  stopping_ = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    asio::post(threads_.at(i), [this, i] {
      for (auto* waiter : lanes_[i]->waiters) waiter->signal.notify();
    });
}

void FoldNotifier::notice(Lane& lane) {
  lane.posted = false;  // before looking: what is folded from here on gives a notice of its own
  if (!lane.waiters.empty()) {
    const auto now = now_();
    for (auto* waiter : lane.waiters) {
      if (waiter->reached || !now.covers(waiter->wanted)) continue;
      waiter->reached = true;
      waiter->signal.notify();
    }
  }
  if (lane.hook) lane.hook();
}

Task<bool> FoldNotifier::reached(std::size_t lane_number, event::Position wanted,
                                 std::chrono::steady_clock::time_point deadline) {
  if (now_().covers(wanted)) co_return true;
  auto& lane = *lanes_[lane_number];
  Waiter waiter{std::move(wanted), Signal(threads_.at(lane_number).get_executor())};
  watch(lane_number, 1);
  lane.waiters.push_back(&waiter);
  // Asked again after watching: a fold in between gave no notice.
  waiter.reached = now_().covers(waiter.wanted);
  while (!waiter.reached && !stopping_ && std::chrono::steady_clock::now() < deadline)
    co_await waiter.signal.wait_until(deadline);
  lane.waiters.remove(&waiter);
  watch(lane_number, -1);
  co_return waiter.reached;
}

void FoldNotifier::on_notice(std::size_t lane, std::function<void()> hook) {
  lanes_[lane]->hook = std::move(hook);
}

}  // namespace dongbo::service
