#include "hub/query/context.h"

#include "hub/query/sources.h"

namespace dongbo::query {

Result<Reply> reply(Context& context, ObjectText body) {
  std::string freshness;
  if (context.of_meeting()) {
    DONGBO_ASSIGN(freshness, freshness_of_meeting(context));
  } else {
    freshness = context.view.freshness();
  }
  body.raw("freshness", freshness);
  return Reply(body.text());
}

}  // namespace dongbo::query
