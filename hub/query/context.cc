#include "hub/query/context.h"

namespace dongbo::query {

Reply reply(Context& context, ObjectText body, std::string freshness) {
  body.raw("freshness", freshness.empty() ? context.view.freshness() : freshness);
  return body.text();
}

}  // namespace dongbo::query
