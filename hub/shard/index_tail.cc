#include "hub/shard/index_tail.h"

#include <spdlog/spdlog.h>

namespace dongbo::shard {
Result<void> index_some(const journal::Journal& journal, journal::IdentityIndex& index) {
  std::vector<journal::IdentityIndex::Item> items;
  auto through = index.through();
  while (through < journal.head() && items.size() < kIndexEvents) {
    auto block = journal.block_at(through.next());
    if (!block) {
      // The identities of a damaged block are lost with it: verify names it. Go on behind it.
      DONGBO_ASSIGN(const auto last, journal.end_of_damage(through.next()));
      spdlog::error(
          "phân mảnh {0}: mất danh tính của các số thứ tự {1}-{2} / shard {0}: identities of sequences {1}-{2} are lost: {3}",
          journal.shard().value(), through.next().value(), last.value(), block.error().message);
      through = last;
      continue;
    }
    for (const auto& record : (*block)->records())
      if (record.sequence > through) items.push_back({record.identity, {record.content, record.sequence}});
    through = (*block)->last();
  }
  return index.index(items, through);
}

}  // namespace dongbo::shard
