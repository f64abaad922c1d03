#include "hub/journal/quarantine.h"

namespace dongbo::journal {

std::string_view text_of(QuarantineState state) {
  switch (state) {
    case QuarantineState::kHeld:
      return "held";
    case QuarantineState::kRedriven:
      return "redriven";
    case QuarantineState::kDiscarded:
      return "discarded";
  }
  return "unknown";
}

event::Digest likeness_of(const QuarantineEntry& entry) {
  if (entry.reason == "conflict") return event::digest_of(entry.raw);
  std::string all;
  all.reserve(entry.raw.size() + 256);
  for (const std::string_view part :
       {std::string_view(entry.origin.door), std::string_view(entry.origin.topic), std::string_view(entry.origin.file),
        std::string_view(entry.content_type), std::string_view(entry.attributes)})
    all.append(part).push_back('\0');
  return event::digest_of(all.append(entry.raw));
}

}  // namespace dongbo::journal
