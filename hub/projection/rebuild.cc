#include "hub/projection/rebuild.h"

#include <spdlog/spdlog.h>

namespace dongbo::projection {
namespace {
constexpr std::size_t kChunkEvents = 8192;
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
  while (position() < through && !stop()) {
    const Sequence chunk_end(std::min(through.value(), position().value() + kChunkEvents));
    std::string bytes;
    std::vector<std::pair<event::EntryRecord, std::size_t>> places;  // entry offsets: `bytes` moves while it grows
    DONGBO_TRY(context_.entries.read(
        position(), chunk_end,
        [&](const event::EntryRecord& record) {
          places.emplace_back(record, bytes.size());
          bytes.append(record.entry);
          return true;
        },
        [&](Sequence first, Sequence last, const std::string& reason) {
          for (auto sequence = first; sequence <= last; sequence = sequence.next()) generation_->set_aside(sequence, reason);
        }));
    std::vector<event::EntryRecord> records;
    records.reserve(places.size());
    for (auto& [record, offset] : places) {
      record.entry = std::string_view(bytes).substr(offset, record.entry.size());
      records.push_back(record);
    }
    DONGBO_TRY(fold_run(records, context_.shard, reader_, {generation_.get()}, nullptr));
    rocksdb::WriteBatch batch;
    DONGBO_TRY(generation_->commit(batch, nullptr, context_.cached_rows_max));
    const RebuildNote note{generation_->family()->name, generation_->projection().version(), chunk_end};
    if (auto status = batch.Put(rebuild_key(generation_->projection().name()), encode_record(note)); !status.ok())
      return context_.db.error("cannot write a rebuild's position", status);
    DONGBO_TRY(context_.db.write(batch));
    position_ = chunk_end.value();
  }
  return {};
}

}  // namespace dongbo::projection
