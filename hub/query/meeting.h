#pragma once
#include "hub/query/context.h"

namespace dongbo::query {

// Is anything known of the meeting that the path names: a plan, or another fact that came without one?
Result<bool> meeting_is_known(Context& context);
// From the closing on, unless it was opened again: who was awaited is then absent.
Result<bool> meeting_is_closed(Context& context);
Reply unknown_meeting(const Context& context);

}  // namespace dongbo::query
