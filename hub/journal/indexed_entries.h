#pragma once
#include <boost/unordered/unordered_flat_map.hpp>

#include "hub/event/entry_source.h"
#include "hub/journal/identity_index.h"
#include "hub/journal/journal.h"

namespace dongbo::journal {

// The entries of a journal, in order and by identity. Both parts must outlive it. Any thread.
class IndexedEntries final : public event::EntrySource {
 public:
  IndexedEntries(const Journal& journal, const IdentityIndex& index) : journal_(journal), index_(index) {}

  Result<void> read(Sequence after, Sequence through, const std::function<bool(const event::EntryRecord&)>& take,
                    const std::function<void(Sequence, Sequence, const std::string&)>& damaged) const override {
    return journal_.read(after, through, take, damaged);
  }
  // Transient error: not everything before `before` is indexed yet, so nothing can be said.
  Result<std::optional<event::FoundEntry>> find(const event::Digest& identity, Sequence before) const override;

  // For an index that nobody moves on (read-only): keeps the identities from its end to `through` in memory. Call it
  // before the first find(), not beside one.
  void read_tail(Sequence through);

 private:
  boost::unordered_flat_map<event::Digest, Sequence, event::DigestHash> tail_;
  Sequence tail_end_;
  const Journal& journal_;
  const IdentityIndex& index_;
};

}  // namespace dongbo::journal
