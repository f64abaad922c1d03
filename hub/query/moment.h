#pragma once
#include <optional>
#include <variant>

#include "hub/query/parameters.h"
#include "hub/query/view.h"

namespace dongbo::query {

// The moment that `as_of` (a position, or a time: what had been recorded by then) and `until` name; nullopt: neither is
// given. A problem when the hub has not come so far, or when the moment lies further than can be folded for one answer.
// Recorded times are taken to grow along a journal, as clocks do.
Result<std::variant<std::optional<Moment>, Problem>> moment_of(const Parameters& parameters, const shard::ShardSet& shards);

}  // namespace dongbo::query
