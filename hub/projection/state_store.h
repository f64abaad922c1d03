#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/ids.h"
#include "hub/base/result.h"
#include "hub/projection/table.h"

namespace dongbo::projection {

// A row that changed, for the feed.
struct RowChange {
  std::string projection;
  std::string stored_key;  // table number and key
  Sequence last_changed;

  static void fields(auto& row, auto&& visit) {
    visit("projection", row.projection);
    visit("stored_key", row.stored_key);
    visit("last_changed", row.last_changed);
  }
};

struct SetAside {
  Sequence sequence;
  std::string reason;
  static void fields(auto& row, auto&& visit) {
    visit("sequence", row.sequence);
    visit("reason", row.reason);
  }
};

// A consistent view of a shard's rows at one applied sequence; readers never wait for folds, swaps or rebuilds.
// One thread at a time, if its class does not say more; keep it for one answer, not longer: it holds back the store's compaction.
class StateSnapshot {
 public:
  virtual ~StateSnapshot() = default;
  virtual Sequence applied() const = 0;
  virtual std::optional<Millis> event_time() const = 0;  // latest `time` folded that is not ahead (EntryView)
  // The stored value; nullopt also when the projection is unknown. Errors of the disk are Results.
  virtual Result<std::optional<std::string>> get(std::string_view projection, std::string_view stored_key) const = 0;
  // Rows whose stored key starts with `stored_prefix` and is > `after` (empty: from the first), ascending, until `take`
  // returns false.
  virtual Result<void> scan(std::string_view projection, std::string_view stored_prefix, std::string_view after,
                            const std::function<bool(std::string_view stored_key, std::string_view value)>& take) const = 0;
  // Two snapshots of a shard that say the same hold the same rows of the projection. nullopt: it cannot be said.
  virtual std::optional<std::string> edition(std::string_view projection) const = 0;
};

// Typed reading: row(snapshot, kPoints, key(meeting, point)).
template <class Row>
Result<std::optional<Row>> row(const StateSnapshot& snapshot, const TableSpec<Row>& spec, std::string_view row_key) {
  DONGBO_ASSIGN(auto bytes, snapshot.get(spec.projection, spec.stored_key(row_key)));
  if (!bytes) return std::optional<Row>();
  auto decoded = decode_record<Row>(*bytes);
  if (!decoded) return undecodable(spec.name);
  return std::optional<Row>(std::move(decoded));
}

// Rows under `row_prefix` (use prefix(...)) after `after_key` (a key, or empty); `take(key, row)` returns false to stop.
template <class Row, class Take>
Result<void> scan(const StateSnapshot& snapshot, const TableSpec<Row>& spec, std::string_view row_prefix,
                  std::string_view after_key, Take take) {
  bool damaged = false;
  DONGBO_TRY(snapshot.scan(spec.projection, spec.stored_key(row_prefix),
                           after_key.empty() ? std::string() : spec.stored_key(after_key),
                           [&](std::string_view stored, std::string_view value) {
                             auto decoded = decode_record<Row>(value);
                             if (!decoded) return damaged = true, false;
                             return static_cast<bool>(take(stored.substr(1), std::move(*decoded)));
                           }));
  if (damaged) return undecodable(spec.name);
  return {};
}

}  // namespace dongbo::projection
