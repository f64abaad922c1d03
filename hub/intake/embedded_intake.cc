#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "hub/base/assert.h"
#include "hub/base/this_thread.h"
#include "hub/intake/intake.h"
#include "hub/intake/receipts.h"
#include "hub/intake/refused.h"

namespace dongbo::intake {
namespace {

// A submission is never split by the shard and must fit a block beside others.
constexpr std::size_t kPartItemsMax = 8192;
constexpr auto kStragglerPause = std::chrono::milliseconds(5);
constexpr auto kStragglerPatience = std::chrono::seconds(20);

// The items of a delivery that go to one shard, and which they were.
struct Part {
  ShardId shard;
  shard::Submission submission;
  std::vector<std::size_t> indexes;
};

// Parts that found their shard full after another shard had taken its part: they are tried again from a thread of
// their own for a while, so that a bulk load does not come back in pieces. While there are any, new deliveries are
// refused, which bounds them by the number of callers.
class Stragglers {
 public:
  explicit Stragglers(shard::ShardSet& shards) : shards_(shards), thread_([this] { run(); }) {}
  ~Stragglers() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  bool any() const { return waiting_count_.load(std::memory_order_acquire) > 0; }
  void add(Part part, std::shared_ptr<Receipts> receipts) {
    {
      std::lock_guard lock(mutex_);
      waiting_.push_back({std::move(part), std::move(receipts), std::chrono::steady_clock::now() + kStragglerPatience});
      waiting_count_ = waiting_.size();
    }
    changed_.notify_all();
  }

 private:
  struct Waiting {
    Part part;
    std::shared_ptr<Receipts> receipts;
    std::chrono::steady_clock::time_point deadline;
  };

  void run() {
    name_this_thread("deadlines");
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto waiting = std::move(waiting_);
      waiting_.clear();
      const bool last_try = stop_;
      lock.unlock();
      std::deque<Waiting> left;
      for (auto& one : waiting) {
        if (shards_.at(one.part.shard).submit(one.part.submission)) continue;
        if (last_try || std::chrono::steady_clock::now() > one.deadline) {
          for (const auto index : one.part.indexes) one.receipts->failed(index);
        } else {
          left.push_back(std::move(one));
        }
      }
      lock.lock();
      std::move(left.begin(), left.end(), std::back_inserter(waiting_));
      waiting_count_ = waiting_.size();
      if (!waiting_.empty()) changed_.wait_for(lock, kStragglerPause, [&] { return stop_; });
    }
  }

  shard::ShardSet& shards_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  std::atomic<std::size_t> waiting_count_{0};
  bool stop_ = false;
  std::thread thread_;
};

class EmbeddedIntake final : public Intake {
 public:
  EmbeddedIntake(shard::ShardSet& shards, const Clock& clock) : shards_(shards), clock_(clock), stragglers_(shards) {}

  bool accept(Delivery& delivery) override {
    if (delivery.items.empty()) {
      delivery.done({});
      return true;
    }
    if (stragglers_.any()) return false;
    auto receipts = std::make_shared<Receipts>(delivery.items, std::move(delivery.done));
    auto refused = std::vector<std::size_t>();
    auto parts = split(delivery, refused);
    for (auto& part : parts)
      part.submission.done = [receipts, shard = part.shard, indexes = part.indexes](std::vector<shard::Outcome> outcomes) {
        DONGBO_ASSERT(outcomes.size() == indexes.size());
        for (std::size_t i = 0; i < indexes.size(); ++i) receipts->outcome(indexes[i], shard, outcomes[i]);
      };
    // The shard that is furthest behind is asked first: when it refuses, nothing was taken yet.
    if (parts.size() > 1) {
      // Read once: they change all the time, and an order must hold while it is made.
      std::vector<std::size_t> burdens(shards_.size());
      for (const auto& part : parts) burdens[part.shard.value()] = burden(part.shard);
      std::ranges::stable_sort(parts, std::greater<>(), [&](const Part& part) { return burdens[part.shard.value()]; });
    }
    bool taken = false;
    for (auto& part : parts) {
      if (shards_.at(part.shard).submit(part.submission)) {
        taken = true;
      } else if (taken) {
        stragglers_.add(std::move(part), receipts);
      } else {
        give_back(delivery, parts, *receipts);
        return false;
      }
    }
    for (const auto index : refused) receipts->refused(index, std::get<event::Refusal>(delivery.items[index].decoded));
    return true;
  }

 private:
  std::size_t burden(ShardId id) const {
    const auto status = shards_.at(id).status();
    return status.queue_bytes + (status.head.value() - status.folded.value()) * 16;
  }

  std::vector<Part> split(Delivery& delivery, std::vector<std::size_t>& refused) const {
    std::vector<Part> parts;
    std::vector<std::size_t> open(shards_.size(), SIZE_MAX);  // the part of each shard that still takes items
    const auto now = clock_.now();
    for (std::size_t i = 0; i < delivery.items.size(); ++i) {
      auto& item = delivery.items[i];
      const auto* event = std::get_if<event::PreparedEvent>(&item.decoded);
      if (event == nullptr && !delivery.keep_refused) {
        refused.push_back(i);
        continue;
      }
      // What cannot be read has no home: shard 0 keeps it.
      const auto shard = event != nullptr ? shards_.home(event->home_key) : ShardId(0);
      auto& at = open[shard.value()];
      if (at == SIZE_MAX || parts[at].indexes.size() == kPartItemsMax) {
        at = parts.size();
        parts.emplace_back();
        parts.back().shard = shard;
        parts.back().submission.origin = delivery.origin;
      }
      shard::Admission admission{{}, now, item.ordinal};
      if (event != nullptr) {
        admission.item = std::get<event::PreparedEvent>(std::move(item.decoded));
      } else {
        admission.item = refused_item(std::get<event::Refusal>(item.decoded), item.raw);
      }
      parts[at].submission.items.push_back(std::move(admission));
      parts[at].indexes.push_back(i);
    }
    return parts;
  }

  // Nothing was submitted: the delivery is made whole again for the next try.
  static void give_back(Delivery& delivery, std::vector<Part>& parts, Receipts& receipts) {
    for (auto& part : parts)
      for (std::size_t i = 0; i < part.indexes.size(); ++i)
        if (auto* event = std::get_if<event::PreparedEvent>(&part.submission.items[i].item))
          delivery.items[part.indexes[i]].decoded = std::move(*event);
    delivery.done = receipts.take_done();
  }

  shard::ShardSet& shards_;
  const Clock& clock_;
  Stragglers stragglers_;
};

}  // namespace

std::unique_ptr<Intake> make_embedded_intake(shard::ShardSet& shards, const Clock& clock) {
  return std::make_unique<EmbeddedIntake>(shards, clock);
}

}  // namespace dongbo::intake
