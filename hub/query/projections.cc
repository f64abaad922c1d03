#include <algorithm>

#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

Json render(ShardId shard, const projection::ProjectionStatus& status, Sequence head) {
  const auto at = status.position.value();
  // The status was read before the head, or the head before: a projection is never said to be ahead of its journal.
  const auto end = std::max(head.value(), at);
  Json out{{"shard", shard.value()}, {"position", at}, {"head", end}, {"lag", end - at}};
  out["state"] = status.rebuild && status.rebuild->running ? "rebuilding" : "live";
  if (status.rebuild) {
    const auto rebuilt = status.rebuild->position.value();
    out["rebuild"] = {{"progress", end == 0 ? 1.0 : static_cast<double>(rebuilt) / static_cast<double>(std::max(end, rebuilt))},
                      {"position", rebuilt},
                      {"head", end},
                      {"running", status.rebuild->running}};
  } else {
    out["rebuild"] = nullptr;
  }
  auto& set_aside = out["set_aside"] = Json::array();
  for (const auto& one : status.set_aside) {
    set_aside.push_back({{"position", event::place_text(shard, one.sequence)}, {"reason", one.reason}});
  }
  out["set_aside_count"] = status.set_aside_count;
  return out;
}

}  // namespace

Result<Reply> list_projections(Context& context) {
  // Every shard has the same projections in the same order.
  Json items = Json::array();
  for (const auto shard : context.view.all()) {
    context.view.at(shard);
    const auto& one = context.view.shards().at(shard);
    const auto statuses = one.engine().status();
    const auto head = one.head();
    for (const auto& status : statuses) {
      auto item = std::find_if(items.begin(), items.end(), [&](const Json& j) { return j["projection"] == status.projection; });
      if (item == items.end()) {
        items.push_back({{"projection", status.projection}, {"version", status.version}, {"shards", Json::array()}});
        item = std::prev(items.end());
      }
      (*item)["shards"].push_back(render(shard, status, head));
    }
  }
  return reply(context, Json{{"items", std::move(items)}, {"next_page_token", ""}});
}

}  // namespace dongbo::query
