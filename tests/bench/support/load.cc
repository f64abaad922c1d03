#include "tests/bench/support/load.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/support/http.h"
#include "tests/bench/support/process.h"

namespace dongbo::bench {
namespace {

class Loop {
 public:
  explicit Loop(const Load& load) : load_(load), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t i = 0; i < load.connections; ++i) {
      lines_.push_back({HttpConnection(load.port, false), 0});
      epoll_event event{};
      event.events = EPOLLIN | EPOLLOUT | EPOLLET;
      event.data.u64 = i;
      if (epoll_ctl(epoll_, EPOLL_CTL_ADD, lines_[i].connection.fd(), &event) != 0) throw std::runtime_error("epoll_ctl failed");
      idle_.push_back(i);
    }
  }
  ~Loop() { close(epoll_); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  LoadResult run() {
    begun_ = nanoseconds_now();
    while (more_ || on_their_way_ > 0) {
      send_what_is_due();
      wait();
    }
    result_.seconds = static_cast<double>(nanoseconds_now() - begun_) / 1e9;
    return std::move(result_);
  }

 private:
  struct Line {
    HttpConnection connection;
    std::uint64_t since;
  };

  std::uint64_t due(std::uint64_t request) const {
    return begun_ + static_cast<std::uint64_t>(static_cast<double>(request) / load_.rate * 1e9);
  }

  void send_what_is_due() {
    const auto now = nanoseconds_now();
    while (more_ && !idle_.empty() && (load_.rate == 0 || due(sent_) <= now)) {
      if (!(more_ = load_.next(request_))) return;
      auto& line = lines_[idle_.back()];
      idle_.pop_back();
      line.since = load_.rate == 0 ? nanoseconds_now() : due(sent_);
      line.connection.send(request_);
      ++sent_, ++on_their_way_;
    }
  }

  void wait() {
    timespec pause{1, 0};
    if (more_ && load_.rate != 0 && !idle_.empty()) {
      const auto now = nanoseconds_now(), next = due(sent_);
      pause = {0, next > now ? static_cast<long>(std::min<std::uint64_t>(next - now, 100'000'000)) : 0};
    }
    epoll_event events[128];
    const int count = epoll_pwait2(epoll_, events, 128, &pause, nullptr);
    for (int i = 0; i < count; ++i) {
      auto& line = lines_[events[i].data.u64];
      if (line.since == 0) continue;  // nothing is on its way there
      line.connection.flush();
      const auto answer = line.connection.read();
      if (!answer) continue;
      result_.latency.record(nanoseconds_now() - line.since);
      ++result_.answered;
      result_.failed += answer->status != 200;
      result_.bytes += answer->body.size();
      line.since = 0;
      --on_their_way_;
      idle_.push_back(events[i].data.u64);
    }
  }

  const Load& load_;
  const int epoll_;
  std::vector<Line> lines_;
  std::vector<std::size_t> idle_;
  std::string request_;
  std::uint64_t begun_ = 0, sent_ = 0, on_their_way_ = 0;
  bool more_ = true;
  LoadResult result_;
};

}  // namespace

LoadResult run_load(const Load& load) {
  return Loop(load).run();
}

Upload::Upload(const CheckIns& check_ins, std::uint64_t from, std::uint64_t end, std::uint64_t each)
    : events_(end - from), each_(each) {
  std::string body, line;
  for (auto number = from; number < end; ++number) {
    check_ins.write(line, number);
    body += line;
    body += '\n';
    if ((number - from + 1) % each != 0 && number + 1 != end) continue;
    requests_.push_back(post_request("application/x-ndjson", body));
    body.clear();
  }
}

Upload::Upload(std::string body) : requests_{post_request("application/x-ndjson", body)} {}

double Upload::send(std::uint16_t port, double rate) {
  const auto begun = seconds_now();
  auto connection = std::make_unique<HttpConnection>(port);
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    const auto due = begun + (rate > 0 ? static_cast<double>(i * each_) / rate : 0);
    if (const auto now = seconds_now(); due > now) std::this_thread::sleep_for(std::chrono::duration<double>(due - now));
    for (auto answer = connection->ask(requests_[i]); answer.status != 200; answer = connection->ask(requests_[i])) {
      if (answer.status != 503)
        throw std::runtime_error(fmt::format("upload: {} {}", answer.status, answer.body.substr(0, 1000)));
      if (sent_again_++ == 0) fmt::print(stderr, "upload: {}\n", answer.body.substr(0, 500));
      std::this_thread::sleep_for(std::chrono::seconds(1));
      connection = std::make_unique<HttpConnection>(port);
    }
  }
  return seconds_now() - begun;
}

}  // namespace dongbo::bench
