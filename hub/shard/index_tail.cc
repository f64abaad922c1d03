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
      auto next = journal.head();
      DONGBO_TRY(journal.read(
          through, journal.head(),
          [&](const event::EntryRecord& record) { return next = Sequence(record.sequence.value() - 1), false; },
          [](Sequence, Sequence, const std::string&) {}));
      spdlog::error("shard {}: identities of sequences {}-{} are lost: {}", journal.shard().value(), through.next().value(),
                    next.value(), block.error().message);
      through = next;
      continue;
    }
    for (const auto& record : (*block)->records())
      if (record.sequence > through) items.push_back({record.identity, {record.content, record.sequence}});
    through = (*block)->last();
  }
  return index.index(items, through);
}

}  // namespace dongbo::shard
