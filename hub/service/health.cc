#include "hub/service/health.h"

#include <fmt/format.h>

#include <algorithm>

namespace dongbo::service {

void Health::sample(std::chrono::steady_clock::time_point now) {
  std::vector<Check> checks;
  for (std::uint32_t i = 0; i < shards_.size(); ++i) {
    const auto folded = shards_.at(ShardId(i)).folded().value(), head = shards_.at(ShardId(i)).head().value();
    Check check{fmt::format("shard {}", i), true, {}};
    if (folds_[i].stuck(folded, head, now, kStuckAfter)) {
      check.ok = false;
      check.detail = fmt::format(
          "việc gộp đứng yên ở {0} trong khi nhật ký đã đến {1} / folds stand still at {0} while the journal is at {1}", folded,
          head);
    }
    checks.push_back(std::move(check));
  }
  if (kafka_ != nullptr) {
    const auto status = kafka_->status();
    const bool flows = status.connected && status.topic_fits;
    checks.push_back({"kafka", flows,
                      flows                       ? ""
                      : status.last_error.empty() ? "chưa kết nối / not connected"
                                                  : status.last_error});
    for (const auto& partition : status.partitions) {
      const auto at = static_cast<std::uint64_t>(std::max<std::int64_t>(partition.next_offset, 0));
      const auto end = static_cast<std::uint64_t>(std::max<std::int64_t>(partition.end_offset, 0));
      if (partitions_[partition.partition].stuck(at, end, now, kSourceStuckAfter))
        checks.push_back({fmt::format("kafka partition {}", partition.partition), false,
                          fmt::format("các bản ghi {0} đến {1} đang chờ mà không bản ghi nào được nhận / records wait from {0} "
                                      "to {1} and none is taken",
                                      at, end)});
    }
  }
  std::lock_guard lock(mutex_);
  checks_ = std::move(checks);
}

void Health::stopping() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
}

std::vector<Health::Check> Health::checks() const {
  std::lock_guard lock(mutex_);
  auto out = checks_;
  // Asked now, not of the last second: a sender that was just refused, or waits for the disk, goes by what it reads here.
  for (std::uint32_t i = 0; i < std::min<std::size_t>(shards_.size(), out.size()); ++i)
    if (auto failure = shards_.at(ShardId(i)).failure(); !failure.empty()) out[i] = {out[i].name, false, std::move(failure)};
  if (stopping_) out.push_back({"service", false, "đang dừng / stopping"});
  return out;
}

bool Health::ready(const std::vector<Check>& checks) {
  return !checks.empty() && std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok; });
}

}  // namespace dongbo::service
