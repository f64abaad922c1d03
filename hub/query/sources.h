#pragma once
#include <string>
#include <vector>

#include "hub/projection/sources.h"
#include "hub/query/context.h"

namespace dongbo::query {

// Missing sequence numbers an answer lists of one source; more are counted, not listed.
inline constexpr std::size_t kMissingListed = 1000;

// What all shards hold of a source: it may write to several, and a number is missing only when no shard saw it.
Result<projection::SourceRow> source_over_all_shards(Context& context, const std::string& source);
void add_up(projection::SourceRow& into, const projection::SourceRow& other);

// The freshness of an answer about the meeting of the path: the view's, and how far each of the meeting's sources has
// come. Provisional while something journaled is not folded or a source has numbers missing. `event_time`: the latest
// event of the meeting.
Result<std::string> freshness_of_meeting(Context& context);  // JSON text

}  // namespace dongbo::query
