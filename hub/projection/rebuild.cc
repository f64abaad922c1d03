#include "hub/projection/rebuild.h"

#include <spdlog/spdlog.h>

namespace dongbo::projection {
namespace {
constexpr std::uint64_t kNearEvents = 16384;  // what the trail thread may fold in one go at the swap
}  // namespace

std::string rebuild_key(std::string_view projection) {
  return "rebuild/" + std::string(projection);
}

Rebuild::Rebuild(Context context, std::unique_ptr<Generation> generation, Sequence position)
    : context_(std::move(context)), generation_(std::move(generation)), position_(position.value()) {}

Rebuild::~Rebuild() {
  cancel();
}

void Rebuild::start() {
  if (running_.load()) return;
  if (thread_.joinable()) thread_.join();
  cancelled_ = false;
  running_ = true;
  thread_ = std::thread([this] {
    auto result = Result<void>();
    while (result && !cancelled_.load()) {
      const auto live = context_.live_position();
      if (position().value() + kNearEvents >= live.value()) {
        caught_up_ = true;
        break;
      }
      result = fold_through(live, [this] { return cancelled_.load(); });
    }
    if (!result) {
      spdlog::error("shard {}: rebuild of {} stopped at {}: {}", context_.shard.value(), generation_->projection().name(),
                    position_.load(), result.error().message);
      std::lock_guard lock(failure_mutex_);
      failure_ = result.error().message;
    }
    running_ = false;
  });
}

void Rebuild::cancel() {
  cancelled_ = true;
  if (thread_.joinable()) thread_.join();
}

std::string Rebuild::failure() const {
  std::lock_guard lock(failure_mutex_);
  return failure_;
}

Result<void> Rebuild::fold_through(Sequence through, const std::function<bool()>& stop) {
  return read_runs(
      context_.entries, position(), through,
      [&](const std::vector<event::EntryRecord>& records, Sequence end) -> Result<bool> {
        DONGBO_TRY(fold_run(records, context_.shard, reader_, {generation_.get()}, nullptr));
        rocksdb::WriteBatch batch;
        DONGBO_TRY(generation_->commit(batch, context_.cached_rows_max));
        const RebuildNote note{generation_->family()->name, generation_->projection().version(), end};
        if (auto status = batch.Put(rebuild_key(generation_->projection().name()), encode_record(note)); !status.ok())
          return context_.db.error("cannot write a rebuild's position", status);
        DONGBO_TRY(context_.db.write(batch));
        position_ = end.value();
        return !stop();
      },
      [&](Sequence first, Sequence last, const std::string& reason) {
        for (auto sequence = first; sequence <= last; sequence = sequence.next()) generation_->set_aside(sequence, reason);
      });
}

}  // namespace dongbo::projection
