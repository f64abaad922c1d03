// The real program over HTTP, as its users meet it: single durable events, NDJSON bulk, attendance asked while events come,
// the dashboard's first snapshot, the report, and a start after kill -9. One child process, loopback only.
//   bench_http --dongbo PROGRAM [--singles N] [--bulk N] [--connections C] [--dir DIR] [--out FILE] …
// Every event's number is sent exactly once, so what the hub must count is known; exit 1 when it counted otherwise.
#include <cstdio>
#include <exception>
#include <future>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/support/http.h"
#include "tests/bench/support/load.h"
#include "tests/bench/support/served_hub.h"

namespace {

using namespace dongbo::bench;

struct Options {
  std::string dongbo;
  std::string dir = "/tmp/dongbo-bench-http";
  std::string out;
  std::uint64_t singles = 200'000;  // closed loop; as many again in open loop
  double share = 0.7;               // of the closed loop's rate, in open loop
  std::uint64_t bulk = 1'000'000;   // over one connection; as many again over two
  std::size_t connections = 100;
  double asked = 200;  // attendances a second
  std::uint64_t asks = 2'000;
  std::vector<std::string> arguments;  // more for `dongbo serve`
  CheckIns check_ins;
};

class Run {
 public:
  explicit Run(const Options& options) : options_(options), hub_(options.dongbo, options.dir + "/data", options.arguments) {
    check_ins_ = options.check_ins;
  }

  int measure() {
    std::filesystem::remove_all(options_.dir);
    figures_.add("start with an empty directory", hub_.start(), "s");
    invite();
    singles();
    bulk();
    attendance();
    pages();
    restart();
    const Expected expected(check_ins_, next_);
    const auto counts = hub_.counts();
    figures_.count("events journaled, each once", counts.journaled, expected.accepted + invited_);
    check_attendance(hub_, check_ins_, expected, figures_);
    figures_.add("uploads sent again after 503", static_cast<double>(sent_again_), "");
    figures_.note("seed", check_ins_.seed);
    figures_.note("events", next_);
    figures_.note("meetings", check_ins_.meetings);
    figures_.count("exit code of the hub", static_cast<std::uint64_t>(hub_.stop()), 0);
    std::filesystem::remove_all(options_.dir);
    return figures_.finish(options_.out);
  }

 private:
  // Every delegate is invited to his seat, so that attendance is what it is at a real meeting and no list of strangers.
  void invite() {
    std::string body, line;
    for (std::uint64_t meeting = 0; meeting < check_ins_.meetings; ++meeting) {
      for (std::uint64_t delegate = 0; delegate < check_ins_.delegates; ++delegate) {
        check_ins_.write_invitation(line, check_ins_.first_meeting + meeting, delegate);
        body += line + '\n';
      }
      if (body.size() < (64u << 20) && meeting + 1 < check_ins_.meetings) continue;
      Upload(std::exchange(body, {})).send(hub_.port());
    }
    invited_ = check_ins_.meetings * check_ins_.delegates;
    hub_.folded(invited_);
  }

  LoadResult post_singles(double rate) {
    Load load{hub_.port(), options_.connections, rate, {}};
    load.next = [this, end = next_ + options_.singles, event = std::string()](std::string& request) mutable {
      if (next_ == end) return false;
      check_ins_.write(event, next_++);
      request = post_request("application/cloudevents+json", event);
      return true;
    };
    return run_load(load);
  }

  void singles() {
    const auto cpu = cpu_seconds(hub_.pid());
    const auto closed = post_singles(0);
    figures_.add(fmt::format("single events, {} connections, closed loop", options_.connections), closed.rate(), "events/s");
    figures_.add("  processor time of the hub", (cpu_seconds(hub_.pid()) - cpu) / static_cast<double>(closed.answered) * 1e6,
                 "us/event");
    figures_.latency("  from sending", closed.latency);
    const auto rate = closed.rate() * options_.share;
    const auto open = post_singles(rate);
    figures_.add(fmt::format("single events, open loop at {:.0f} % of that", options_.share * 100), open.rate(), "events/s");
    figures_.latency("  from the time each was due", open.latency);
    figures_.count("single events answered 200", closed.answered + open.answered - closed.failed - open.failed,
                   2 * options_.singles);
    hub_.folded(0);
  }

  void bulk() {
    for (const std::uint64_t lines : {1u, 2u}) {
      std::vector<Upload> uploads;
      for (std::uint64_t line = 0; line < lines; ++line) {
        uploads.emplace_back(check_ins_, next_, next_ + options_.bulk / lines);
        next_ += options_.bulk / lines;
      }
      const auto events = static_cast<double>(options_.bulk / lines * lines);
      const auto cpu = cpu_seconds(hub_.pid());
      const auto begun = seconds_now();
      send_all(uploads);
      const auto durable = seconds_now() - begun;
      hub_.folded(0);
      const auto folded = seconds_now() - begun;
      const auto what = fmt::format("NDJSON bulk, {} connection{}", lines, lines > 1 ? "s" : "");
      figures_.add(what + ", until all is acknowledged (durable)", events / durable, "events/s");
      figures_.add(what + ", until all is folded", events / folded, "events/s");
      figures_.add("  processor time of the hub", (cpu_seconds(hub_.pid()) - cpu) / events * 1e6, "us/event");
      sustained_ = events / folded;
    }
    figures_.add("peak memory of the hub", memory_mib(hub_.pid(), "VmHWM"), "MiB");
    figures_.add("disk, as it lies after the load", disk_bytes(hub_.data()) / static_cast<double>(hub_.counts().accepted),
                 "B/event");
  }

  void send_all(std::vector<Upload>& uploads) {
    std::vector<std::future<double>> sent;
    for (auto& upload : uploads) sent.push_back(std::async(std::launch::async, [&] { return upload.send(hub_.port()); }));
    for (auto& one : sent) one.get();  // throws what went wrong
    for (auto& upload : uploads) sent_again_ += upload.sent_again();
  }

  // Meetings in turn, so that no answer is one kept from the last time.
  LoadResult ask_attendance(std::uint64_t asks, const std::atomic<bool>* until = nullptr) {
    Load load{hub_.port(), 8, options_.asked, {}};
    load.next = [this, asks, until, asked = std::uint64_t{0}](std::string& request) mutable {
      if (until != nullptr ? until->load() : asked == asks) return false;
      request = get_request("/v1/meetings/" + meeting(asked++) + "/attendance");
      return true;
    };
    return run_load(load);
  }

  void attendance() {
    const auto held = hub_.counts().journaled;
    auto idle = ask_attendance(options_.asks);
    figures_.latency(
        fmt::format("attendance of {} delegates, {} events held, {:.0f}/s asked", check_ins_.delegates, held, options_.asked),
        idle.latency);
    std::atomic<bool> uploaded{false};  // set also when it failed
    Upload upload(check_ins_, next_, next_ + options_.bulk / 2, 5'000);
    auto intake = std::async(std::launch::async, [&] {
      struct Ended {
        std::atomic<bool>& flag;
        ~Ended() { flag = true; }
      } ended{uploaded};
      return upload.send(hub_.port(), sustained_ / 2);
    });
    const auto busy = ask_attendance(0, &uploaded);
    const auto seconds = intake.get();
    figures_.latency("  while intake runs at half its sustained speed", busy.latency);
    figures_.add("  that intake", static_cast<double>(upload.events()) / seconds, "events/s");
    figures_.count("attendances answered 200", idle.answered + busy.answered - idle.failed - busy.failed,
                   idle.answered + busy.answered);
    next_ += upload.events();
    sent_again_ += upload.sent_again();
    hub_.folded(0);
  }

  // What connectors/dashboard/src/live.ts asks before it shows anything, on three connections as a browser would.
  void pages() {
    Histogram snapshot, report;
    for (std::uint64_t time = 0; time < 50; ++time) {
      const auto path = "/v1/meetings/" + meeting(time);
      std::vector<HttpConnection> lines;
      for (int i = 0; i < 3; ++i) lines.emplace_back(hub_.port());
      const auto begun = seconds_now();
      lines[0].send(get_request(path));
      lines[1].send(get_request(path + "/points?page_size=1000"));
      lines[2].send(get_request(path + "/attendance"));
      for (auto& line : lines) failed_ += line.read()->status != 200;
      snapshot.record(static_cast<std::uint64_t>((seconds_now() - begun) * 1e9));
      if (time % 5 != 0) continue;
      const auto asked = seconds_now();
      failed_ += lines[0].ask(get_request("/v1/reports/" + meeting(time) + ".json")).status != 200;
      report.record(static_cast<std::uint64_t>((seconds_now() - asked) * 1e9));
    }
    figures_.latency(fmt::format("dashboard's first snapshot, {} delegates", check_ins_.delegates), snapshot);
    figures_.latency("report as JSON", report);
    figures_.count("pages not answered 200", failed_, 0);
  }

  void restart() {
    figures_.add("memory of the hub at the end", memory_mib(hub_.pid(), "VmRSS"), "MiB");
    figures_.add("peak memory of the hub", memory_mib(hub_.pid(), "VmHWM"), "MiB");
    hub_.kill9();
    figures_.add(fmt::format("start after kill -9 with {} events sent, until ready", next_), hub_.start(), "s");
    hub_.folded(0);
  }

  std::string meeting(std::uint64_t number) const { return check_ins_.meeting_name(number % check_ins_.meetings); }

  const Options& options_;
  ServedHub hub_;
  CheckIns check_ins_;
  Figures figures_;
  std::uint64_t invited_ = 0;
  std::uint64_t next_ = 0;  // every number below it was sent
  double sustained_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t sent_again_ = 0;  // uploads the hub could not take at once
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"The hub over HTTP"};
  add_served_options(app, options.dongbo, options.dir, options.out);
  app.add_option("--singles", options.singles);
  app.add_option("--share", options.share);
  app.add_option("--bulk", options.bulk);
  app.add_option("--connections", options.connections);
  app.add_option("--asked", options.asked);
  app.add_option("--asks", options.asks);
  app.add_option("--seed", options.check_ins.seed);
  app.add_option("--delegates", options.check_ins.delegates);
  app.add_option("--serve", options.arguments, "more arguments for dongbo serve");
  CLI11_PARSE(app, argc, argv);
  // So many meetings that each delegate is scanned about twice.
  options.check_ins.meetings =
      std::max<std::uint64_t>(1, (2 * options.singles + 5 * options.bulk / 2) / options.check_ins.delegates / 2);
  try {
    return Run(options).measure();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_http: %s\n", error.what());
    return 1;
  }
}
