#include <algorithm>

#include "hub/query/routes.h"

namespace dongbo::query {
namespace {

std::string render(ShardId shard, const projection::ProjectionStatus& status, Sequence head) {
  const auto at = status.position.value();
  // The head was read after the status; still, a projection is never said to be ahead of its journal.
  const auto end = std::max(head.value(), at);
  ObjectText out;
  out.member("shard", shard.value()).member("position", at).member("head", end).member("lag", end - at);
  out.member("state", status.rebuild && status.rebuild->running ? "rebuilding" : "live");
  if (status.rebuild) {
    const auto rebuilt = status.rebuild->position.value();
    const auto whole = std::max(end, rebuilt);
    ObjectText rebuild;
    rebuild.member("progress", whole == 0 ? 1.0 : static_cast<double>(rebuilt) / static_cast<double>(whole));
    rebuild.member("position", rebuilt).member("head", end).member("running", status.rebuild->running);
    if (!status.rebuild->error.empty()) rebuild.member("error", status.rebuild->error);
    out.raw("rebuild", rebuild.text());
  } else {
    out.raw("rebuild", "null");
  }
  ArrayText set_aside;
  for (const auto& one : status.set_aside) {
    ObjectText aside;
    aside.member("position", event::place_text(shard, one.sequence)).member("reason", one.reason);
    set_aside.add(aside.text());
  }
  out.raw("set_aside", set_aside.text()).member("set_aside_count", status.set_aside_count);
  return out.text();
}

}  // namespace

Result<Reply> list_projections(Context& context) {
  struct Item {
    std::string name;
    std::uint32_t version = 0;
    ArrayText shards;
  };
  std::vector<Item> items;  // in the order of the first shard; every shard has the same projections
  for (const auto shard : context.view.all()) {
    context.view.at(shard);  // for the event time
    const auto& one = context.view.shards().at(shard);
    const auto statuses = one.engine().status();
    const auto head = one.head();
    for (const auto& status : statuses) {
      auto item = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.name == status.projection; });
      if (item == items.end()) item = items.insert(item, Item{status.projection, status.version, {}});
      item->shards.add(render(shard, status, head));
    }
  }
  Listing listing;
  for (auto& item : items) {
    ObjectText out;
    out.member("projection", item.name).member("version", item.version).raw("shards", item.shards.text());
    listing.items.emplace_back(item.name, out.text());
  }
  return reply_list(context, listing);
}

}  // namespace dongbo::query
