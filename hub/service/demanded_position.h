#pragma once
#include <optional>

#include "hub/service/answering.h"
#include "hub/service/fold_notifier.h"

namespace dongbo::service {

// Read your writes: waits for the request's `min_position`, at most `wait_ms`. nullopt: it is reached, or none is demanded;
// else the answer that says why not (422, or 503 with Retry-After).
Task<std::optional<HttpResponse>> demanded_position(Exchange& exchange, FoldNotifier& notifier, std::uint32_t shards);
// Is it one of the parameters that this reads?
inline bool demands_position(std::string_view parameter) {
  return parameter == "min_position" || parameter == "wait_ms";
}

}  // namespace dongbo::service
