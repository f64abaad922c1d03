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

}  // namespace dongbo::journal
