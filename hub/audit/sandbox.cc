#include "hub/audit/sandbox.h"

#include <chrono>
#include <thread>

namespace dongbo::audit {

Sandbox::Sandbox(std::unique_ptr<shard::ShardSet> shards, const event::SchemaSet& schemas)
    : shards_(std::move(shards)), codec_(schemas), waiting_(shards_->size()) {}

Sandbox::~Sandbox() {
  shards_->stop();  // before what the callbacks use goes
}

Result<std::unique_ptr<Sandbox>> Sandbox::make(const std::filesystem::path& data, std::uint32_t shards,
                                               const event::SchemaSet& schemas) {
  if (shard::read_settings(data))
    return Error::conflict(data.string() + " is a data directory already; a sandbox needs a new one");
  shard::ShardSetOptions options;
  options.shards = shards;
  DONGBO_ASSIGN(auto set, shard::ShardSet::open(data, options));
  set->start();
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(set), schemas));
}

Result<void> Sandbox::add(std::string_view entry, Millis recorded_at) {
  auto decoded = codec_.decode(entry);
  auto* event = std::get_if<event::PreparedEvent>(&decoded);
  if (event == nullptr) {
    ++figures_.refused;
    return {};
  }
  const auto home = shards_->home(event->home_key).value();
  waiting_[home].items.push_back({std::move(*event), recorded_at, -1});
  return waiting_[home].items.size() < kBatch ? Result<void>() : hand_on(home);
}

Result<void> Sandbox::hand_on(std::size_t shard) {
  auto submission = std::exchange(waiting_[shard], {});
  if (submission.items.empty()) return {};
  submission.origin.door = "replay";
  submission.done = [this](std::vector<shard::Outcome> outcomes) { count(outcomes); };
  {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return on_their_way_ < kOnTheirWayMax || failed_; });
    if (failed_) return Error::fatal("the sandbox's disk does not take the events");
    ++on_their_way_;
  }
  // Refused while the projections are far behind the journal: wait for them.
  while (!shards_->at(ShardId(static_cast<std::uint32_t>(shard))).submit(submission)) {
    if (const auto status = shards_->at(ShardId(static_cast<std::uint32_t>(shard))).status(); !status.failure.empty())
      return Error::fatal("the sandbox has failed: " + status.failure);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return {};
}

void Sandbox::count(const std::vector<shard::Outcome>& outcomes) {
  std::lock_guard lock(mutex_);
  for (const auto& outcome : outcomes) {
    using Kind = shard::Outcome::Kind;
    if (outcome.kind == Kind::kAccepted) ++figures_.taken;
    if (outcome.kind == Kind::kDuplicate) ++figures_.duplicates;
    if (outcome.kind == Kind::kConflict) ++figures_.conflicts;
    if (outcome.kind == Kind::kFailed) failed_ = true;
  }
  --on_their_way_;
  done_.notify_all();
}

Result<SandboxFigures> Sandbox::finish() {
  for (std::size_t shard = 0; shard < waiting_.size(); ++shard) DONGBO_TRY(hand_on(shard));
  {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return on_their_way_ == 0; });
    if (failed_) return Error::fatal("the sandbox's disk does not take the events");
  }
  shards_->stop();
  return figures_;
}

}  // namespace dongbo::audit
