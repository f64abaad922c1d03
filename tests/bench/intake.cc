// Durable intake with everything on, in one process and without HTTP: check-ins of many meetings are decoded, journaled,
// acknowledged and folded. Prints a line an interval, then the figures of the whole run as JSON.
//   bench_intake [--events N] [--meetings M] [--delegates D] [--shards S] [--decoders T] [--dir DIR]
// A tenth of the events are repeats. Ends with exit 1 when the counts are not exactly what was sent.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "hub/event/codec.h"
#include "hub/event/timestamp.h"
#include "hub/shard/shard_set.h"

namespace {

using namespace dongbo;
using Clock = std::chrono::steady_clock;

struct Options {
  std::uint64_t events = 1'000'000;
  std::uint64_t meetings = 64;
  std::uint64_t delegates = 0;  // of one meeting; 0: so many that each is scanned about twice, at his own point
  std::uint32_t shards = 2;
  unsigned decoders = 2;
  std::string dir = "/tmp/dongbo-bench-intake";
};

constexpr std::size_t kBatch = 1024;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// "VmHWM" in MiB.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

double disk_bytes(const std::filesystem::path& directory) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes;
}

std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

// The check-in with this number, about 400 bytes; every tenth repeats the one 5,000 before it.
void write_check_in(std::string& out, std::uint64_t number, const Options& options) {
  if (number % 10 == 9 && number > 5000) number -= 5000 + 1;
  const auto random = mixed(number);
  const auto meeting = random % options.meetings;
  const auto delegate = (random >> 16) % options.delegates;
  const auto person = mixed(meeting << 32 | delegate);
  const auto point = 502 + person % 18;
  const auto time = 1'685'400'000'000 + static_cast<std::int64_t>((random >> 32) % 14'400'000);
  out.clear();
  fmt::format_to(std::back_inserter(out),
                 R"({{"specversion":"1.0","id":"{:08x}-{:08x}","source":"/simulated/districts/{}/checkin",)"
                 R"("type":"vn.dongbo.attendance.checked_in.v1","subject":"meetings/BENCH-{:03}/delegates/{:05}","time":"{}",)"
                 R"("datacontenttype":"application/json","sequence":"{:012}","data":{{"meeting":"BENCH-{:03}","point":"dc-{}",)"
                 R"("unit":"{}","composition":"chu_tich_ubnd_xa","delegate":"{:05}","method":"qr"}}}})",
                 number >> 8, random & 0xffffffff, point, meeting, delegate, event::format_timestamp(Millis(time)), number,
                 meeting, point, 20335 + (person >> 8) % 241, delegate);
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
      write_check_in(line, number, options_);
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
  const auto begun = Clock::now();
  std::vector<std::thread> decoders;
  for (unsigned decoder = 0; decoder < options.decoders; ++decoder) decoders.emplace_back([&, decoder] { run.decode(decoder); });
  std::uint64_t answered_before = 0, folded_before = 0;
  auto looked = begun;
  while (run.answered() < options.events || folded(**shards) < run.accepted()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
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
  (*shards)->stop();
  const auto total = static_cast<double>(options.events);
  const auto repeats = [&] {
    std::uint64_t count = 0;
    for (std::uint64_t number = 0; number < options.events; ++number) count += number % 10 == 9 && number > 5000;
    return count;
  }();
  const bool exact = run.duplicates() == repeats && run.accepted() == options.events - repeats;
  fmt::print(R"({{"events":{},"accepted":{},"duplicate":{},"exact":{},"seconds":{:.2f},"events_per_second":{:.0f},)"
             R"("cpu_microseconds_per_event":{:.2f},"peak_mib":{:.0f},"disk_bytes_per_event":{:.0f}}})"
             "\n",
             options.events, run.accepted(), run.duplicates(), exact, wall, total / wall, cpu_seconds() / total * 1e6,
             peak_memory(), disk_bytes(options.dir) / static_cast<double>(run.accepted()));
  std::filesystem::remove_all(options.dir);
  return exact ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"Durable intake, everything on"};
  app.add_option("--events", options.events);
  app.add_option("--meetings", options.meetings);
  app.add_option("--delegates", options.delegates);
  app.add_option("--shards", options.shards);
  app.add_option("--decoders", options.decoders);
  app.add_option("--dir", options.dir);
  CLI11_PARSE(app, argc, argv);
  if (options.delegates == 0) options.delegates = std::max<std::uint64_t>(1, options.events / options.meetings / 2);
  return measure(options);
}
