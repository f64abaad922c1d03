#include "tests/bench/support/feed_readers.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <stdexcept>

namespace dongbo::bench {

FeedReaders::FeedReaders(std::uint16_t port, const std::vector<std::string>& paths, const Published& published)
    : published_(published), epoll_(epoll_create1(EPOLL_CLOEXEC)), buffer_(256u << 10) {
  readers_.reserve(paths.size());
  thread_ = std::thread([this] { run(); });
  for (const auto& path : paths) {
    auto& reader = readers_.emplace_back(Reader{HttpConnection(port, false), {}, false, {}});
    reader.connection.send(get_request(path));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &reader;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, reader.connection.fd(), &event);
    // No more than the hub's queue of connections holds.
    while (readers_.size() - begun_ > 200 && broken_ == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  for (int patience = 60'000; begun_ < readers_.size() && patience > 0 && broken_ == 0; --patience)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (begun_ < readers_.size()) {
    stop();
    throw std::runtime_error("the hub began only " + std::to_string(begun_) + " of " + std::to_string(paths.size()) + " feeds");
  }
}

FeedReaders::~FeedReaders() {
  stop();
}

std::vector<FeedReaders::Got> FeedReaders::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  std::vector<Got> got;
  for (const auto& reader : readers_) {
    got.push_back(reader.got);
    const linger reset{1, 0};  // so that the hub's next write fails, and not the one after it
    setsockopt(reader.connection.fd(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  readers_.clear();
  if (epoll_ >= 0) close(std::exchange(epoll_, -1));
  return got;
}

Histogram FeedReaders::take_latency() {
  latency_wanted_ = true;
  while (latency_wanted_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return std::exchange(taken_, {});
}

void FeedReaders::run() {
  epoll_event events[512];
  while (!stopping_) {
    if (latency_wanted_) {
      taken_ = std::exchange(latency_, {});
      latency_wanted_ = false;
    }
    const int count = epoll_wait(epoll_, events, 512, 20);
    for (int i = 0; i < count; ++i) read(*static_cast<Reader*>(events[i].data.ptr));
  }
}

void FeedReaders::read(Reader& reader) {
  const auto got = recv(reader.connection.fd(), buffer_.data(), buffer_.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    ++broken_;
    epoll_ctl(epoll_, EPOLL_CTL_DEL, reader.connection.fd(), nullptr);
    return;
  }
  bytes_ += static_cast<std::uint64_t>(got);
  std::string_view all(buffer_.data(), static_cast<std::size_t>(got));
  std::string joined;
  if (!reader.rest.empty()) {
    joined = std::move(reader.rest);
    joined.append(all);
    all = joined;
  }
  const auto end = all.rfind("\n\n");
  const auto whole = end == std::string_view::npos ? 0 : end + 2;
  take(reader, all.substr(0, whole));
  reader.rest = std::string(all.substr(whole));
}

void FeedReaders::take(Reader& reader, std::string_view frames) {
  if (!reader.begun && !frames.empty()) {
    if (!frames.starts_with("HTTP/1.1 200")) {
      ++broken_;
      return;
    }
    reader.begun = true;
    ++begun_;
  }
  constexpr std::string_view kId = "\"id\":\"";
  const auto now = nanoseconds_now();
  std::uint64_t count = 0;
  for (auto at = frames.find(kId); at != std::string_view::npos; at = frames.find(kId, at + 1)) {
    std::uint64_t serial = 0;
    std::from_chars(frames.data() + at + kId.size(), frames.data() + frames.size(), serial, 16);
    if (const auto sent = published_.at(serial); sent != 0) latency_.record(now - std::min(now, sent));
    reader.got.sum += serial;
    ++count;
  }
  reader.got.frames += count;
  frames_ += count;
}

}  // namespace dongbo::bench
