#include "hub/service/health.h"

#include <fmt/format.h>

#include <algorithm>

namespace dongbo::service {

void Health::sample(std::chrono::steady_clock::time_point now) {
  std::vector<Check> checks;
  for (std::uint32_t i = 0; i < shards_.size(); ++i) {
    const auto status = shards_.at(ShardId(i)).status();
    Check check{fmt::format("shard {}", i), true, {}};
    const bool stuck = folds_[i].stuck(status.folded.value(), status.head.value(), now, kStuckAfter);
    if (!status.failure.empty()) {
      check = {check.name, false, status.failure};
    } else if (stuck) {
      check = {check.name, false,
               fmt::format("folds stand still at {} while the journal is at {}", status.folded.value(), status.head.value())};
    }
    checks.push_back(std::move(check));
  }
  if (kafka_ != nullptr) {
    const auto status = kafka_->status();
    checks.push_back({"kafka", status.connected,
                      status.connected            ? ""
                      : status.last_error.empty() ? "not connected"
                                                  : status.last_error});
    for (const auto& partition : status.partitions) {
      const auto at = static_cast<std::uint64_t>(std::max<std::int64_t>(partition.next_offset, 0));
      const auto end = static_cast<std::uint64_t>(std::max<std::int64_t>(partition.end_offset, 0));
      if (partitions_[partition.partition].stuck(at, end, now, kSourceStuckAfter))
        checks.push_back({fmt::format("kafka partition {}", partition.partition), false,
                          fmt::format("records wait from {} to {} and none is taken", at, end)});
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
  if (stopping_) out.push_back({"service", false, "stopping"});
  return out;
}

bool Health::ready(const std::vector<Check>& checks) {
  return !checks.empty() && std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok; });
}

}  // namespace dongbo::service
