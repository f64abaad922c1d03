#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "hub/base/result.h"

namespace dongbo::query {

// What units are called, kept between answers: looking one up in the registry costs a reading or two, and the attendance of a
// meeting may name hundreds. Holds kUnitsMax names at most, then begins anew. Any thread.
class UnitNames {
 public:
  using Name = std::optional<std::string>;  // nullopt: nobody knows the unit

  // The name of `unit` on `day` in an edition of the registry (StateSnapshot::edition), looked up when it is not kept.
  template <class LookUp>
  Result<Name> find(const std::string& edition, const std::string& day, const std::string& unit, LookUp look_up) {
    auto key = day + '\0' + unit;
    {
      std::lock_guard lock(mutex_);
      begin(edition);
      if (const auto found = names_.find(key); found != names_.end()) return found->second;
    }
    DONGBO_ASSIGN(auto name, look_up());
    std::lock_guard lock(mutex_);
    if (edition != edition_) return name;
    if (names_.size() >= kUnitsMax) names_.clear();
    names_.emplace(std::move(key), name);
    return name;
  }

 private:
  static constexpr std::size_t kUnitsMax = 50'000;
  void begin(const std::string& edition) {
    if (edition == edition_) return;
    names_.clear();
    edition_ = edition;
  }

  std::mutex mutex_;
  std::string edition_;
  std::unordered_map<std::string, Name> names_;
};

}  // namespace dongbo::query
