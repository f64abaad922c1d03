#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "hub/projection/state_db.h"
#include "hub/projection/state_store.h"

namespace dongbo::projection {

// Which family answers for a projection, by its name. Shared and never changed; a swap publishes another.
using LiveFamilies = std::map<std::string, FamilyRef, std::less<>>;

// How far the rows of a state directory have come. Written in the batch that holds the rows, so that both are true together.
class FoldMark {
 public:
  explicit FoldMark(const StateDb& db, const rocksdb::Snapshot* snapshot = nullptr) : db_(db), snapshot_(snapshot) {}

  Sequence applied() const;                             // 0: nothing yet
  std::optional<Millis> event_time() const;             // the latest `time` folded
  Sequence written(std::string_view projection) const;  // the commit that wrote rows of it last; 0: none yet
  static void put(StateBatch& batch, Sequence applied, std::optional<Millis> event_time);
  static void put_written(StateBatch& batch, std::string_view projection, Sequence commit);

 private:
  const StateDb& db_;
  const rocksdb::Snapshot* snapshot_;
};

// The rows of the live generations as of the moment it is made; folds and swaps go on beside it. One thread at a time.
class LiveSnapshot final : public StateSnapshot {
 public:
  LiveSnapshot(const StateDb& db, std::shared_ptr<const LiveFamilies> families);
  ~LiveSnapshot() override;
  LiveSnapshot(const LiveSnapshot&) = delete;
  LiveSnapshot& operator=(const LiveSnapshot&) = delete;

  Sequence applied() const override { return mark_.applied(); }
  std::optional<Millis> event_time() const override { return mark_.event_time(); }
  Result<std::optional<std::string>> get(std::string_view projection, std::string_view stored_key) const override;
  Result<void> scan(std::string_view projection, std::string_view stored_prefix, std::string_view after,
                    const std::function<bool(std::string_view, std::string_view)>& take) const override;
  std::optional<std::string> edition(std::string_view projection) const override;

 private:
  const StateDb& db_;
  using Iterator = std::unique_ptr<rocksdb::Iterator>;
  Iterator iterator_of(Family::Handle handle) const;

  const std::shared_ptr<const LiveFamilies> families_;
  rocksdb::ReadOptions options_;
  const FoldMark mark_;
  // Iterators that no scan is using: an answer scans the same families again and again, and making one costs a third of what
  // placing it does.
  mutable std::map<Family::Handle, Iterator> idle_;
};

}  // namespace dongbo::projection
