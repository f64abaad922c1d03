// All projections rebuilt from the journal, in one process and without HTTP: alone, then with intake beside. The rows of the
// rebuilt projections must be those of the live ones to the byte.
//   bench_rebuild [--events N] [--meetings M] [--shards S] [--decoders T] [--seed N] [--dir DIR] [--out FILE]
// N events are there before; as many come while the second rebuild runs, and half as many before it, alone, to compare with.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>

#include "hub/projection/registry.h"
#include "tests/bench/support/embedded_hub.h"
#include "tests/bench/support/figures.h"
#include "tests/bench/support/process.h"

namespace {

using namespace dongbo;
using namespace dongbo::bench;

struct Options {
  std::uint64_t events = 1'000'000;
  CheckIns check_ins{.delegates = 0};  // 0: so many that each is scanned about twice
  std::uint32_t shards = 2;
  unsigned decoders = 2;
  std::string dir = "/tmp/dongbo-bench-rebuild";
  std::string out;
};

void pause() {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void start_all(shard::ShardSet& shards) {
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard)
    for (const auto& projection : projection::all_projections())
      if (auto started = shards.at(ShardId(shard)).engine().start_rebuild(std::string(projection->name())); !started)
        std::fprintf(stderr, "%s\n", started.error().message.c_str());
}

bool any_left(const shard::ShardSet& shards) {
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard)
    for (const auto& status : shards.at(ShardId(shard)).engine().status())
      if (status.rebuild) return true;
  return false;
}

int measure(const Options& options) {
  const auto schemas = event::SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
  if (!schemas) return std::fprintf(stderr, "%s\n", schemas.error().message.c_str()), 1;
  std::filesystem::remove_all(options.dir);
  shard::ShardSetOptions set_options;
  set_options.shards = options.shards;
  auto opened = shard::ShardSet::open(options.dir, set_options);
  if (!opened) return std::fprintf(stderr, "%s\n", opened.error().message.c_str()), 1;
  auto& shards = **opened;
  shards.start();

  Feeder feeder(options.check_ins, *schemas, shards);
  const auto feed = [&](std::uint64_t from, std::uint64_t through) {  // until all is folded; events/s
    const auto begun = seconds_now();
    feeder.start(from, through, options.decoders);
    feeder.join();
    while (feeder.answered() < through || folded(shards) < feeder.accepted()) pause();
    return static_cast<double>(through - from) / (seconds_now() - begun);
  };
  Figures figures;
  const auto first = options.events, second = first + options.events / 2, third = second + options.events;
  feed(0, first);

  const auto before = hash_of_rows(shards);
  const auto held = folded(shards);
  auto begun = seconds_now();
  const auto processor = cpu_seconds(getpid());
  start_all(shards);
  while (any_left(shards)) pause();
  figures.add("rebuild of all projections, nothing else", static_cast<double>(held) / (seconds_now() - begun), "events/s");
  figures.add("  processor time", (cpu_seconds(getpid()) - processor) / static_cast<double>(held) * 1e6, "us/event");
  const auto after = hash_of_rows(shards);
  figures.count("rows rebuilt to the same bytes", after == before ? 1 : 0, 1);

  const auto alone = feed(first, second);
  figures.add("intake alone until folded", alone, "events/s");
  const auto held_then = folded(shards);
  begun = seconds_now();
  start_all(shards);
  double beside = 0;
  std::thread intake([&] { beside = feed(second, third); });
  while (any_left(shards)) pause();
  figures.add("rebuild of all projections beside intake", static_cast<double>(held_then) / (seconds_now() - begun), "events/s");
  intake.join();
  figures.add("intake meanwhile until folded", beside, "events/s");
  figures.add("  against alone", beside / alone, "times");
  figures.add("peak memory", memory_mib(getpid(), "VmHWM"), "MiB");
  figures.count("events accepted", feeder.accepted(), third - CheckIns::repeats_below(third));
  figures.note("result_hash", hash_of_rows(shards));
  figures.note("seed", options.check_ins.seed);
  figures.note("events", options.events);
  figures.note("shards", options.shards);
  shards.stop();
  opened->reset();
  std::filesystem::remove_all(options.dir);
  return figures.finish(options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  auto& check_ins = options.check_ins;
  CLI::App app{"All projections rebuilt"};
  app.add_option("--events", options.events);
  app.add_option("--meetings", check_ins.meetings);
  app.add_option("--delegates", check_ins.delegates);
  app.add_option("--seed", check_ins.seed);
  app.add_option("--shards", options.shards);
  app.add_option("--decoders", options.decoders);
  app.add_option("--dir", options.dir);
  app.add_option("--out", options.out);
  CLI11_PARSE(app, argc, argv);
  if (check_ins.delegates == 0) check_ins.delegates = std::max<std::uint64_t>(1, options.events / check_ins.meetings / 2);
  if (options.out.empty()) options.out = options.dir + ".json";
  return measure(options);
}
