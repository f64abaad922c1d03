#include "tests/bench/support/embedded_hub.h"

#include <xxhash.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "hub/base/allocator_settings.h"
#include "hub/projection/registry.h"

namespace dongbo::bench {
namespace {
constexpr std::size_t kBatch = 1024;
}  // namespace

void EmbeddedOptions::add_to(CLI::App& app) {
  app.option_defaults()->always_capture_default();
  app.add_option("--events", events);
  app.add_option("--meetings", check_ins.meetings);
  app.add_option("--delegates", check_ins.delegates);
  app.add_option("--seed", check_ins.seed);
  app.add_option("--shards", shards);
  app.add_option("--decoders", decoders);
  app.add_option("--dir", dir);
  app.add_option("--out", out);
}

void EmbeddedOptions::settle() {
  if (check_ins.delegates == 0) check_ins.delegates = std::max<std::uint64_t>(1, events / check_ins.meetings / 2);
  if (out.empty()) out = dir + ".json";
}

void EmbeddedOptions::note(Figures& figures) const {
  figures.note("seed", check_ins.seed);
  figures.note("events", events);
  figures.note("meetings", check_ins.meetings);
  figures.note("delegates", check_ins.delegates);
  figures.note("shards", shards);
}

EmbeddedHub::EmbeddedHub(const EmbeddedOptions& options)
    : schemas_([] {
        auto schemas = event::SchemaSet::load(DONGBO_SOURCE_DIR "/schemas/events");
        if (!schemas) throw std::runtime_error(schemas.error().message);
        return std::move(*schemas);
      }()) {
  spdlog::set_level(spdlog::level::warn);
  std::filesystem::remove_all(options.dir);
  shards_ = open(options);
  shards_->start();
}

std::unique_ptr<shard::ShardSet> EmbeddedHub::open(const EmbeddedOptions& options) {
  shard::ShardSetOptions set_options;
  set_options.shards = options.shards;
  auto opened = shard::ShardSet::open(options.dir, set_options);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

void EmbeddedHub::stop() {
  shards_->stop();
  shards_.reset();
}

void Feeder::start(std::uint64_t from, std::uint64_t through, unsigned threads) {
  for (unsigned thread = 0; thread < threads; ++thread)
    threads_.emplace_back([=, this] { decode(from + thread, through, threads); });
}

void Feeder::join() {
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Feeder::decode(std::uint64_t from, std::uint64_t through, unsigned step) {
  event::Codec codec(schemas_);
  std::vector<shard::Submission> waiting(shards_.size());
  std::string line;
  for (auto number = from; number < through; number += step) {
    check_ins_.write(line, number);
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

void Feeder::submit(ShardId home, shard::Submission batch) {
  if (batch.items.empty()) return;
  batch.done = [this](std::vector<shard::Outcome> outcomes) {
    for (const auto& outcome : outcomes) {
      if (outcome.kind == shard::Outcome::Kind::kAccepted) ++accepted_;
      if (outcome.kind == shard::Outcome::Kind::kDuplicate) ++duplicates_;
    }
  };
  while (!shards_.at(home).submit(batch)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::uint64_t folded(const shard::ShardSet& shards) {
  std::uint64_t sum = 0;
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard) sum += shards.at(ShardId(shard)).folded().value();
  return sum;
}

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

}  // namespace dongbo::bench
