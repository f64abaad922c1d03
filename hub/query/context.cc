#include "hub/query/context.h"

namespace dongbo::query {

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Reply reply(Context& context, Json body) {
  if (!body.contains("freshness")) body["freshness"] = context.view.freshness();
  return dump(body);
}

Reply reply_list(Context& context, Listing listing, Json more) {
  Json body;
  auto token = context.parameters.page_token(listing.next);
  body["items"] = std::move(listing).json();
  body["next_page_token"] = std::move(token);
  body.update(more);
  return reply(context, std::move(body));
}

}  // namespace dongbo::query
