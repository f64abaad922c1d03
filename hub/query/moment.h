#pragma once
#include <optional>
#include <variant>

#include "hub/query/parameters.h"
#include "hub/query/view.h"

namespace dongbo::query {

// Which shard of `position` this hub does not have; nullopt: it has them all.
std::optional<std::string> no_such_shard(const event::Position& position, const shard::ShardSet& shards);
// Why no answer can be as of `position`; nullopt: the hub has come so far.
std::optional<std::string> not_of_this_hub(const event::Position& position, const shard::ShardSet& shards);

// The moment that `as_of` (a position, or a time: what had been recorded by then) and `until` name; nullopt: neither is
// given. A problem when the hub has not come so far, or when the moment lies further than can be folded for one answer.
Result<std::variant<std::optional<Moment>, Problem>> moment_of(const Parameters& parameters, const shard::ShardSet& shards);

}  // namespace dongbo::query
