#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/event/codec.h"
#include "hub/intake/intake.h"
#include "hub/shard/shard_set.h"

namespace dongbo::intake {

struct RedriveFilter {
  std::optional<std::string> id;  // "0:q7"
  std::string reason;             // empty: any
  std::string source;
  std::string origin_topic;
  std::string origin_file;
};

struct RedriveResult {
  std::uint64_t tried = 0;
  std::uint64_t accepted = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t still_refused = 0;  // refused or in conflict again: stays held, with the new reason in its note
  std::uint64_t held_back = 0;      // a former entry of the same subject was refused again: order is kept
};

// Gives held quarantine entries to the intake again, oldest first. Entries of one subject keep their order: when one is
// refused again, later ones of that subject stay held. Blocks the calling thread.
Result<RedriveResult> redrive(shard::ShardSet& shards, Intake& intake, event::Codec& codec, const RedriveFilter& filter);

// "0:q7" and back.
std::string quarantine_id(ShardId shard, QuarantineNumber number);
std::optional<std::pair<ShardId, QuarantineNumber>> parse_quarantine_id(std::string_view text);

}  // namespace dongbo::intake
