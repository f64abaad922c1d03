#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hub/base/result.h"
#include "hub/event/position.h"
#include "hub/service/feed_segment.h"

namespace dongbo::service {

// Where the feed's frames come from. Any thread.
class FeedSource {
 public:
  virtual ~FeedSource() = default;
  virtual std::uint32_t shards() const = 0;
  virtual std::uint64_t folded(std::uint32_t shard) const = 0;
  virtual std::uint64_t head(std::uint32_t shard) const = 0;
  // Frames behind `after`, at least up to after + 1; null: the row changes behind `after` are no longer held.
  // REQUIRES: after < folded(shard).
  virtual Result<std::shared_ptr<const FeedSegment>> build(std::uint32_t shard, std::uint64_t after, bool with_changes) = 0;
};

// Renders the feed once for all readers: segments are made on a thread of its own when the first reader asks for them and
// kept while memory allows, so that ten thousand readers at the same place cost one rendering. Owned by the Service.
// Any thread; stop() returns when nothing runs, and may be called twice.
class FeedHub {
 public:
  struct Fetched {
    std::shared_ptr<const FeedSegment> segment;  // null: see `reset`, or the hub stops (empty)
    std::string reset;                           // why the frames behind the place cannot be given
  };

  FeedHub(FeedSource& source, std::size_t cache_bytes_max);
  ~FeedHub();
  void start();
  void stop();

  FeedSource& source() { return source_; }
  // A segment that holds after + 1, if it is there already.
  std::shared_ptr<const FeedSegment> cached(std::uint32_t shard, std::uint64_t after, bool with_changes);
  // `done` is called once, on the hub's thread (or at once when it has stopped).
  void fetch(std::uint32_t shard, std::uint64_t after, bool with_changes, std::function<void(Fetched)> done);

  std::size_t cached_bytes() const;
  std::uint64_t built() const;  // segments since the start

 private:
  struct Key {
    std::uint32_t shard;
    bool with_changes;
    std::uint64_t after;
    auto operator<=>(const Key&) const = default;
  };
  void work();
  std::shared_ptr<const FeedSegment> find(const Key& key) const;
  void keep(const Key& key, std::shared_ptr<const FeedSegment> segment);

  FeedSource& source_;
  const std::size_t cache_bytes_max_;
  mutable std::mutex mutex_;
  std::condition_variable wanted_;
  std::map<Key, std::shared_ptr<const FeedSegment>> segments_;
  std::deque<Key> oldest_first_;
  std::size_t bytes_ = 0;
  std::uint64_t built_ = 0;
  std::map<Key, std::vector<std::function<void(Fetched)>>> waiting_;
  std::deque<Key> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace dongbo::service
