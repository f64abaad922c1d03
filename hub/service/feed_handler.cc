#include "hub/service/feed_handler.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <set>
#include <unordered_set>

#include "hub/base/log.h"
#include "hub/projection/registry.h"
#include "hub/service/problem.h"

namespace dongbo::service {
namespace {

using SteadyClock = std::chrono::steady_clock;

// After looking and serving whom it touched a thread gathers as long as that took: a few readers get each change at once,
// and thousands of one meeting, who cost tens of milliseconds, get several in one write. At most half of a thread's time
// goes to the feed as long as that suffices.
constexpr auto kGatherMin = std::chrono::milliseconds(5);
constexpr auto kGatherMax = std::chrono::milliseconds(50);

const std::set<std::string, std::less<>>& projection_names() {
  static const auto names = [] {
    std::set<std::string, std::less<>> out;
    for (const auto& projection : projection::all_projections()) out.emplace(projection->name());
    return out;
  }();
  return names;
}

}  // namespace

// The sessions of one thread that read the same segments (with or without rows). A session that has all of his up to the
// front follows it: the front moves over what does not touch him, and wakes him before it moves over what does.
struct FeedHandler::Group {
  std::vector<std::uint64_t> front;                        // by shard
  std::vector<std::shared_ptr<const FeedSegment>> newest;  // by shard: what the front moved over last
  std::unordered_set<Session*> of_all;                     // that name no meeting
  ByText<std::unordered_set<Session*>> of_meeting;
  bool with_changes = false;

  bool empty() const { return of_all.empty() && of_meeting.empty(); }
  void join(Session* session, const std::string& meeting, const FeedSource& source);
  void leave(Session* session, const std::string& meeting);
  template <class Do>
  void each(Do visit) {
    for (auto* session : of_all) visit(*session);
    for (auto& [meeting, sessions] : of_meeting)
      for (auto* session : sessions) visit(*session);
  }
};

void FeedHandler::Group::join(Session* session, const std::string& meeting, const FeedSource& source) {
  if (empty()) {
    front.resize(source.shards());
    for (std::uint32_t shard = 0; shard < source.shards(); ++shard) front[shard] = source.folded(shard);
    newest.assign(source.shards(), nullptr);
  }
  (meeting.empty() ? of_all : of_meeting[meeting]).insert(session);
}

void FeedHandler::Group::leave(Session* session, const std::string& meeting) {
  of_all.erase(session);
  if (const auto found = of_meeting.find(meeting); found != of_meeting.end()) {
    found->second.erase(session);
    if (found->second.empty()) of_meeting.erase(found);
  }
  if (empty()) newest.clear();
}

struct FeedHandler::Lane {
  explicit Lane(const asio::any_io_executor& on) : executor(on), tick(on) { groups[1].with_changes = true; }
  const asio::any_io_executor executor;
  std::array<Group, 2> groups;
  asio::steady_timer tick;
  bool looking = false;  // or about to
  SteadyClock::time_point next;

  Group& group_of(const FeedFilter& filter) { return groups[filter.changed() ? 1 : 0]; }
  bool empty() const { return groups[0].empty() && groups[1].empty(); }
};

// One reader. Lives as long as its connection's streaming answer, on its thread.
class FeedHandler::Session {
 public:
  Session(FeedHandler& feed, std::size_t lane, FeedFilter filter, std::string after, bool from_now)
      : feed_(feed),
        lane_number_(lane),
        filter_(std::move(filter)),
        group_(feed.lanes_[lane]->group_of(filter_)),
        after_(std::move(after)),
        from_now_(from_now),
        cursor_(std::vector<std::uint64_t>(feed.hub_.source().shards())),
        signal_(feed.threads_.at(lane).get_executor()) {
    feed_.metrics_.feed_sessions.fetch_add(1);
    feed_.notifier_.watch(lane_number_, 1);  // before the front is set: what is folded from here on gives a notice
    group_.join(this, filter_.meeting, feed_.hub_.source());
  }
  ~Session() {
    group_.leave(this, filter_.meeting);
    feed_.metrics_.feed_sessions.fetch_sub(1);
    feed_.notifier_.watch(lane_number_, -1);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void notify() { signal_.notify(); }
  // The front is about to move over something that may be his.
  void touched() {
    if (!following_) return;  // he is at work, and looks at the front when he has done
    leave_front();
    signal_.notify();
    feed_.metrics_.feed_wakes.fetch_add(1, std::memory_order_relaxed);
  }

  Task<> run(StreamWriter& writer) {
    struct Watch {
      StreamWriter& writer;
      ~Watch() { writer.on_gone({}); }
    } watch{writer};
    writer.on_gone([this] {
      gone_ = true;
      signal_.notify();
    });
    open();
    auto heartbeat = next_heartbeat();
    while (co_await gather() && !gone_) {
      if (!out_.empty()) {
        const auto begun = SteadyClock::now();
        const bool written = co_await writer.write(out_, feed_.limits_.write_seconds);
        if (!written) {
          if (!gone_ && SteadyClock::now() - begun >= std::chrono::seconds(feed_.limits_.write_seconds)) cut_off();
          co_return;
        }
        out_.clear();
        heartbeat = next_heartbeat();
        continue;
      }
      if (feed_.stopping_) co_return;
      following_ = true;
      co_await signal_.wait_until(heartbeat);
      if (following_) leave_front();
      // An id without data dispatches nothing, but the reader resumes from it.
      if (SteadyClock::now() >= heartbeat) out_ = fmt::format(": heartbeat\nid: {}\n\n", cursor_.text());
    }
  }

 private:
  SteadyClock::time_point next_heartbeat() const {
    return SteadyClock::now() + std::chrono::seconds(feed_.limits_.heartbeat_seconds);
  }

  // Nothing of his lies between his place and the front.
  void leave_front() {
    following_ = false;
    for (std::uint32_t shard = 0; shard < cursor_.shards(); ++shard)
      cursor_.set(shard, std::max(cursor_.at(shard), group_.front[shard]));
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
      if (shard.value() >= cursor_.shards())
        return fmt::format("hub này không có phân mảnh {0} / this hub has no shard {0}", shard.value());
      const auto head = source.head(shard.value());
      if (sequence.value() > head)
        return fmt::format("phân mảnh {0} mới đến {1} / shard {0} has only come to {1}", shard.value(), head);
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
    const auto why = position ? hindrance(*position) : fmt::format("'{0}' không phải vị trí / '{0}' is not a position", after_);
    if (!why.empty()) return reset(why);
    for (const auto& [shard, sequence] : position->entries()) cursor_.set(shard.value(), sequence.value());
  }

  // Fills out_ with frames of all shards in turn until it is full or has all up to the front. False: the hub stops.
  Task<bool> gather() {
    for (bool more = true; more && out_.size() < feed_.limits_.pending_bytes && !feed_.stopping_ && !gone_;) {
      more = false;
      for (std::uint32_t i = 0; i < cursor_.shards() && out_.size() < feed_.limits_.pending_bytes; ++i) {
        const auto shard = (first_shard_ + i) % cursor_.shards();
        const auto here = cursor_.at(shard);
        if (here >= group_.front[shard]) continue;
        FeedHub::Fetched fetched;
        fetched.segment = group_.newest[shard];
        if (!fetched.segment || here < fetched.segment->after() || here >= fetched.segment->through())
          fetched = co_await feed_.fetch(shard, here, group_.with_changes);
        if (fetched.segment) {
          const auto frames = cursor_.append(*fetched.segment, filter_, out_, feed_.limits_.pending_bytes);
          feed_.metrics_.feed_frames.fetch_add(frames, std::memory_order_relaxed);
          more = true;
        } else if (!fetched.reset.empty()) {
          reset(fetched.reset);
        } else {
          co_return false;
        }
      }
      first_shard_ = (first_shard_ + 1) % cursor_.shards();
    }
    co_return true;
  }

  FeedHandler& feed_;
  const std::size_t lane_number_;
  const FeedFilter filter_;
  Group& group_;
  const std::string after_;
  const bool from_now_;
  FeedCursor cursor_;
  Signal signal_;
  std::string out_;
  std::uint32_t first_shard_ = 0;
  bool following_ = false;  // he waits, and the front's place is his
  bool gone_ = false;
};

FeedHandler::FeedHandler(IoThreads& threads, FeedHub& hub, FoldNotifier& notifier, Metrics& metrics, FeedLimits limits)
    : threads_(threads), hub_(hub), notifier_(notifier), metrics_(metrics), limits_(limits) {
  for (std::size_t i = 0; i < threads.size(); ++i) {
    lanes_.push_back(std::make_unique<Lane>(threads.at(i).get_executor()));
    notifier_.on_notice(i, [this, i] { look_soon(*lanes_[i]); });
  }
}

FeedHandler::~FeedHandler() = default;

void FeedHandler::look_soon(Lane& lane) {
  if (lane.looking || lane.empty() || stopping_) return;
  lane.looking = true;
  lane.tick.expires_at(std::max(SteadyClock::now(), lane.next));
  lane.tick.async_wait([this, &lane](const boost::system::error_code& error) {
    if (!error) asio::co_spawn(lane.executor, look(lane), asio::detached);
  });
}

Task<> FeedHandler::look(Lane& lane) {
  const auto begun = SteadyClock::now();
  for (auto& group : lane.groups) co_await advance(group);
  // Behind all who were woken: they have written by then, as far as their sockets took it.
  co_await asio::post(lane.executor, asio::use_awaitable);
  const auto now = SteadyClock::now();
  lane.next = now + std::clamp<SteadyClock::duration>(now - begun, kGatherMin, kGatherMax);
  lane.looking = false;
  // Notices that came meanwhile were not taken.
  const auto& source = hub_.source();
  for (const auto& group : lane.groups)
    for (std::uint32_t shard = 0; !group.empty() && shard < source.shards(); ++shard)
      if (group.front[shard] < source.folded(shard)) co_return look_soon(lane);
}

// Moves the front to what is folded now.
Task<> FeedHandler::advance(Group& group) {
  const auto& source = hub_.source();
  for (std::uint32_t shard = 0; shard < source.shards(); ++shard) {
    const auto end = source.folded(shard);
    while (!group.empty() && !stopping_ && group.front[shard] < end) {
      const auto here = group.front[shard];
      auto fetched = co_await fetch(shard, here, group.with_changes);
      // Its sessions may all have left meanwhile, and others come.
      if (group.empty() || group.front[shard] != here) continue;
      if (fetched.segment) {
        const auto& segment = *fetched.segment;
        const auto touch = [](Session& session) { session.touched(); };
        if (segment.concerns_everybody()) {
          group.each(touch);
        } else {
          for (auto* session : group.of_all) touch(*session);
          for (const auto& [meeting, frames] : segment.by_meeting())
            if (const auto found = group.of_meeting.find(meeting); found != group.of_meeting.end())
              for (auto* session : found->second) touch(*session);
        }
        group.front[shard] = segment.through();
        group.newest[shard] = std::move(fetched.segment);
      } else if (!fetched.reset.empty()) {
        group.each([](Session& session) { session.touched(); });
        group.front[shard] = end;
      } else {
        co_return;  // stopping
      }
    }
  }
}

Task<FeedHub::Fetched> FeedHandler::fetch(std::uint32_t shard, std::uint64_t after, bool with_changes) {
  FeedHub::Fetched fetched;
  fetched.segment = hub_.cached(shard, after, with_changes);
  if (fetched.segment) co_return fetched;
  std::function<void(std::function<void(FeedHub::Fetched)>)> start = [&](std::function<void(FeedHub::Fetched)> done) {
    hub_.fetch(shard, after, with_changes, std::move(done));
  };
  co_return co_await answer_from_elsewhere<FeedHub::Fetched>(std::move(start));
}

Task<HttpResponse> FeedHandler::answer(Exchange& exchange) {
  const auto& request = exchange.request();
  if (auto refused = unknown_parameter(request, {"meeting", "type", "projection", "after"})) co_return std::move(*refused);
  FeedFilter filter;
  filter.type = request.parameter("type").value_or("");
  filter.meeting = request.parameter("meeting").value_or("");
  filter.projection = request.parameter("projection").value_or("");
  if (!filter.projection.empty() && !projection_names().contains(filter.projection))
    co_return invalid_parameter("/projection", fmt::format("không có '{0}'; có: / there is no '{0}'; there are: {1}",
                                                           filter.projection, fmt::join(projection_names(), ", ")));
  std::string after(request.header("last-event-id"));
  bool from_now = after.empty();
  if (const auto given = request.parameter("after"); given && from_now) {
    if (!event::Position::parse(*given))
      co_return invalid_parameter("/after",
                                  "phải là vị trí như 0:41,1:7, hoặc để trống để đọc từ đầu / must be a position like 0:41,1:7, "
                                  "or empty for the very beginning");
    after = *given;
    from_now = false;
  }
  if (stopping_) co_return problem(problems::kStopping, "hãy kết nối lại sau giây lát / connect again in a moment");
  if (metrics_.feed_sessions.load() >= static_cast<std::int64_t>(limits_.sessions))
    co_return problem(problems::kBusy,
                      fmt::format("đã có {0} kết nối theo dõi, tối đa của hub này; hãy đóng những trang không ai xem, hoặc hỏi "
                                  "lại sau giây lát / {0} readers of the feed are connected, as many as this hub takes; close "
                                  "some that nobody looks at, or ask again in a moment",
                                  limits_.sessions));
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
      for (auto& group : lanes_[i]->groups) group.each([](Session& session) { session.notify(); });
    });
}

}  // namespace dongbo::service
