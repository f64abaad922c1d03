// All projections rebuilt from the journal, in one process and without HTTP: alone, then with intake beside. The rows of the
// rebuilt projections must be those of the live ones to the byte.
//   bench_rebuild [--events N] [--meetings M] [--delegates D] [--shards S] [--decoders T] [--seed N] [--dir DIR] [--out FILE]
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

int measure(const EmbeddedOptions& options) {
  EmbeddedHub hub(options);
  auto& shards = hub.shards();
  Feeder feeder(options.check_ins, hub.schemas(), shards);
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
  options.note(figures);
  hub.stop();
  std::filesystem::remove_all(options.dir);
  return figures.finish(options.out);
}

}  // namespace

int main(int argc, char** argv) {
  EmbeddedOptions options;
  options.dir = "/tmp/dongbo-bench-rebuild";
  CLI::App app{"All projections rebuilt"};
  options.add_to(app);
  CLI11_PARSE(app, argc, argv);
  options.settle();
  try {
    return measure(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_rebuild: %s\n", error.what());
    return 1;
  }
}
