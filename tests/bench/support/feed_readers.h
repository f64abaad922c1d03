#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/support/histogram.h"
#include "tests/bench/support/http.h"
#include "tests/bench/support/process.h"

namespace dongbo::bench {

// When each event was published, by its serial (the first eight digits of its id). Written by the publisher before it
// sends, read by the readers' thread.
class Published {
 public:
  explicit Published(std::size_t serials) : at_(serials) {}
  void now(std::uint64_t serial) { at_[serial].store(nanoseconds_now(), std::memory_order_release); }
  std::uint64_t at(std::uint64_t serial) const { return serial < at_.size() ? at_[serial].load(std::memory_order_acquire) : 0; }

 private:
  std::vector<std::atomic<std::uint64_t>> at_;
};

// Thousands of readers of /v1/feed on one thread: counts what each gets and measures how long after publishing.
class FeedReaders {
 public:
  // Reader i asks for paths[i]. Returns when every feed has begun.
  FeedReaders(std::uint16_t port, const std::vector<std::string>& paths, const Published& published);
  ~FeedReaders();  // hangs up

  struct Got {
    std::uint64_t frames = 0;
    std::uint64_t sum = 0;  // of the serials: two frames lost and doubled would not cancel out
  };
  std::uint64_t frames() const { return frames_; }  // of all readers so far
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t broken() const { return broken_; }  // feeds that ended
  Histogram take_latency();                         // since the last call
  std::vector<Got> stop();                          // hangs up; by reader

 private:
  struct Reader {
    HttpConnection connection;
    std::string rest;  // the beginning of a frame
    bool begun = false;
    Got got;
  };
  void run();
  void read(Reader& reader);
  void take(Reader& reader, std::string_view frames);

  const Published& published_;
  int epoll_ = -1;
  std::vector<Reader> readers_;
  std::vector<char> buffer_;
  std::atomic<std::uint64_t> begun_{0}, frames_{0}, bytes_{0}, broken_{0};
  std::atomic<bool> stopping_{false}, latency_wanted_{false};
  Histogram latency_, taken_;
  std::thread thread_;
};

}  // namespace dongbo::bench
