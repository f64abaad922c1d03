#include "hub/service/feed_handler.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "hub/base/log.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

using SteadyClock = std::chrono::steady_clock;

// The more readers a thread has, the more it gathers before it writes to them: 10 ms for a few, 250 ms for thousands.
std::chrono::milliseconds gathering_time(std::size_t sessions) {
  return std::chrono::milliseconds(std::clamp<std::size_t>(sessions / 20, 10, 250));
}

HttpResponse invalid_parameter(std::string pointer, std::string detail) {
  ProblemExtras extras;
  extras.errors.push_back({std::move(pointer), detail});
  return problem(problems::kInvalid, detail, extras);
}

}  // namespace

struct FeedHandler::Lane {
  explicit Lane(const asio::any_io_executor& executor) : tick(executor) {}
  std::unordered_set<Session*> sessions;
  asio::steady_timer tick;
  bool ticking = false;
  SteadyClock::time_point last;
};

// One reader. Lives as long as its connection's streaming answer, on its thread.
class FeedHandler::Session {
 public:
  Session(FeedHandler& feed, std::size_t lane, FeedFilter filter, std::string after, bool from_now)
      : feed_(feed),
        lane_(*feed.lanes_[lane]),
        lane_number_(lane),
        filter_(std::move(filter)),
        after_(std::move(after)),
        from_now_(from_now),
        cursor_(std::vector<std::uint64_t>(feed.hub_.source().shards())),
        signal_(feed.threads_.at(lane).get_executor()) {
    lane_.sessions.insert(this);
    feed_.metrics_.feed_sessions.fetch_add(1);
    feed_.notifier_.watch(lane_number_, 1);
  }
  ~Session() {
    lane_.sessions.erase(this);
    feed_.metrics_.feed_sessions.fetch_sub(1);
    feed_.notifier_.watch(lane_number_, -1);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void notify() { signal_.notify(); }

  Task<> run(StreamWriter& writer) {
    open();
    auto heartbeat = next_heartbeat();
    while (true) {
      co_await gather();
      if (!out_.empty()) {
        const auto begun = SteadyClock::now();
        const bool written = co_await writer.write(out_, feed_.limits_.write_seconds);
        if (!written) {
          if (SteadyClock::now() - begun >= std::chrono::seconds(feed_.limits_.write_seconds)) cut_off();
          co_return;
        }
        out_.clear();
        heartbeat = next_heartbeat();
        continue;
      }
      if (feed_.stopping_) co_return;
      co_await signal_.wait_until(heartbeat);
      // An id without data dispatches nothing, but the reader resumes from it.
      if (SteadyClock::now() >= heartbeat) out_ = fmt::format(": heartbeat\nid: {}\n\n", cursor_.text());
    }
  }

 private:
  SteadyClock::time_point next_heartbeat() const {
    return SteadyClock::now() + std::chrono::seconds(feed_.limits_.heartbeat_seconds);
  }

  void cut_off() {
    feed_.metrics_.feed_cut_off.fetch_add(1);
    spdlog::info("feed: a reader that did not read for {} s was cut off at {}", feed_.limits_.write_seconds, cursor_.text());
  }

  void go_to_now() {
    const auto& source = feed_.hub_.source();
    for (std::uint32_t shard = 0; shard < cursor_.shards(); ++shard) cursor_.set(shard, source.folded(shard));
  }

  void reset(std::string_view reason) {
    feed_.metrics_.feed_resets.fetch_add(1);
    go_to_now();
    out_ += reset_frame(reason, cursor_.text());
  }

  // Why `position` cannot be resumed from; empty when it can.
  std::string hindrance(const event::Position& position) const {
    const auto& source = feed_.hub_.source();
    for (const auto& [shard, sequence] : position.entries()) {
      if (shard.value() >= cursor_.shards()) return fmt::format("this hub has no shard {}", shard.value());
      const auto head = source.head(shard.value());
      if (sequence.value() > head) return fmt::format("shard {} has only come to {}", shard.value(), head);
    }
    return {};
  }

  void open() {
    if (from_now_) {
      go_to_now();
      out_ = fmt::format("retry: 2000\n: dongbo\nid: {}\n\n", cursor_.text());
      return;
    }
    out_ = "retry: 2000\n: dongbo\n\n";
    const auto position = event::Position::parse(after_);
    const auto why = position ? hindrance(*position) : fmt::format("'{}' is not a position", after_);
    if (!why.empty()) return reset(why);
    for (const auto& [shard, sequence] : position->entries()) cursor_.set(shard.value(), sequence.value());
  }

  // Fills out_ with frames of all shards in turn until nothing is left or it is full.
  Task<> gather() {
    auto& source = feed_.hub_.source();
    for (bool more = true; more && out_.size() < feed_.limits_.pending_bytes && !feed_.stopping_;) {
      more = false;
      for (std::uint32_t i = 0; i < cursor_.shards() && out_.size() < feed_.limits_.pending_bytes; ++i) {
        const auto shard = (first_shard_ + i) % cursor_.shards();
        const auto here = cursor_.at(shard);
        if (here >= source.folded(shard)) continue;
        const bool with_changes = filter_.changed();
        FeedHub::Fetched fetched;
        fetched.segment = feed_.hub_.cached(shard, here, with_changes);
        if (!fetched.segment) {
          std::function<void(std::function<void(FeedHub::Fetched)>)> start = [&](std::function<void(FeedHub::Fetched)> done) {
            feed_.hub_.fetch(shard, here, with_changes, std::move(done));
          };
          fetched = co_await answer_from_elsewhere<FeedHub::Fetched>(std::move(start));
        }
        if (fetched.segment) {
          const auto frames = cursor_.append(*fetched.segment, filter_, out_, feed_.limits_.pending_bytes);
          feed_.metrics_.feed_frames.fetch_add(frames, std::memory_order_relaxed);
          more = true;
        } else if (!fetched.reset.empty()) {
          reset(fetched.reset);
        } else {
          co_return;  // stopping
        }
      }
      first_shard_ = (first_shard_ + 1) % cursor_.shards();
    }
  }

  FeedHandler& feed_;
  Lane& lane_;
  const std::size_t lane_number_;
  const FeedFilter filter_;
  const std::string after_;
  const bool from_now_;
  FeedCursor cursor_;
  Signal signal_;
  std::string out_;
  std::uint32_t first_shard_ = 0;
};

FeedHandler::FeedHandler(IoThreads& threads, FeedHub& hub, FoldNotifier& notifier, Metrics& metrics, FeedLimits limits)
    : threads_(threads), hub_(hub), notifier_(notifier), metrics_(metrics), limits_(limits) {
  for (std::size_t i = 0; i < threads.size(); ++i) {
    lanes_.push_back(std::make_unique<Lane>(threads.at(i).get_executor()));
    notifier_.on_notice(i, [this, i] { wake_soon(*lanes_[i]); });
  }
}

FeedHandler::~FeedHandler() = default;

void FeedHandler::wake_soon(Lane& lane) {
  if (lane.ticking || lane.sessions.empty()) return;
  lane.ticking = true;
  const auto now = SteadyClock::now();
  lane.tick.expires_at(std::max(now, lane.last + gathering_time(lane.sessions.size())));
  lane.tick.async_wait([this, &lane](const boost::system::error_code& error) {
    if (error) return;
    lane.ticking = false;
    lane.last = SteadyClock::now();
    for (auto* session : lane.sessions) session->notify();
  });
}

Task<HttpResponse> FeedHandler::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  FeedFilter filter;
  filter.type = request.parameter("type").value_or("");
  filter.meeting = request.parameter("meeting").value_or("");
  filter.projection = request.parameter("projection").value_or("");
  std::string after(request.header("last-event-id"));
  bool from_now = after.empty();
  if (const auto given = request.parameter("after"); given && from_now) {
    if (!event::Position::parse(*given))
      co_return invalid_parameter("/after", "must be a position like 0:41,1:7, or empty for the very beginning");
    after = *given;
    from_now = false;
  }
  if (stopping_) co_return problem(problems::kStopping, "connect again in a moment");
  if (metrics_.feed_sessions.load() >= static_cast<std::int64_t>(limits_.sessions))
    co_return problem(problems::kBusy, "too many feed readers");
  HttpResponse response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-cache, no-transform");
  response.headers.emplace_back("X-Accel-Buffering", "no");
  response.stream = [this, lane = exchange.thread(), filter, after, from_now](StreamWriter& writer) -> Task<> {
    return [](FeedHandler& feed, std::size_t on, FeedFilter wanted, std::string from, bool now, StreamWriter& out) -> Task<> {
      Session session(feed, on, std::move(wanted), std::move(from), now);
      co_await session.run(out);
    }(*this, lane, filter, after, from_now, writer);
  };
  co_return response;
}

void FeedHandler::stop() {
  stopping_ = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    asio::post(threads_.at(i), [this, i] {
      for (auto* session : lanes_[i]->sessions) session->notify();
    });
}

}  // namespace dongbo::service
