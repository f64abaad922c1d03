#include "hub/intake/refused.h"

#include <fmt/format.h>

#include "hub/event/identity.h"

namespace dongbo::intake {

shard::RefusedItem refused_item(event::Refusal refusal, std::string_view raw, std::string content_type, std::string attributes) {
  if (raw.size() > kRefusedBytesMax) {
    std::string digest;
    for (const auto byte : event::digest_of(raw).bytes) digest += fmt::format("{:02x}", byte);
    refusal.faults.push_back({"", fmt::format("bản ghi có {0} byte, SHA-256 bắt đầu bằng {1}; chỉ giữ {2} byte đầu / the record "
                                              "has {0} bytes, its SHA-256 begins with {1}; only the first {2} bytes are kept",
                                              raw.size(), digest, kRefusedBytesMax)});
    raw = raw.substr(0, kRefusedBytesMax);
  }
  return {std::move(refusal), std::string(raw), std::move(content_type), std::move(attributes)};
}

}  // namespace dongbo::intake
