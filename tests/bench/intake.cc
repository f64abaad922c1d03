// Durable intake with everything on, in one process and without HTTP: check-ins of many meetings are decoded, journaled,
// acknowledged and folded. Prints a line an interval, then the figures of the whole run as JSON.
//   bench_intake [--events N] [--meetings M] [--delegates D] [--shards S] [--decoders T] [--seed N] [--kill9] [--dir DIR] [--out
//   FILE]
// A tenth of the events are repeats. Ends with exit 1 when the counts are not exactly what was sent. The same seed and
// number of events give the same rows, so "result_hash" is the same whatever the threads did.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "hub/shard/shard_set.h"
#include "tests/bench/support/embedded_hub.h"
#include "tests/bench/support/figures.h"
#include "tests/bench/support/process.h"

namespace {

using namespace dongbo;
using namespace dongbo::bench;
using Clock = std::chrono::steady_clock;

struct Options : EmbeddedOptions {
  bool kill9 = false;  // end with kill -9 instead of a clean stop
};

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// How fast the first and the last share of a run were folded, from looks at it. Others on the machine slow the clock more
// than the processor time.
class Growth {
 public:
  struct Look {
    double seconds = 0;
    double processor = 0;
    std::uint64_t events = 0;
  };
  void look(double seconds, std::uint64_t events) { looks_.push_back({seconds, cpu_seconds(getpid()), events}); }
  // From the first look that has reached `from` to the first that has reached `through`.
  Look between(std::uint64_t from, std::uint64_t through) const {
    const auto& begun = reached(from);
    const auto& ended = reached(through);
    return {ended.seconds - begun.seconds, ended.processor - begun.processor, ended.events - begun.events};
  }

 private:
  const Look& reached(std::uint64_t events) const {
    for (const auto& look : looks_)
      if (look.events >= events) return look;
    return looks_.back();
  }
  std::vector<Look> looks_{{}};
};

void add_growth(Figures& figures, const Growth& growth, std::uint64_t held) {
  const auto step = std::min<std::uint64_t>(1'000'000, held / 4);
  const auto first = growth.between(0, step), last = growth.between(held - step, held);
  const auto rate = [](const Growth::Look& part) { return static_cast<double>(part.events) / std::max(1e-3, part.seconds); };
  const auto cost = [](const Growth::Look& part) {
    return part.processor / static_cast<double>(std::max<std::uint64_t>(1, part.events)) * 1e6;
  };
  figures.add(fmt::format("  the first {} folded", step), rate(first), "events/s");
  figures.add("    processor time meanwhile, of everything", cost(first), "us/event");
  figures.add(fmt::format("  the last {} folded", step), rate(last), "events/s");
  figures.add("    processor time meanwhile, of everything", cost(last), "us/event");
  figures.add("  last against first", rate(last) / rate(first), "times");
}

// What lies on the disk, and how long until it can be used again.
void reopen(const Options& options, Figures& figures) {
  const auto held = options.events - CheckIns::repeats_below(options.events);
  figures.add("disk, as it lies", disk_bytes(options.dir) / static_cast<double>(held), "B/event");
  const auto reopened = Clock::now();
  auto again = EmbeddedHub::open(options);
  figures.add(options.kill9 ? "open after kill -9" : "open after a clean stop", seconds_since(reopened), "s");
  figures.add("  memory then", memory_mib(getpid(), "VmRSS"), "MiB");
  figures.count("events held when opened again", folded(*again), held);
  for (std::uint32_t shard = 0; shard < again->size(); ++shard)
    if (auto done = again->at(ShardId(shard)).compact(); !done) throw std::runtime_error(done.error().message);
  again.reset();
  figures.add("disk after compaction", disk_bytes(options.dir) / static_cast<double>(held), "B/event");
  std::filesystem::remove_all(options.dir);
}

int measure(const Options& options) {
  EmbeddedHub hub(options);
  auto& shards = hub.shards();
  Feeder feeder(options.check_ins, hub.schemas(), shards);
  Growth growth;
  double acknowledged = 0;
  const auto begun = Clock::now();
  feeder.start(0, options.events, options.decoders);
  std::uint64_t answered_before = 0, folded_before = 0;
  auto looked = begun;
  while (feeder.answered() < options.events || folded(shards) < feeder.accepted()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (acknowledged == 0 && feeder.answered() == options.events) acknowledged = seconds_since(begun);
    growth.look(seconds_since(begun), folded(shards));
    const auto interval = seconds_since(looked);
    if (interval < 2) continue;
    const auto answered = feeder.answered(), now_folded = folded(shards);
    std::fprintf(stderr, "%9lu acknowledged (%7.0f/s) %9lu folded (%7.0f/s)\n", answered,
                 static_cast<double>(answered - answered_before) / interval, now_folded,
                 static_cast<double>(now_folded - folded_before) / interval);
    answered_before = answered, folded_before = now_folded, looked = Clock::now();
  }
  feeder.join();
  const auto wall = seconds_since(begun);
  if (acknowledged == 0) acknowledged = wall;
  const auto processor = cpu_seconds(getpid());

  Figures figures;
  const auto total = static_cast<double>(options.events);
  const auto repeats = CheckIns::repeats_below(options.events);
  const auto held = options.events - repeats;
  figures.add("durable intake until all is acknowledged", total / acknowledged, "events/s");
  figures.add("durable intake until all is folded", total / wall, "events/s");
  figures.add("  processor time, the generator's included", processor / total * 1e6, "us/event");
  add_growth(figures, growth, held);
  figures.add("peak memory", memory_mib(getpid(), "VmHWM"), "MiB");
  figures.note("result_hash", hash_of_rows(shards));
  figures.count("events accepted", feeder.accepted(), held);
  figures.count("duplicates", feeder.duplicates(), repeats);
  options.note(figures);
  if (options.kill9) {
    figures.finish(options.out);
    std::fflush(stdout);
    raise(SIGKILL);
  }
  hub.stop();
  reopen(options, figures);
  return figures.finish(options.out);
}

// The whole run in a child that kills itself when all is folded; what it leaves is opened here.
int measure_killed(const Options& options) {
  const auto child = fork();
  if (child == 0) _exit(measure(options));
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSIGNALED(status)) return 1;
  Figures figures;
  figures.resume(options.out);
  reopen(options, figures);
  return figures.finish(options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  options.dir = "/tmp/dongbo-bench-intake";
  CLI::App app{"Durable intake, everything on"};
  options.add_to(app);
  app.add_flag("--kill9", options.kill9);
  CLI11_PARSE(app, argc, argv);
  options.settle();
  try {
    return options.kill9 ? measure_killed(options) : measure(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_intake: %s\n", error.what());
    return 1;
  }
}
