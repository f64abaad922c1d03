// The hub with Kafka beside Kafka Streams doing the same work, one after the other on the same topic in one run, the broker
// on the same cores: from the first record read until every projection has folded all and the changes are in their topic.
//   bench_kafka --dongbo PROGRAM [--events N] [--delegates D] [--partitions P] [--without-peer] [--dir DIR] [--out FILE]
// Exit 1 unless the counts of both are exactly what was produced. How the two differ is in tests/bench/README.md.
#include <cstdio>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/bench/support/http.h"
#include "tests/bench/support/kafka_topics.h"
#include "tests/bench/support/served_hub.h"

namespace {

using namespace dongbo::bench;

struct Options {
  std::string dongbo;
  std::string dir = "/tmp/dongbo-bench-kafka";
  std::string out;
  std::uint64_t events = 2'000'000;
  std::uint64_t delegates = 0;  // of one meeting; 0: so many that each is scanned about twice
  int partitions = 4;
  bool without_peer = false;
  CheckIns check_ins;
};

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options), expected_(options.check_ins, options.events), broker_(DONGBO_SOURCE_DIR, options.dir + "/broker") {}

  int measure() {
    broker_.make_topics(options_.partitions);
    const auto begun = seconds_now();
    produce(broker_.bootstrap(), options_.check_ins, options_.events);
    figures_.add("producing the events, librdkafka, lz4", static_cast<double>(options_.events) / (seconds_now() - begun),
                 "events/s");
    // Read once, so that the broker is warm and has its topic of consumer groups for whoever comes first.
    figures_.count("records in dongbo.events", count_committed(broker_.bootstrap(), "dongbo.events", options_.partitions),
                   options_.events);
    hub();
    if (!options_.without_peer) {
      for (const auto* guarantee : {"exactly_once_v2", "at_least_once"}) peer(guarantee);
    }
    figures_.note("seed", options_.check_ins.seed);
    figures_.note("events", options_.events);
    figures_.note("delegates of a meeting", options_.check_ins.delegates);
    figures_.note("partitions", options_.partitions);
    return figures_.finish(options_.out);
  }

 private:
  void hub() {
    ServedHub hub(options_.dongbo, options_.dir + "/data", {"--kafka", broker_.bootstrap()});
    const auto begun = seconds_now();
    hub.start();
    double fifth = 0, folded = 0, now = begun;
    for (std::uint64_t done = 0; done < expected_.accepted && now < begun + 1'200;) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const auto counts = hub.counts();
      const auto out = end_of(broker_.bootstrap(), "dongbo.changes", options_.partitions);
      now = seconds_now();
      done = std::min(counts.folded, out);
      // Journaling runs ahead of the folds: what is journaled of the other four fifths by then does not count.
      if (fifth == 0 && counts.accepted >= expected_.accepted / 5) fifth = now;
      if (folded == 0 && counts.folded >= expected_.accepted) folded = now;
    }
    const auto events = static_cast<double>(options_.events);
    hub_rate_ = 0.8 * events / (now - fifth);
    figures_.add("dongbo, from its start until folded and announced", events / (now - begun), "events/s");
    figures_.add("  until folded", events / (folded - begun), "events/s");
    figures_.add("  after the first fifth", hub_rate_, "events/s");
    figures_.add("  processor time", cpu_seconds(hub.pid()) / events * 1e6, "us/event");
    figures_.add("  peak memory", memory_mib(hub.pid(), "VmHWM"), "MiB");
    const auto counts = hub.counts();
    figures_.count("  accepted", counts.accepted, expected_.accepted);
    figures_.count("  duplicates", counts.duplicates, expected_.duplicates);
    check_attendance(hub, options_.check_ins, expected_, figures_);
    figures_.count("  exit code", static_cast<std::uint64_t>(hub.stop()), 0);
    figures_.count("  records in dongbo.changes", end_of(broker_.bootstrap(), "dongbo.changes", options_.partitions),
                   expected_.accepted);
    std::filesystem::remove_all(options_.dir + "/data");
  }

  void peer(const std::string& guarantee) {
    const auto directory = std::filesystem::path(options_.dir) / guarantee;
    std::filesystem::create_directories(directory);
    const std::string built = DONGBO_SOURCE_DIR "/build/bench/peer";
    Child java({"java", "-Xms1g", "-Xmx2g", "-XX:+UseParallelGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp",
                built + "/classes:" + built + "/libs/*", "Peer", broker_.bootstrap(), std::to_string(options_.partitions),
                std::to_string(options_.events), guarantee, directory.string()},
               directory / "log");
    double cpu = 0, peak = 0;
    for (const auto until = seconds_now() + 1'500; java.running() && seconds_now() < until;) {
      cpu = std::max(cpu, cpu_seconds(java.pid()));
      peak = std::max(peak, memory_mib(java.pid(), "VmHWM"));
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    const auto code = java.wait(1);
    figures_.count("Kafka Streams " + guarantee + ": exit code", static_cast<std::uint64_t>(code), 0);
    if (code != 0) return;
    std::ifstream file(directory / "result.json");
    const auto result = nlohmann::json::parse(file);
    const auto events = static_cast<double>(options_.events);
    const auto rate = result.at("warm_rate").get<double>();
    figures_.add("Kafka Streams " + guarantee + ", from its start", events / result.at("seconds").get<double>(), "events/s");
    figures_.add("  after the first fifth", rate, "events/s");
    figures_.add("  processor time", cpu / events * 1e6, "us/event");
    figures_.add("  peak memory", peak, "MiB");
    figures_.add("  dongbo is faster, after the first fifth", hub_rate_ / rate, "times");
    const auto& counters = result.at("counters");
    const auto counter = [&](const std::string& name) { return counters.value(name, std::uint64_t{0}); };
    figures_.count("  accepted", counter("accepted"), expected_.accepted);
    figures_.count("  duplicates", counter("duplicates"), expected_.duplicates);
    std::uint64_t right = 0;
    for (std::uint64_t meeting = 0; meeting < options_.check_ins.meetings; ++meeting)
      right += counter("meeting/" + options_.check_ins.meeting_name(meeting)) == expected_.present[meeting];
    figures_.count("  meetings whose attendance is what was sent", right, options_.check_ins.meetings);
    auto topic = "peer-" + guarantee + ".changes";
    std::replace(topic.begin(), topic.end(), '_', '-');
    figures_.count("  records in its changes topic", count_committed(broker_.bootstrap(), topic, options_.partitions),
                   expected_.accepted);
    std::filesystem::remove_all(directory / "state");
  }

  const Options& options_;
  const Expected expected_;
  TestBroker broker_;
  Figures figures_;
  double hub_rate_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"The hub with Kafka beside Kafka Streams"};
  add_served_options(app, options.dongbo, options.dir, options.out);
  app.add_option("--events", options.events);
  app.add_option("--delegates", options.delegates);
  app.add_option("--partitions", options.partitions);
  app.add_option("--seed", options.check_ins.seed);
  app.add_flag("--without-peer", options.without_peer);
  CLI11_PARSE(app, argc, argv);
  options.check_ins.delegates =
      options.delegates != 0 ? options.delegates : std::max<std::uint64_t>(1, options.events / options.check_ins.meetings / 2);
  int code = 1;
  try {
    std::filesystem::remove_all(options.dir);
    code = Run(options).measure();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_kafka: %s\n", error.what());
  }
  if (code == 0) std::filesystem::remove_all(options.dir);
  return code;
}
