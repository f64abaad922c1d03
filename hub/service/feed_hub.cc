#include "hub/service/feed_hub.h"

#include "hub/base/log.h"
#include "hub/base/this_thread.h"

namespace dongbo::service {

FeedHub::FeedHub(FeedSource& source, std::size_t cache_bytes_max) : source_(source), cache_bytes_max_(cache_bytes_max) {}

FeedHub::~FeedHub() {
  stop();
}

void FeedHub::start() {
  thread_ = std::thread([this] {
    name_this_thread("feed");
    work();
  });
}

void FeedHub::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<const FeedSegment> FeedHub::find(const Key& key) const {
  auto found = segments_.upper_bound(key);
  if (found == segments_.begin()) return nullptr;
  --found;
  const auto& [start, segment] = *found;
  const bool holds = start.shard == key.shard && start.with_changes == key.with_changes && segment->through() > key.after;
  return holds ? segment : nullptr;
}

std::shared_ptr<const FeedSegment> FeedHub::cached(std::uint32_t shard, std::uint64_t after, bool with_changes) {
  std::lock_guard lock(mutex_);
  return find({shard, with_changes, after});
}

void FeedHub::fetch(std::uint32_t shard, std::uint64_t after, bool with_changes, std::function<void(Fetched)> done) {
  const Key key{shard, with_changes, after};
  std::unique_lock lock(mutex_);
  if (stopping_) {
    lock.unlock();
    return done({});
  }
  auto& waiting = waiting_[key];
  waiting.push_back(std::move(done));
  if (waiting.size() > 1) return;  // on its way already
  queue_.push_back(key);
  lock.unlock();
  wanted_.notify_one();
}

void FeedHub::keep(const Key& key, std::shared_ptr<const FeedSegment> segment) {
  ++built_;
  bytes_ += segment->bytes();
  segments_[key] = std::move(segment);
  oldest_first_.push_back(key);
  while (bytes_ > cache_bytes_max_ && oldest_first_.size() > 1) {
    const auto oldest = segments_.find(oldest_first_.front());
    bytes_ -= oldest->second->bytes();
    segments_.erase(oldest);
    oldest_first_.pop_front();
  }
}

void FeedHub::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (stopping_) break;
    const auto key = queue_.front();
    queue_.pop_front();
    Fetched fetched;
    fetched.segment = find(key);
    if (!fetched.segment) {
      lock.unlock();
      auto built = source_.build(key.shard, key.after, key.with_changes);
      lock.lock();
      if (!built) {
        spdlog::error("feed: không đọc được phân mảnh {0} sau {1} / shard {0} cannot be read behind {1}: {2}", key.shard,
                      key.after, built.error().message);
        fetched.reset = "không đọc được nhật ký ở đây / the journal cannot be read here: " + built.error().message;
      } else if (!*built) {
        fetched.reset =
            "các thay đổi sau vị trí này không còn giữ; hãy đọc trạng thái hiện tại rồi theo dõi tiếp từ đây / the changes "
            "behind this position are no longer held; read the present state and go on from here";
      } else {
        fetched.segment = std::move(*built);
        keep(key, fetched.segment);
      }
    }
    const auto answered = std::move(waiting_[key]);
    waiting_.erase(key);
    lock.unlock();
    for (const auto& done : answered) done(fetched);
    lock.lock();
  }
  const auto left = std::move(waiting_);
  waiting_.clear();
  queue_.clear();
  lock.unlock();
  for (const auto& [key, callbacks] : left)
    for (const auto& done : callbacks) done({});
}

std::size_t FeedHub::cached_bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

std::uint64_t FeedHub::built() const {
  std::lock_guard lock(mutex_);
  return built_;
}

}  // namespace dongbo::service
