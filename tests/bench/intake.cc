// Durable intake with everything on, in one process and without HTTP: check-ins of many meetings are decoded, journaled,
// acknowledged and folded. Prints a line an interval, then the figures of the whole run as JSON.
//   bench_intake [--events N] [--meetings M] [--delegates D] [--shards S] [--decoders T] [--seed N] [--kill9] [--dir DIR] [--out
//   FILE]
// A tenth of the events are repeats. Ends with exit 1 when the counts are not exactly what was sent. The same seed and
// number of events give the same rows, so "result_hash" is the same whatever the threads did.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xxhash.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "hub/event/codec.h"
#include "hub/projection/registry.h"
#include "hub/shard/shard_set.h"
#include "tests/bench/support/check_ins.h"
#include "tests/bench/support/figures.h"
#include "tests/bench/support/process.h"

namespace {

using namespace dongbo;
using namespace dongbo::bench;
using Clock = std::chrono::steady_clock;

struct Options {
  std::uint64_t events = 1'000'000;
  CheckIns check_ins{.delegates = 0};  // 0: so many that each is scanned about twice, at his own point
  std::uint32_t shards = 2;
  unsigned decoders = 2;
  std::string dir = "/tmp/dongbo-bench-intake";
  std::string out;
  bool kill9 = false;  // end with kill -9 instead of a clean stop
};

constexpr std::size_t kBatch = 1024;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

class Run {
 public:
  Run(const Options& options, const event::SchemaSet& schemas, shard::ShardSet& shards)
      : options_(options), schemas_(schemas), shards_(shards) {}

  void decode(unsigned decoder) {
    event::Codec codec(schemas_);
    std::vector<shard::Submission> waiting(shards_.size());
    std::string line;
    for (auto number = static_cast<std::uint64_t>(decoder); number < options_.events; number += options_.decoders) {
      options_.check_ins.write(line, number);
      auto decoded = codec.decode(line);
      auto* event = std::get_if<event::PreparedEvent>(&decoded);
      if (event == nullptr) {
        ++refused_;
        continue;
      }
      const auto home = shards_.home(event->home_key);
      auto& batch = waiting[home.value()];
      batch.items.push_back({std::move(*event), Millis(1'685'500'000'000), -1});
      if (batch.items.size() == kBatch) submit(home, std::exchange(batch, {}));
    }
    for (std::uint32_t shard = 0; shard < shards_.size(); ++shard) submit(ShardId(shard), std::move(waiting[shard]));
  }

  void submit(ShardId home, shard::Submission batch) {
    if (batch.items.empty()) return;
    batch.done = [this](std::vector<shard::Outcome> outcomes) {
      for (const auto& outcome : outcomes) {
        if (outcome.kind == shard::Outcome::Kind::kAccepted) ++accepted_;
        if (outcome.kind == shard::Outcome::Kind::kDuplicate) ++duplicates_;
      }
    };
    while (!shards_.at(home).submit(batch)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t duplicates() const { return duplicates_; }
  std::uint64_t answered() const { return accepted_ + duplicates_ + refused_; }

 private:
  const Options& options_;
  const event::SchemaSet& schemas_;
  shard::ShardSet& shards_;
  std::atomic<std::uint64_t> accepted_{0}, duplicates_{0}, refused_{0};
};

std::uint64_t folded(const shard::ShardSet& shards) {
  std::uint64_t sum = 0;
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard) sum += shards.at(ShardId(shard)).folded().value();
  return sum;
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

// Of all rows of all projections, in key order, shard after shard.
std::string hash_of_rows(const shard::ShardSet& shards) {
  auto* state = XXH3_createState();
  XXH3_64bits_reset(state);
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard)
    for (const auto& projection : projection::all_projections())
      (void)shards.at(ShardId(shard))
          .engine()
          .for_each_row(std::string(projection->name()), [&](std::string_view key, std::string_view value) {
            for (const auto part : {key, value}) {
              const auto size = static_cast<std::uint64_t>(part.size());
              XXH3_64bits_update(state, &size, sizeof size);
              XXH3_64bits_update(state, part.data(), part.size());
            }
            return true;
          });
  auto hash = fmt::format("xxh3:{:016x}", XXH3_64bits_digest(state));
  XXH3_freeState(state);
  return hash;
}

// What lies on the disk, and how long until it can be used again.
void reopen(const Options& options, Figures& figures) {
  const auto held = options.events - CheckIns::repeats_below(options.events);
  figures.add("disk, as it lies", disk_bytes(options.dir) / static_cast<double>(held), "B/event");
  shard::ShardSetOptions set_options;
  set_options.shards = options.shards;
  const auto reopened = Clock::now();
  auto again = shard::ShardSet::open(options.dir, set_options);
  figures.add(options.kill9 ? "open after kill -9" : "open after a clean stop", seconds_since(reopened), "s");
  figures.add("  memory then", memory_mib(getpid(), "VmRSS"), "MiB");
  figures.count("events held when opened again", again ? folded(**again) : 0, held);
  if (again) again->reset();
  std::filesystem::remove_all(options.dir);
}

int measure(const Options& options) {
  const auto schemas = event::SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
  if (!schemas) return std::fprintf(stderr, "%s\n", schemas.error().message.c_str()), 1;
  std::filesystem::remove_all(options.dir);
  shard::ShardSetOptions set_options;
  set_options.shards = options.shards;
  auto shards = shard::ShardSet::open(options.dir, set_options);
  if (!shards) return std::fprintf(stderr, "%s\n", shards.error().message.c_str()), 1;
  (*shards)->start();

  Run run(options, *schemas, **shards);
  Growth growth;
  double acknowledged = 0;
  const auto begun = Clock::now();
  std::vector<std::thread> decoders;
  for (unsigned decoder = 0; decoder < options.decoders; ++decoder) decoders.emplace_back([&, decoder] { run.decode(decoder); });
  std::uint64_t answered_before = 0, folded_before = 0;
  auto looked = begun;
  while (run.answered() < options.events || folded(**shards) < run.accepted()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (acknowledged == 0 && run.answered() == options.events) acknowledged = seconds_since(begun);
    growth.look(seconds_since(begun), folded(**shards));
    const auto interval = seconds_since(looked);
    if (interval < 2) continue;
    const auto answered = run.answered(), now_folded = folded(**shards);
    std::fprintf(stderr, "%9lu acknowledged (%7.0f/s) %9lu folded (%7.0f/s)\n", answered,
                 static_cast<double>(answered - answered_before) / interval, now_folded,
                 static_cast<double>(now_folded - folded_before) / interval);
    answered_before = answered, folded_before = now_folded, looked = Clock::now();
  }
  for (auto& decoder : decoders) decoder.join();
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
  figures.note("result_hash", hash_of_rows(**shards));
  figures.count("events accepted", run.accepted(), held);
  figures.count("duplicates", run.duplicates(), repeats);
  figures.note("seed", options.check_ins.seed);
  figures.note("events", options.events);
  figures.note("meetings", options.check_ins.meetings);
  figures.note("delegates", options.check_ins.delegates);
  figures.note("shards", options.shards);
  if (options.kill9) {
    figures.finish(options.out);
    std::fflush(stdout);
    raise(SIGKILL);
  }
  (*shards)->stop();
  shards->reset();
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
  auto& check_ins = options.check_ins;
  CLI::App app{"Durable intake, everything on"};
  app.add_option("--events", options.events);
  app.add_option("--meetings", check_ins.meetings);
  app.add_option("--delegates", check_ins.delegates);
  app.add_option("--seed", check_ins.seed);
  app.add_option("--shards", options.shards);
  app.add_option("--decoders", options.decoders);
  app.add_option("--dir", options.dir);
  app.add_option("--out", options.out);
  app.add_flag("--kill9", options.kill9);
  CLI11_PARSE(app, argc, argv);
  if (check_ins.delegates == 0) check_ins.delegates = std::max<std::uint64_t>(1, options.events / check_ins.meetings / 2);
  if (options.out.empty()) options.out = options.dir + ".json";
  return options.kill9 ? measure_killed(options) : measure(options);
}
