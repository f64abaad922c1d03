#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/ids.h"

namespace dongbo::event {

// How far something has come in every shard: "0:41,1:7" (shard:sequence, ascending shards, shards at 0 are left out;
// the empty text is the very beginning). Invariant: no entry holds sequence 0.
class Position {
 public:
  static std::optional<Position> parse(std::string_view text);

  Sequence at(ShardId shard) const;
  void set(ShardId shard, Sequence sequence);
  // Every shard at least as far as in `other`?
  bool covers(const Position& other) const;
  const std::map<ShardId, Sequence>& entries() const { return entries_; }
  std::string text() const;
  bool operator==(const Position&) const = default;

 private:
  std::map<ShardId, Sequence> entries_;
};

// "1:42": one event's place.
std::string place_text(ShardId shard, Sequence sequence);

}  // namespace dongbo::event
