#include "hub/query/listing.h"

namespace dongbo::query {

Listing merge(std::vector<Listing> parts, std::size_t size) {
  Listing out;
  std::optional<std::string> horizon;
  for (auto& part : parts) {
    if (!part.next.empty() && (!horizon || part.next < *horizon)) horizon = part.next;
    std::move(part.items.begin(), part.items.end(), std::back_inserter(out.items));
  }
  std::stable_sort(out.items.begin(), out.items.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (horizon) {
    const auto beyond = std::find_if(out.items.begin(), out.items.end(), [&](const auto& item) { return item.first > *horizon; });
    out.items.erase(beyond, out.items.end());
    out.next = *horizon;
  }
  const auto doubles =
      std::unique(out.items.begin(), out.items.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  out.items.erase(doubles, out.items.end());
  if (out.items.size() > size) {
    out.items.resize(size);
    out.next = out.items.back().first;
  }
  return out;
}

}  // namespace dongbo::query
