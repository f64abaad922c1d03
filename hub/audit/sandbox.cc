#include "hub/audit/sandbox.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace dongbo::audit {

namespace {

std::filesystem::path unfinished(const std::filesystem::path& data) {
  return data.parent_path() / (data.filename().string() + ".unfinished");
}

}  // namespace

Sandbox::Sandbox(std::filesystem::path data, std::unique_ptr<shard::ShardSet> shards, const event::SchemaSet& schemas)
    : data_(std::move(data)), shards_(std::move(shards)), codec_(schemas), waiting_(shards_->size()) {}

Sandbox::~Sandbox() {
  if (!shards_) return;
  shards_->stop();  // before what the callbacks use goes
  shards_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(unfinished(data_), ignored);
}

Result<std::unique_ptr<Sandbox>> Sandbox::make(const std::filesystem::path& data, std::uint32_t shards,
                                               const event::SchemaSet& schemas) {
  auto named = std::filesystem::absolute(data).lexically_normal();
  if (!named.has_filename()) named = named.parent_path();  // a slash at its end
  std::error_code failed;
  if (std::filesystem::exists(named, failed) && !std::filesystem::is_empty(named, failed))
    return Error::conflict(data.string() +
                           " đã có và không trống; bản phát lại cần thư mục mới / is there already and not empty; a "
                           "sandbox needs a new directory");
  const auto beside = unfinished(named);
  if (shard::read_settings(beside)) std::filesystem::remove_all(beside, failed);
  shard::ShardSetOptions options;
  options.shards = shards;
  DONGBO_ASSIGN(auto set, shard::ShardSet::open(beside, options));
  set->start();
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(named), std::move(set), schemas));
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
    if (failed_) return Error::fatal("đĩa của bản phát lại không ghi được sự kiện / the sandbox's disk does not take the events");
    ++on_their_way_;
  }
  // Refused while the projections are far behind the journal: wait for them.
  while (!shards_->at(ShardId(static_cast<std::uint32_t>(shard))).submit(submission)) {
    if (const auto status = shards_->at(ShardId(static_cast<std::uint32_t>(shard))).status(); !status.failure.empty())
      return Error::fatal("bản phát lại gặp lỗi / the sandbox has failed: " + status.failure);
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
    if (failed_) return Error::fatal("đĩa của bản phát lại không ghi được sự kiện / the sandbox's disk does not take the events");
  }
  shards_->stop();
  shards_.reset();
  std::error_code failed;
  std::filesystem::remove(data_, failed);  // when it was there it is empty
  std::filesystem::rename(unfinished(data_), data_, failed);
  if (failed) return Error::fatal(fmt::format("không đặt được tên / cannot name {}: {}", data_.string(), failed.message()));
  return figures_;
}

}  // namespace dongbo::audit
