#pragma once
#include <string>
#include <string_view>

#include "hub/event/fault.h"
#include "hub/shard/shard.h"

namespace dongbo::intake {

// What of a refused record quarantine keeps at most. Longer ones are cut, with a fault that names size and digest of the
// whole, so that the publisher's copy can be recognised.
inline constexpr std::size_t kRefusedBytesMax = 1u << 20;
inline constexpr std::string_view kStructuredJson = "application/cloudevents+json";

shard::RefusedItem refused_item(event::Refusal refusal, std::string_view raw,
                                std::string content_type = std::string(kStructuredJson), std::string attributes = {});

}  // namespace dongbo::intake
