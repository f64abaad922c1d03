#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hub/intake/kafka_door.h"
#include "hub/shard/shard_set.h"

namespace dongbo::service {

// Whether things flow, which is more than that the process runs: a shard that cannot write, folds that are behind and
// stand still, a broker that is gone, an events topic that is missing or has too few partitions, or a partition whose records
// wait while nothing is taken make the hub not ready. sample() sees what stands still; it is called about once a second, by one
// thread. checks() may be called by any: what a shard refuses at that moment is in it.
class Health {
 public:
  static constexpr std::chrono::seconds kStuckAfter{10};
  static constexpr std::chrono::seconds kSourceStuckAfter{30};

  Health(const shard::ShardSet& shards, const intake::KafkaDoor* kafka) : shards_(shards), kafka_(kafka) {}

  struct Check {
    std::string name;
    bool ok = true;
    std::string detail;
  };
  void sample(std::chrono::steady_clock::time_point now);
  void stopping();
  std::vector<Check> checks() const;
  static bool ready(const std::vector<Check>& checks);

  // Something that should come to `target`: when did it last get on?
  class Progress {
   public:
    // True while it is behind and has not moved for `patience`.
    bool stuck(std::uint64_t at, std::uint64_t target, std::chrono::steady_clock::time_point now, std::chrono::seconds patience) {
      if (!seen_ || at != at_ || at >= target) {
        seen_ = true;
        at_ = at;
        moved_ = now;
      }
      return now - moved_ >= patience;
    }

   private:
    bool seen_ = false;
    std::uint64_t at_ = 0;
    std::chrono::steady_clock::time_point moved_;
  };

 private:
  const shard::ShardSet& shards_;
  const intake::KafkaDoor* kafka_;
  std::map<std::uint32_t, Progress> folds_;
  std::map<std::int32_t, Progress> partitions_;
  mutable std::mutex mutex_;
  std::vector<Check> checks_;
  bool stopping_ = false;
};

}  // namespace dongbo::service
