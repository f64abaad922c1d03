// The feed under a crowd: thousands of readers of /v1/feed over many meetings, then a crowd in one meeting. Delivery is
// measured from the moment an event is handed to HTTP until a reader has its frame; memory a reader from the hub's own
// size; and intake of other meetings with and without the readers.
//   bench_sse --dongbo PROGRAM [--readers N] [--rate R] [--crowd N] [--crowd-rate R] [--seconds S] [--bulk N] …
// Exit 1 unless every reader got every event of its meeting exactly once.
#include <sys/resource.h>

#include <cstdio>
#include <future>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/support/feed_readers.h"
#include "tests/bench/support/http.h"
#include "tests/bench/support/load.h"
#include "tests/bench/support/served_hub.h"

namespace {

using namespace dongbo::bench;

struct Options {
  std::string dongbo;
  std::string dir = "/tmp/dongbo-bench-sse";
  std::string out;
  std::uint64_t readers = 10'000, meetings = 64, crowd = 2'000, seconds = 15, bulk = 300'000, seed = 1;
  double rate = 200, crowd_rate = 100;
  bool rows = false;  // the changed rows too; the dashboard asks for accepted events only
};

// As many as this process may open, and the hub, which has the same limit and its own files beside.
std::uint64_t readers_allowed(std::uint64_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  const auto room = limit.rlim_cur > 1'000 ? limit.rlim_cur - 1'000 : 0;
  if (wanted <= room) return wanted;
  fmt::print(stderr, "only {} files may be open (ulimit -Hn): {} readers instead of {}\n", limit.rlim_cur, room, wanted);
  return room;
}

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options), hub_(options.dongbo, options.dir + "/data"), published_(std::size_t{1} << 20) {}

  int measure() {
    std::filesystem::remove_all(options_.dir);
    hub_.start();
    const auto readers = readers_allowed(options_.readers);
    const CheckIns many{.seed = options_.seed, .meetings = options_.meetings};
    memory_of(readers, many);
    until_all_have_gone();
    bulk();  // warms up
    const auto alone = bulk();
    const auto among =
        crowd(fmt::format("{} readers of {} meetings, {:.0f} changes/s", readers, options_.meetings, options_.rate), many,
              readers, options_.rate, true);
    until_all_have_gone();
    const auto again = bulk();
    figures_.add("intake until folded, nobody reading (before, after)", (alone + again) / 2, "events/s");
    figures_.add("  with those readers and changes", among, "events/s");
    figures_.add("  share kept", among / ((alone + again) / 2), "times");
    const CheckIns one{.seed = options_.seed + 1, .meetings = 1, .first_meeting = 900};
    crowd(fmt::format("{} readers of one meeting, {:.0f} changes/s", readers_allowed(options_.crowd), options_.crowd_rate), one,
          readers_allowed(options_.crowd), options_.crowd_rate, false);
    figures_.add("peak memory of the hub", memory_mib(hub_.pid(), "VmHWM"), "MiB");
    figures_.note("seed", options_.seed);
    figures_.note("readers", readers);
    figures_.count("exit code of the hub", static_cast<std::uint64_t>(hub_.stop()), 0);
    std::filesystem::remove_all(options_.dir);
    return figures_.finish(options_.out);
  }

 private:
  // Intake of meetings that nobody reads; events a second until all is folded.
  double bulk() {
    const CheckIns others{.seed = options_.seed + 2, .meetings = 64, .delegates = 3'000, .first_meeting = 100};
    Upload upload(others, bulk_next_, bulk_next_ + options_.bulk);
    bulk_next_ += options_.bulk;
    const auto begun = seconds_now();
    upload.send(hub_.port());
    hub_.folded(0);
    return static_cast<double>(options_.bulk) / (seconds_now() - begun);
  }

  // Publishes one by one at the rate and notes when, until `until` says so.
  void publish(const CheckIns& check_ins, std::uint64_t& next, double rate, const std::function<bool()>& until) {
    std::string event;
    Load load{hub_.port(), 32, rate, {}};
    load.next = [&](std::string& request) {
      if (until()) return false;
      if (CheckIns::repeats(next)) ++next;
      check_ins.write(event, next);
      request = post_request("application/cloudevents+json", event);
      published_.now(CheckIns::serial_of(next++));
      return true;
    };
    const auto result = run_load(load);
    failed_ += result.failed;
  }

  std::vector<std::string> paths(std::uint64_t count, const CheckIns& check_ins) const {
    std::vector<std::string> out;
    for (std::uint64_t reader = 0; reader < count; ++reader)
      out.push_back("/v1/feed?meeting=" + check_ins.meeting_name(check_ins.first_meeting + reader % check_ins.meetings) +
                    (options_.rows ? "" : "&type=vn.dongbo."));
    return out;
  }

  // Nothing is written to readers that hang up: the hub has to notice it by itself.
  void until_all_have_gone() {
    for (int patience = 400; patience > 0 && get_json(hub_.port(), "/v1/status").at("feed_sessions") != 0; --patience)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }

  // Of a new hub, which has no memory of its own to give them, after some events went out to all of them.
  void memory_of(std::uint64_t count, const CheckIns& check_ins) {
    const auto before = memory_mib(hub_.pid(), "VmRSS");
    FeedReaders readers(hub_.port(), paths(count, check_ins), published_);
    const auto a_reader = [&] { return (memory_mib(hub_.pid(), "VmRSS") - before) * 1024 / static_cast<double>(count); };
    figures_.add(fmt::format("memory a reader of a new hub, {} connected", count), a_reader(), "kB");
    const auto begun = seconds_now();
    publish(check_ins, next_, options_.rate, [&] { return seconds_now() - begun > 3; });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    figures_.add("  after 3 s of changes (rows and caches of the hub included)", a_reader(), "kB");
  }

  // Connects, publishes for a while, then (when asked) uploads beside it; the speed of that upload.
  double crowd(const std::string& what, const CheckIns& check_ins, std::uint64_t count, double rate, bool with_intake) {
    FeedReaders readers(hub_.port(), paths(count, check_ins), published_);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    auto& next = next_;
    const auto first = next;
    const auto cpu = cpu_seconds(hub_.pid()), own = cpu_seconds(getpid()), begun = seconds_now();
    publish(check_ins, next, rate, [&] { return seconds_now() - begun > static_cast<double>(options_.seconds); });
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    const auto seconds = seconds_now() - begun;
    figures_.latency(what + ": delivery", readers.take_latency());
    figures_.add("  frames", static_cast<double>(readers.frames()) / seconds, "/s");
    figures_.add("  cores used by the hub", (cpu_seconds(hub_.pid()) - cpu) / seconds, "");
    figures_.add("  cores used by the readers and the publisher", (cpu_seconds(getpid()) - own) / seconds, "");
    double speed = 0;
    if (with_intake) {
      auto intake = std::async(std::launch::async, [&] { return bulk(); });
      publish(check_ins, next, rate, [&] { return intake.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
      speed = intake.get();
      std::this_thread::sleep_for(std::chrono::milliseconds(700));
      figures_.latency("  delivery while intake runs", readers.take_latency());
    }
    check(what, check_ins, first, next, readers, count);
    return speed;
  }

  void check(const std::string& what, const CheckIns& check_ins, std::uint64_t first, std::uint64_t end, FeedReaders& readers,
             std::uint64_t count) {
    std::vector<FeedReaders::Got> expected(check_ins.meetings);
    std::uint64_t frames = 0;
    for (std::uint64_t number = first; number < end; ++number) {
      if (CheckIns::repeats(number)) continue;
      auto& of = expected[check_ins.meeting_of(number) - check_ins.first_meeting];
      ++of.frames;
      of.sum += CheckIns::serial_of(number);
    }
    for (std::uint64_t reader = 0; reader < count; ++reader) frames += expected[reader % check_ins.meetings].frames;
    for (int patience = 3'000; readers.frames() < frames && patience > 0; --patience)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    figures_.count("  feeds that broke off", readers.broken(), 0);
    const auto got = readers.stop();
    std::uint64_t right = 0;
    for (std::uint64_t reader = 0; reader < count; ++reader) {
      const auto& wanted = expected[reader % check_ins.meetings];
      right += got[reader].frames == wanted.frames && got[reader].sum == wanted.sum;
    }
    figures_.count(what + ": got all, once", right, count);
    figures_.count("  events not answered 200", failed_, 0);
  }

  const Options& options_;
  ServedHub hub_;
  Published published_;
  Figures figures_;
  std::uint64_t bulk_next_ = 0;
  std::uint64_t next_ = 0;  // of what is published one by one
  std::uint64_t failed_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"The feed under a crowd"};
  add_served_options(app, options.dongbo, options.dir, options.out);
  app.add_option("--readers", options.readers);
  app.add_option("--meetings", options.meetings);
  app.add_option("--rate", options.rate);
  app.add_option("--crowd", options.crowd);
  app.add_option("--crowd-rate", options.crowd_rate);
  app.add_option("--seconds", options.seconds);
  app.add_option("--bulk", options.bulk);
  app.add_option("--seed", options.seed);
  app.add_flag("--rows", options.rows);
  CLI11_PARSE(app, argc, argv);
  try {
    return Run(options).measure();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_sse: %s\n", error.what());
    return 1;
  }
}
